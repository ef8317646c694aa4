import { Link, useLocation } from '@remix-run/react'
import { DataTable, Light, formatDate, formatPeriod, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useKeepingPeriod, useTableQuery } from '../../address.ts'
import { planReaders, type Lights, type PlanRow } from './plans.ts'
import { exportsOf } from '../../table-export.ts'

export type PlanTableProps = { readonly plans: readonly PlanRow[]; readonly period: string | null }

const states = ['draft', 'issued', 'closed'] as const
const origins = ['own', 'received'] as const

/** The list of plans: whose they are, how far they are, what waits, how we stand. */
export function PlanTable({ plans, period }: PlanTableProps) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { search } = useLocation()
  const [query, setQuery] = useTableQuery('plans')
  const [name, origin, state, items, waiting, lights, issuedAt] = planReaders
  const columns: DataColumn<PlanRow>[] = [
    {
      ...name,
      title: text('targets.plan'),
      width: 320,
      render: (plan) => (
        <Link className="gl-cut" to={keep(`/targets/${plan.id}`)} title={plan.name}>
          {plan.name}
        </Link>
      ),
    },
    {
      ...origin,
      title: text('targets.issuer'),
      filters: origins.map((value) => ({ value, label: text(`targets.origin.${value}`) })),
      render: (plan) => (plan.own ? text('targets.origin.own') : plan.issuer.name),
    },
    {
      ...state,
      title: text('targets.state'),
      filters: states.map((value) => ({ value, label: text(`targets.planState.${value}`) })),
      render: (plan) => text(`targets.planState.${plan.state}`),
    },
    { ...items, title: text('targets.items'), figure: true },
    {
      ...waiting,
      title: text('targets.waiting'),
      render: (plan) =>
        plan.duties.length === 0
          ? '—'
          : plan.duties.map((duty) => text(`targets.duty.${duty.kind}`, { count: duty.items })).join('，'),
    },
    {
      ...lights,
      title:
        period === null
          ? text('targets.lights')
          : text('targets.lights.until', { period: formatPeriod(period, locale) }),
      render: (plan) => <LightCounts lights={plan.lights} />,
    },
    {
      ...issuedAt,
      title: text('targets.issuedAt'),
      render: (plan) => (plan.issuedAt === null ? '—' : formatDate(plan.issuedAt)),
    },
  ]
  return (
    <DataTable
      label={text('targets.title')}
      rows={plans}
      rowKey={(plan) => String(plan.id)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      exports={exportsOf(`/targets/export.csv${search}`)}
    />
  )
}

/** How many items have each light. */
export function LightCounts({ lights }: { readonly lights: Lights }) {
  const shown = (['green', 'yellow', 'red'] as const).filter((light) => lights[light] > 0)
  if (shown.length === 0) return <>—</>
  return (
    <span className="targets-lights">
      {shown.map((light) => (
        <span key={light}>
          <Light value={light} /> {lights[light]}
        </span>
      ))}
    </span>
  )
}
