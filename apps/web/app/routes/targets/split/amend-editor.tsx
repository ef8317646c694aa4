import { findLimit } from '@gonglian/targets/splits'
import { SplitGrid, formatUnit, useFigureHand, useLocale, useSplitEdits, useText, type Shares } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useCallback, useMemo, useState } from 'react'
import { useAct } from '../../../act.ts'
import { useAddress } from '../../../address.ts'
import { Confirm } from '../confirm.tsx'
import { Field, RefusalNote, findFieldError } from '../field.tsx'
import { nameMeasure, writePlain, writeTarget } from '../figure.ts'
import type { SplitData } from './data.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { nameRows } from './names.ts'
import { RowFilter, useRowFilter } from './row-filter.tsx'
import { RowPanel } from './row-panel.tsx'
import { RowState } from './row-state.tsx'
import {
  buildRows,
  codeOf,
  findBound,
  isAmendable,
  listOffBound,
  readExemptions,
  readShares,
  sameExemptions,
  sameShares,
  sumShares,
  type SplitView,
} from './rows.ts'
import { SplitFaults } from './split-faults.tsx'

type Change = {
  readonly code: string
  readonly name: string
  readonly receiverId: number
  readonly from: number
  readonly to: number
  readonly signed: boolean
}

/** 目标调整: changes shares that were issued, with a reason; what was signed keeps both lines. */
export function AmendEditor({ view: loaded, own, lastYear, basis, indicator }: SplitData) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const { params, change } = useAddress()
  const { act, busy, refusal, clear } = useAct()
  // The split as it was opened: when it is changed meanwhile, the server says so and what was typed stays.
  const [view, setView] = useState(loaded)
  const { item } = view
  const first = useMemo(() => readShares(view), [view])
  const editor = useSplitEdits(first)
  const [exemptions, setExemptions] = useState(readExemptions(view))
  const [reason, setReason] = useState('')
  const [target, setTarget] = useState(hand.write({ value: view.share.value, mark: 0 }, item.measure))
  const [unreadable, setUnreadable] = useState<readonly string[]>([])
  const [asking, setAsking] = useState(false)
  const { only, filter, setOnly } = useRowFilter(view, editor.shares)

  const isRoot = view.share.issuerId === view.share.receiverId
  const readTarget = hand.read(target, item.measure)
  const ownValue =
    isRoot && readTarget.ok && readTarget.mark === 0 ? (readTarget.value ?? view.share.value) : view.share.value
  const bound = useMemo(() => findBound(view, ownValue), [view, ownValue])
  const rows = useMemo(() => buildRows(view, { lastYear, basis }, isAmendable), [view, lastYear, basis])
  const changes = listChanges(view, editor.shares)
  const left = ownValue - sumShares(view, editor.shares)
  const limit = findLimit(ownValue, view.plan.overAllocation)
  const tooMuch = item.method === 'sum' && -left > limit
  const off = listOffBound(bound, editor.shares, exemptions)
  const rootChanged = isRoot && ownValue !== view.share.value
  const changed =
    !sameShares(valuesOf(editor.shares), valuesOf(first)) ||
    rootChanged ||
    !sameExemptions(exemptions, readExemptions(view))
  const emptied = view.rows.filter((row) => isAmendable(row) && (editor.shares[codeOf(row)]?.value ?? null) === null)
  const sent = [
    ...(rootChanged ? [{ code: '', receiverId: view.body.id, to: ownValue }] : []),
    ...changes.map(({ code, receiverId, to }) => ({ code, receiverId, to })),
  ]
  const problems = Object.fromEntries(
    (refusal?.fields ?? []).flatMap(({ path, message }) => {
      const one = sent[Number(/^changes\.(\d+)\./.exec(path)?.[1] ?? Number.NaN)]
      return one && one.code !== '' ? [[one.code, message]] : []
    }),
  )
  const openRow = useCallback((code: string) => change({ row: code }), [change])
  const renderState = useCallback(
    (row: { code: string }) => (
      <RowState view={view} code={row.code} excused={(exemptions[row.code] ?? '') !== ''} onOpen={openRow} />
    ),
    [view, exemptions, openRow],
  )
  const leave = () => change({ mode: null, row: null })
  const send = async () => {
    const outcome = await act((api) =>
      api.targets.amendAllocations.mutate({
        itemId: item.id,
        version: view.share.splitVersion,
        reason,
        changes: sent.map(({ code, receiverId, to }) => ({
          receiverId,
          toValue: to,
          exemption: item.method === 'floor' ? (exemptions[code] ?? '') : '',
        })),
      }),
    )
    setAsking(false)
    if (outcome?.ok) leave()
  }
  const opened = view.rows.find((row) => codeOf(row) === params.get('row'))
  const stale = loaded.share.splitVersion !== view.share.splitVersion
  const blocked = unreadable.length > 0 || tooMuch || off.length > 0 || emptied.length > 0 || !readTarget.ok
  return (
    <>
      <p className="targets-notice">{text('targets.amend.help')}</p>
      {stale || refusal?.key === 'errors.splitChanged' ? (
        <p className="targets-notice" role="alert">
          {text('targets.amend.stale')}{' '}
          <button
            type="button"
            className="gl-link-button"
            onClick={() => {
              const touched = new Set(changes.map((one) => one.code))
              const fresh = readShares(loaded)
              const kept = Object.entries(editor.shares).filter(([code]) => touched.has(code))
              setView(loaded)
              editor.reset({ ...fresh, ...Object.fromEntries(kept) })
              clear()
            }}
          >
            {text('targets.amend.refresh')}
          </button>
        </p>
      ) : null}
      {isRoot ? (
        <div className="panel targets-methods">
          <Field
            label={text('targets.amend.own', { unit: formatUnit(item.measure.unit, locale) })}
            error={readTarget.ok ? null : translateUnknown(locale, readTarget.key, readTarget.params)}
          >
            {(control) => (
              <input
                {...control}
                className="gl-input"
                maxLength={60}
                value={target}
                onChange={(event) => setTarget(event.target.value)}
              />
            )}
          </Field>
        </div>
      ) : null}
      <RowFilter view={view} shares={editor.shares} only={only} onOnly={setOnly} />
      <SplitGrid
        rows={rows}
        editor={editor}
        target={item.method === 'sum' ? ownValue : null}
        {...(bound === null ? {} : { bound })}
        {...(filter === null ? {} : { filter })}
        unit={item.measure.unit}
        scale={item.measure.scale}
        {...(indicator === null ? {} : { basisTitle: nameMeasure(indicator, locale), basisScale: indicator.scale })}
        problems={problems}
        renderState={renderState}
        onUnreadable={setUnreadable}
      />
      <div className="targets-amend">
        <Field label={text('targets.amend.reason')} error={findFieldError(refusal, 'reason')}>
          {(control) => (
            <textarea
              {...control}
              className="gl-input"
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="targets-save">
        <div className="targets-save-words" role="status">
          <p>{text('targets.amend.count', { count: changes.length + (rootChanged ? 1 : 0) })}</p>
          <SplitFaults
            view={view}
            over={tooMuch ? -left : null}
            limit={limit}
            bound={bound}
            off={off}
            unreadable={unreadable}
            problems={problems}
          />
          {emptied.length > 0 ? (
            <p className="gl-error-text">
              {text('targets.amend.emptied', { bodies: nameRows(view, emptied.map(codeOf)) })}
            </p>
          ) : null}
          <RefusalNote refusal={refusal} shown={['reason']} />
        </div>
        <button type="button" className="gl-button" onClick={leave}>
          {text('targets.amend.leave')}
        </button>
        <button
          type="button"
          className="gl-button gl-button-main"
          disabled={busy || blocked || sent.length === 0 || reason.trim().length < 2}
          title={reason.trim().length < 2 ? text('targets.amend.needReason') : undefined}
          onClick={() => setAsking(true)}
        >
          {text('targets.amend.send')}
        </button>
      </div>
      {asking ? (
        <Confirm
          title={text('targets.amend.title')}
          action={text('targets.amend.send')}
          busy={busy}
          refusal={refusal}
          onConfirm={() => void send()}
          onClose={() => setAsking(false)}
        >
          <p>{text('targets.amend.ask', { item: nameMeasure(item.measure, locale), count: sent.length })}</p>
          <table className="gl-plain-table">
            <tbody>
              {rootChanged ? (
                <ChangeLine
                  name={text('targets.value')}
                  from={view.share.value}
                  to={ownValue}
                  scale={item.measure.scale}
                  note=""
                />
              ) : null}
              {changes.slice(0, 50).map((one) => (
                <ChangeLine
                  key={one.code}
                  name={one.name}
                  from={one.from}
                  to={one.to}
                  scale={item.measure.scale}
                  note={one.signed ? text('targets.amend.signed') : text('targets.amend.again')}
                />
              ))}
            </tbody>
          </table>
          {item.method === 'sum' ? (
            <p className={left < 0 ? 'targets-over' : undefined}>
              {text(left < 0 ? 'targets.settle.over' : 'targets.settle.reserve', {
                before: writeTarget(view.share.reserve, item.measure, locale),
                after: writeTarget(Math.abs(left), item.measure, locale),
              })}
            </p>
          ) : null}
        </Confirm>
      ) : null}
      {opened ? (
        <RowPanel
          key={codeOf(opened)}
          view={view}
          row={opened}
          own={own}
          exemption={
            isAmendable(opened) && bound !== null && bound.kind !== 'equal'
              ? {
                  value: exemptions[codeOf(opened)] ?? '',
                  onChange: (written) => setExemptions({ ...exemptions, [codeOf(opened)]: written }),
                }
              : null
          }
          onClose={() => change({ row: null })}
        />
      ) : null}
      <LeaveGuard changed={changed} />
    </>
  )
}

function ChangeLine(props: {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly scale: number
  readonly note: string
}) {
  const locale = useLocale()
  return (
    <tr>
      <th scope="row">{props.name}</th>
      <td className="gl-figure">
        {writePlain(props.from, props, locale)} → <strong>{writePlain(props.to, props, locale)}</strong>
      </td>
      <td className="gl-hint">{props.note}</td>
    </tr>
  )
}

function listChanges(view: SplitView, shares: Shares): Change[] {
  return view.rows.flatMap((row): Change[] => {
    const code = codeOf(row)
    const to = shares[code]?.value ?? null
    if (!isAmendable(row) || row.share === null || to === null || to === row.share.value) return []
    return [
      {
        code,
        name: row.body.shortName,
        receiverId: row.body.id,
        from: row.share.value,
        to,
        signed: row.share.state === 'signed',
      },
    ]
  })
}

/** Values alone: whether a cell was typed by hand is no change of a share that was issued. */
function valuesOf(shares: Shares): Shares {
  return Object.fromEntries(Object.entries(shares).map(([code, { value }]) => [code, { value, locked: false }]))
}
