import { Link } from '@remix-run/react'
import { Dialog, Light, formatPercent, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { nameMeasure, writeTarget } from '../figure.ts'
import type { Standing } from '../plans.ts'
import { Thread } from '../thread.tsx'
import { AnswerForm } from './answer-form.tsx'
import { canSplit, isRoot, matchesShow, type Amendment, type PlanItem, type PlanView } from './items.ts'
import { findChoice } from './schedule.ts'

export type ItemPanelProps = {
  readonly view: PlanView
  readonly item: PlanItem
  readonly own: boolean
  readonly standing: Standing | null
  readonly amendments: readonly Amendment[]
  readonly onClose: () => void
}

/** One item: where the share comes from, what was said about it, the answer to it, its schedule, how it stands. */
export function ItemPanel({ view, item, own, standing, amendments, onClose }: ItemPanelProps) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { measure, share } = item
  const terms: readonly (readonly [label: string, value: string])[] = [
    [text('targets.method'), text(`targets.method.${item.method}.help`)],
    [text('targets.direction'), text(item.direction === -1 ? 'indicators.polarity.less' : 'indicators.polarity.more')],
    [text('targets.weight'), formatPercent(item.weight, locale)],
    [text('targets.aspect'), item.aspect],
    [text('targets.accountable'), item.accountable],
    [text('targets.note'), item.note],
    [text('targets.exemption'), share?.exemption ?? ''],
    [text('targets.indicator.code'), measure.code],
  ]
  return (
    <Dialog open place="side" onClose={onClose} title={nameMeasure(measure, locale)}>
      <div className="targets-panel">
        <section aria-label={text('targets.value')}>
          <p className="targets-figure">
            <strong>{share === null ? '—' : writeTarget(share.value, measure, locale)}</strong>
            {share === null || isRoot(item) ? null : (
              <span className={`targets-share targets-share-${share.state}`}>
                {text(`states.allocation.${share.state}`)}
              </span>
            )}
          </p>
          <p className="gl-hint">
            {share === null
              ? text('targets.noShare')
              : isRoot(item)
                ? text('targets.from.own', { plan: view.plan.name })
                : text('targets.from.superior', { plan: view.plan.name })}
          </p>
        </section>
        {own && may('target:accept') && matchesShow(item, 'accept') && share !== null ? (
          <AnswerForm item={item} share={share} />
        ) : null}
        <p className="targets-links">
          {canSplit(item) ? (
            <Link
              to={keep(`/targets/items/${item.id}/split${own ? '' : `?body=${encodeURIComponent(view.body.code)}`}`)}
            >
              {text('targets.split.open')}
            </Link>
          ) : null}
          {view.plan.state === 'draft' ? null : (
            <Link to={`/progress?item=${item.id}&body=${encodeURIComponent(view.body.code)}`}>
              {text('targets.progress')}
            </Link>
          )}
        </p>
        {standing === null ? null : (
          <section>
            <h3>{text('targets.standing')}</h3>
            <p className="targets-stands">
              <Light value={standing.light} />
              {text('targets.standing.text', {
                actual: writeTarget(standing.reported.value, measure, locale),
                expected: writeTarget(standing.expected, measure, locale),
                rate: formatPercent(standing.rate, locale),
              })}
            </p>
            {standing.form?.until ? (
              <p className="gl-hint">
                {text('targets.standing.until', { period: formatPeriod(standing.form.until, locale) })}
              </p>
            ) : (
              <p className="gl-hint">{text('targets.standing.noForm')}</p>
            )}
          </section>
        )}
        {share === null || isRoot(item) ? null : (
          <section>
            <h3>{text('targets.thread')}</h3>
            <Thread
              share={share}
              amendments={amendments}
              measure={measure}
              issuer={text('targets.thread.superior')}
              receiver={view.body.shortName}
            />
          </section>
        )}
        <section>
          <h3>{text('targets.terms')}</h3>
          <dl className="targets-facts">
            {terms
              .filter(([, value]) => value !== '')
              .map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
        </section>
        <section>
          <h3>{text('targets.schedule')}</h3>
          <p className="gl-hint">{text(`targets.schedule.${findChoice(item.schedule, item.scheduleKind)}.help`)}</p>
          <ol className="targets-curve" aria-label={text('targets.schedule.months')}>
            {item.schedule.map((part, month) => (
              <li
                key={month}
                title={`${text('targets.schedule.month', { month: month + 1 })} ${formatPercent(part, locale)}`}
              >
                <span className="targets-curve-bar" style={{ height: `${part / 100}%` }} />
                <span className="gl-hidden">{formatPercent(part, locale)}</span>
                <span className="targets-curve-month">{month + 1}</span>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </Dialog>
  )
}
