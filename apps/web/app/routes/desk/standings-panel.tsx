import { Link } from '@remix-run/react'
import {
  EmptyState,
  FigureCell,
  formatFigure,
  formatPeriod,
  Light,
  TargetBar,
  TrendLine,
  useLocale,
  useText,
} from '@gonglian/ui'
import type { PropsWithChildren } from 'react'
import { useKeepingPeriod } from '../../address.ts'
import { itemPath, planPath } from './addresses.ts'
import type { Standing } from './loaded.ts'

const about = 1
/** Money in fen from which 万元 are easier to read. */
const wanFrom = 100_000_000
const lights = ['red', 'yellow', 'green'] as const

/** How we stand: each target with what was reached, where the schedule is, and the course of the year. */
export function StandingsPanel({
  standings,
  year,
  body,
}: {
  readonly standings: readonly Standing[]
  readonly year: string
  /** Whose they are when it is not one's own body. */
  readonly body?: string
}) {
  const text = useText()
  const keep = useKeepingPeriod()
  const plans = [...new Map(standings.map(({ plan }) => [plan.id, plan])).values()]
  return (
    <section className="panel desk-standings" aria-labelledby="desk-standings">
      <h2 id="desk-standings">
        {text('desk.standings')}
        <span className="desk-lights">
          {[...lights, null].map((value) => {
            const count = standings.filter(({ light }) => light === value).length
            return count === 0 ? null : (
              <span key={value ?? 'none'}>
                <Light value={value} /> {count}
              </span>
            )
          })}
        </span>
      </h2>
      {standings.length === 0 ? (
        <EmptyState title={text('desk.standings.none', { year })} text={text('desk.standings.noneText')} />
      ) : null}
      {plans.map((plan) => (
        <PlanTable key={plan.id} body={body} standings={standings.filter((standing) => standing.plan.id === plan.id)}>
          <Link to={keep(planPath(plan.id))}>{plan.name}</Link>
        </PlanTable>
      ))}
    </section>
  )
}

/** The items of one plan; the period they are judged at stands once where it is the same for all. */
function PlanTable({
  standings,
  body,
  children,
}: PropsWithChildren<{ readonly standings: readonly Standing[]; readonly body: string | undefined }>) {
  const text = useText()
  const locale = useLocale()
  const untils = new Set(standings.flatMap(({ form }) => form?.until ?? []))
  const [common] = untils.size === 1 ? untils : []
  return (
    <table className="desk-table">
      <caption>
        {children}
        {common === undefined ? null : (
          <span className="gl-hint"> {text('desk.standings.until', { period: formatPeriod(common, locale) })}</span>
        )}
      </caption>
      <thead>
        <tr>
          <th scope="col">{text('desk.standings.item')}</th>
          <th scope="col">{text('desk.standings.rate')}</th>
          <th scope="col" className="desk-trend">
            {text('desk.standings.trend')}
          </th>
          <th scope="col">{text('desk.standings.light')}</th>
        </tr>
      </thead>
      <tbody>
        {standings.map((standing) => (
          <StandingRow key={standing.item.id} standing={standing} common={common ?? null} body={body} />
        ))}
      </tbody>
    </table>
  )
}

function StandingRow({
  standing,
  common,
  body,
}: {
  readonly standing: Standing
  readonly common: string | null
  readonly body: string | undefined
}) {
  const text = useText()
  const locale = useLocale()
  const { item, target, reported, expected, light, trend, coverage, form } = standing
  const { measure } = item
  const name = locale === 'en' && measure.nameEn !== '' ? measure.nameEn : measure.nameZh
  const until = form?.until ?? null
  const large = measure.unit === '元' && target >= wanFrom ? 'wan' : 'none'
  const remarks = [
    until === null || until === common ? [] : text('desk.standings.until', { period: formatPeriod(until, locale) }),
    coverage === null || coverage.reported >= coverage.expected
      ? []
      : text('desk.standings.coverage', { reported: coverage.reported, expected: coverage.expected }),
  ].flat()
  return (
    <tr>
      <th scope="row">
        <Link to={itemPath(item.id, until, body)}>{name}</Link>
        <p className="gl-hint desk-figures">
          <FigureCell value={reported.value} scale={measure.scale} mark={reported.inexact ? about : 0} large={large} />
          {' / '}
          {formatFigure(target, { locale, scale: measure.scale, unit: measure.unit, large })}
        </p>
      </th>
      <td>
        {reported.value === null ? (
          <span className="gl-hint">{text(form === null ? 'desk.standings.noForm' : 'desk.standings.unreported')}</span>
        ) : (
          <TargetBar actual={reported.value} target={target} expected={expected} light={light} />
        )}
        {remarks.length === 0 ? null : <p className="gl-hint">{remarks.join(' · ')}</p>}
      </td>
      <td className="desk-trend">
        <TrendLine values={trend} format={{ scale: measure.scale, unit: measure.unit }} width={84} />
      </td>
      <td>
        <Light value={light} />
      </td>
    </tr>
  )
}
