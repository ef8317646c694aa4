import { Link } from '@remix-run/react'
import { Light, TargetBar, formatPercent, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { Fragment, useState } from 'react'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { nameMeasure, writeTarget } from '../figure.ts'
import type { Standing } from '../plans.ts'
import { canSplit, countAnswers, isRoot, matchesShow, type PlanItem, type PlanView } from './items.ts'
import { RemoveItem } from './remove-item.tsx'

export type ItemTableProps = {
  readonly view: PlanView
  readonly aspects: PlanView['aspects']
  readonly own: boolean
  /** The plan is a draft of ours. */
  readonly editable: boolean
  readonly standings: readonly Standing[]
  /** Until when the lights are judged; null: the plan has none here. */
  readonly period: string | null
  readonly onOpen: (item: PlanItem) => void
  readonly onEdit: (item: PlanItem) => void
}

/** Aspects and their items: the share, what of it was handed on, what is kept back, who below answered, the light. */
export function ItemTable(props: ItemTableProps) {
  const { view, aspects, editable, period } = props
  const text = useText()
  const locale = useLocale()
  const [removing, setRemoving] = useState<PlanItem | null>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const toggle = (aspect: string) => {
    const next = new Set(closed)
    if (!next.delete(aspect)) next.add(aspect)
    setClosed(next)
  }
  const received = aspects.some(({ items }) => items.some((item) => item.share !== null && !isRoot(item)))
  if (aspects.length === 0) return <p className="targets-none">{text('tables.noMatch')}</p>
  return (
    <div className="targets-table-box">
      <table className="targets-table">
        <caption className="gl-hidden">{view.plan.name}</caption>
        <thead>
          <tr>
            <th scope="col">{text('targets.item')}</th>
            <th scope="col" className="gl-figure">
              {text('targets.weight')}
            </th>
            <th scope="col" className="gl-figure">
              {text('targets.value')}
            </th>
            <th scope="col" className="gl-figure">
              {text('targets.allocated')}
            </th>
            <th scope="col" className="gl-figure">
              {text('targets.reserve')}
            </th>
            <th scope="col">{text('targets.below')}</th>
            {received ? <th scope="col">{text('targets.own')}</th> : null}
            {period === null ? null : (
              <th scope="col">{text('targets.lights.until', { period: formatPeriod(period, locale) })}</th>
            )}
            <th scope="col">{text('tables.actions')}</th>
          </tr>
        </thead>
        {aspects.map(({ aspect, items }) => {
          const open = !closed.has(aspect)
          return (
            <Fragment key={aspect}>
              <tbody>
                <tr className="targets-aspect">
                  <th scope="rowgroup" colSpan={7 + (received ? 1 : 0) + (period === null ? 0 : 1)}>
                    <button type="button" aria-expanded={open} onClick={() => toggle(aspect)}>
                      <span aria-hidden="true">{open ? '▾' : '▸'}</span>{' '}
                      {aspect === '' ? text('targets.aspect.none') : aspect}
                    </button>
                    <span className="gl-hint">
                      {text('targets.aspect.count', {
                        count: items.length,
                        weight: formatPercent(
                          items.reduce((sum, item) => sum + item.weight, 0),
                          locale,
                        ),
                      })}
                    </span>
                  </th>
                </tr>
              </tbody>
              <tbody hidden={!open}>
                {items.map((item) => (
                  <ItemRow key={item.id} {...props} item={item} received={received} onRemove={setRemoving} />
                ))}
              </tbody>
            </Fragment>
          )
        })}
      </table>
      {removing && editable ? <RemoveItem plan={view.plan} item={removing} onClose={() => setRemoving(null)} /> : null}
    </div>
  )
}

type ItemRowProps = ItemTableProps & {
  readonly item: PlanItem
  /** Some of the items came from a superior: there is a column for our answers. */
  readonly received: boolean
  readonly onRemove: (item: PlanItem) => void
}

function ItemRow(props: ItemRowProps) {
  const { item, standings, period, received, onOpen } = props
  const text = useText()
  const locale = useLocale()
  const { share } = item
  const standing = standings.find((one) => one.item.id === item.id)
  const name = nameMeasure(item.measure, locale)
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="targets-name"
          title={text('targets.item.open', { item: name })}
          onClick={() => onOpen(item)}
        >
          {name}
        </button>
        <span className="gl-hint" title={text(`targets.method.${item.method}.help`)}>
          {text(`targets.method.${item.method}`)}
        </span>
      </th>
      <td className="gl-figure" data-label={text('targets.weight')}>
        {item.weight === 0 ? '—' : formatPercent(item.weight, locale)}
      </td>
      <td className="gl-figure" data-label={text('targets.value')}>
        {share === null ? text('targets.noShare') : <strong>{writeTarget(share.value, item.measure, locale)}</strong>}
      </td>
      <td className="gl-figure" data-label={text('targets.allocated')}>
        {item.allocated === null ? '—' : writeTarget(item.allocated, item.measure, locale)}
      </td>
      <td className="gl-figure" data-label={text('targets.reserve')}>
        <Reserve item={item} />
      </td>
      <td data-label={text('targets.below')}>
        <Answers item={item} />
      </td>
      {received ? (
        <td data-label={text('targets.own')}>
          {share === null || isRoot(item) ? (
            text(isRoot(item) ? 'targets.own.issuer' : 'targets.noShare')
          ) : (
            <span className={`targets-share targets-share-${share.state}`}>
              {text(`states.allocation.${share.state}`)}
            </span>
          )}
        </td>
      ) : null}
      {period === null ? null : (
        <td data-label={text('targets.lights')}>
          {standing ? (
            <Link
              className="targets-standing"
              to={`/progress?item=${item.id}`}
              title={text('targets.toProgress', { item: name })}
            >
              <Light value={standing.light} />
              <TargetBar
                actual={standing.reported.value}
                target={standing.target}
                expected={standing.expected}
                light={standing.light}
              />
            </Link>
          ) : (
            '—'
          )}
        </td>
      )}
      <td data-label={text('tables.actions')}>
        <ItemActions {...props} />
      </td>
    </tr>
  )
}

/** What is kept back; over-allocation (层层加码) is always said, in words. */
function Reserve({ item }: { readonly item: PlanItem }) {
  const text = useText()
  const locale = useLocale()
  const reserve = item.share?.reserve ?? null
  if (item.method !== 'sum') return <span className="gl-hint">{text('targets.reserve.none')}</span>
  if (reserve === null) return <span className="gl-hint">{item.children > 0 ? text('targets.unsplit') : '—'}</span>
  if (reserve < 0) {
    return (
      <span className="targets-over">
        {text('targets.over', { figure: writeTarget(-reserve, item.measure, locale) })}
      </span>
    )
  }
  return <>{writeTarget(reserve, item.measure, locale)}</>
}

/** Of all below: how many accepted, signed, and want another share. */
function Answers({ item }: { readonly item: PlanItem }) {
  const text = useText()
  const counts = countAnswers(item)
  if (counts.all === 0) return <span className="gl-hint">{text('targets.below.none')}</span>
  if (counts.issued === 0 && counts.draft === 0)
    return <span className="gl-hint">{text('targets.below.notIssued', { all: counts.all })}</span>
  const width = (count: number) => ({ width: `${(Math.min(count, counts.all) / counts.all) * 100}%` })
  return (
    <span className="targets-answers">
      <span>
        {counts.issued === 0
          ? text('targets.below.draft', { count: counts.draft, all: counts.all })
          : text('targets.below.counts', { accepted: counts.accepted, signed: counts.signed, all: counts.all })}
        {counts.disputed === 0 ? null : (
          <span className="gl-warning-text"> {text('targets.below.disputed', { count: counts.disputed })}</span>
        )}
      </span>
      <span className="targets-answers-bar" aria-hidden="true">
        <span className="targets-answers-accepted" style={width(counts.accepted)} />
        <span className="targets-answers-signed" style={width(counts.signed)} />
      </span>
    </span>
  )
}

function ItemActions({ view, item, own, editable, onOpen, onEdit, onRemove }: ItemRowProps) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const name = nameMeasure(item.measure, locale)
  const split = `/targets/items/${item.id}/split${own ? '' : `?body=${encodeURIComponent(view.body.code)}`}`
  const isSplit = item.share?.reserve !== null
  return (
    <span className="targets-row-actions">
      {own && matchesShow(item, 'accept') && may('target:accept') ? (
        <button
          type="button"
          className="gl-link-button"
          aria-label={`${text('targets.answer')}: ${name}`}
          onClick={() => onOpen(item)}
        >
          {text('targets.answer')}
        </button>
      ) : null}
      {item.share !== null && item.children > 0 && (canSplit(item) || isSplit) ? (
        <Link to={keep(split)} aria-label={`${text('targets.split')}: ${name}`}>
          {text(own && !isSplit ? 'targets.split' : 'targets.split.open')}
        </Link>
      ) : null}
      {editable ? (
        <>
          <button
            type="button"
            className="gl-link-button"
            aria-label={`${text('targets.item.edit')}: ${name}`}
            onClick={() => onEdit(item)}
          >
            {text('targets.item.edit')}
          </button>
          <button
            type="button"
            className="gl-link-button"
            aria-label={`${text('targets.item.remove')}: ${name}`}
            onClick={() => onRemove(item)}
          >
            {text('targets.item.remove')}
          </button>
        </>
      ) : null}
    </span>
  )
}
