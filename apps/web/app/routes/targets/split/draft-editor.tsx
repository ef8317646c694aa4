import {
  ConflictNotice,
  SavingMark,
  SplitGrid,
  useLocale,
  useText,
  type Conflict,
  type SavingState,
  FileLinks,
} from '@gonglian/ui'
import { useCallback, useMemo, useState } from 'react'
import { useAddress } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { RefusalNote } from '../field.tsx'
import { nameMeasure, writePlain } from '../figure.ts'
import type { SplitData } from './data.ts'
import { IssueDialog } from './issue-dialog.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { MethodBar } from './method-bar.tsx'
import { nameRow } from './names.ts'
import { RowFilter, useRowFilter } from './row-filter.tsx'
import { RowPanel } from './row-panel.tsx'
import { RowState } from './row-state.tsx'
import { buildRows, codeOf, findBound, isAmendable, isDraft, listOffBound, sumShares } from './rows.ts'
import { SplitFaults } from './split-faults.tsx'
import { useSplitDraft } from './use-split-draft.ts'
import { exportsOf } from '../../../table-export.ts'

/** Prepares the split: methods, hand, save, issue. Everybody else who may see it sees the same, without the tools. */
export function DraftEditor(data: SplitData) {
  const { view, own, lastYear, basis, indicator } = data
  const { item, plan } = view
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { params, change } = useAddress()
  const draft = useSplitDraft(view)
  const { editor, exemptions, changed, busy, problems } = draft
  const [unreadable, setUnreadable] = useState<readonly string[]>([])
  const [issuing, setIssuing] = useState(false)
  const { only, filter, setOnly } = useRowFilter(view, editor.shares)

  const editable = own && view.blocked === null && plan.state !== 'closed' && may('target:draft')
  const bound = useMemo(() => findBound(view), [view])
  const rows = useMemo(
    () => buildRows(view, { lastYear, basis }, (row) => editable && isDraft(row)),
    [view, lastYear, basis, editable],
  )
  const left = view.share.value - sumShares(view, editor.shares)
  const tooMuch = item.method === 'sum' && -left > view.limit
  const off = listOffBound(bound, editor.shares, exemptions)
  const blocked = unreadable.length > 0 || tooMuch || off.length > 0
  const preparing = editable && view.rows.some(isDraft)
  const prepared = view.rows.some((row) => row.share?.state === 'draft')

  const openRow = useCallback((code: string) => change({ row: code }), [change])
  const renderState = useCallback(
    ({ code }: { code: string }) => (
      <RowState view={view} code={code} excused={(exemptions[code] ?? '') !== ''} onOpen={openRow} />
    ),
    [view, exemptions, openRow],
  )
  const opened = view.rows.find((row) => codeOf(row) === params.get('row'))
  const state: SavingState = busy
    ? { kind: 'saving' }
    : changed
      ? { kind: 'unsaved' }
      : { kind: 'saved', at: draft.savedAt }
  return (
    <>
      {preparing ? <MethodBar {...data} shares={editor.shares} onApply={editor.apply} /> : null}
      <RowFilter view={view} shares={editor.shares} only={only} onOnly={setOnly} />
      <SplitGrid
        rows={rows}
        editor={editor}
        target={item.method === 'sum' ? view.share.value : null}
        {...(bound === null ? {} : { bound })}
        {...(filter === null ? {} : { filter })}
        unit={item.measure.unit}
        scale={item.measure.scale}
        readOnly={!editable}
        {...(indicator === null ? {} : { basisTitle: nameMeasure(indicator, locale), basisScale: indicator.scale })}
        problems={problems}
        renderState={renderState}
        onUnreadable={setUnreadable}
      />
      <div className="targets-save">
        <div className="targets-save-words" role="status">
          <SplitFaults
            view={view}
            over={tooMuch ? -left : null}
            limit={view.limit}
            bound={bound}
            off={off}
            unreadable={unreadable}
            problems={problems}
          />
          {draft.said === '' ? null : <p className="targets-said">{draft.said}</p>}
          <RefusalNote refusal={draft.refusal} />
        </div>
        <FileLinks
          {...exportsOf(
            `/targets/items/${item.id}/export.csv${own ? '' : `?body=${encodeURIComponent(view.body.code)}`}`,
          )}
        />
        {own && may('target:amend') && view.rows.some(isAmendable) && plan.state === 'issued' ? (
          <button
            type="button"
            className="gl-button"
            disabled={changed}
            title={changed ? text('targets.split.saveFirst') : undefined}
            onClick={() => change({ mode: 'amend', row: null })}
          >
            {text('targets.amend')}
          </button>
        ) : null}
        {preparing ? (
          <>
            <SavingMark state={state} />
            <button
              type="button"
              className="gl-button"
              disabled={busy || !changed || blocked}
              onClick={() => void draft.save()}
            >
              {text('targets.split.save')}
            </button>
            {may('target:issue') ? (
              <button
                type="button"
                className="gl-button gl-button-main"
                disabled={busy || blocked || plan.state !== 'issued' || !(prepared || changed)}
                title={plan.state === 'draft' ? text('errors.planNotIssued') : undefined}
                onClick={() => void (changed ? draft.save().then(setIssuing) : setIssuing(true))}
              >
                {text('targets.split.issue')}
              </button>
            ) : null}
          </>
        ) : null}
      </div>
      {issuing ? (
        <IssueDialog view={view} version={draft.version} shares={editor.shares} onClose={() => setIssuing(false)} />
      ) : null}
      {opened ? (
        <RowPanel
          key={codeOf(opened)}
          view={view}
          row={opened}
          own={own}
          exemption={
            editable && isDraft(opened) && bound !== null && bound.kind !== 'equal'
              ? {
                  value: exemptions[codeOf(opened)] ?? '',
                  onChange: (reason) => draft.setExemption(codeOf(opened), reason),
                }
              : null
          }
          onClose={() => change({ row: null })}
        />
      ) : null}
      <ConflictNotice
        conflicts={draft.conflicts.map(({ code, mine, theirs }): Conflict => ({
          key: code,
          label: nameRow(view, code),
          mine: mine === null ? '' : writePlain(mine, item.measure, locale),
          theirs: theirs === null ? '' : writePlain(theirs, item.measure, locale),
        }))}
        who={text('targets.split.colleague')}
        when={null}
        onResolve={draft.resolve}
        onClose={draft.postpone}
      />
      <LeaveGuard changed={changed} />
    </>
  )
}
