import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { EmptyState, formatDate, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAddress, useKeepingPeriod } from '../../address.ts'
import { ask } from '../../ask.ts'
import { useMay } from '../../may.ts'
import targetStyles from '../../styles/targets.css?url'
import { titlePage } from '../../titles.ts'
import { dutyLink } from './duties.ts'
import { PlanForm } from './plan-form.tsx'
import { PlanTable } from './plan-table.tsx'
import { findLightPeriod, findYear, listPlanRows } from './plans.ts'

export const meta = titlePage('targets.title')
export const links: LinksFunction = () => [{ rel: 'stylesheet', href: targetStyles }]

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { now } = args.context
  const year = findYear(searchParams, now)
  const period = findLightPeriod(year, searchParams.get('period'), now)
  const bodyId = args.context.visitor?.tenantId ?? 0
  return { year, period, plans: await ask(args, (api) => listPlanRows(api, bodyId, year, period)) }
}

/** The plans of a year: those handed down to us and our own, first what waits for us in them. */
export default function TargetsPage() {
  const { year, period, plans } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { change } = useAddress()
  const [creating, setCreating] = useState(false)
  const waiting = plans.flatMap((plan) => plan.duties)
  const create = may('target:draft') ? (
    <button type="button" className="gl-button gl-button-main" onClick={() => setCreating(true)}>
      {text('targets.create')}
    </button>
  ) : null
  return (
    <>
      <div className="targets-head">
        <h1>{text('targets.title')}</h1>
        <div className="targets-years" role="group" aria-label={text('targets.year')}>
          <button
            type="button"
            className="gl-icon-button"
            aria-label={text('targets.year.before')}
            onClick={() => change({ year: String(year - 1) })}
          >
            ‹
          </button>
          <strong aria-live="polite">{text('targets.year.of', { year })}</strong>
          <button
            type="button"
            className="gl-icon-button"
            aria-label={text('targets.year.after')}
            onClick={() => change({ year: String(year + 1) })}
          >
            ›
          </button>
        </div>
        <span className="targets-actions">{create}</span>
      </div>
      {waiting.length === 0 ? null : (
        <section className="panel targets-waiting" aria-labelledby="targets-waiting">
          <h2 id="targets-waiting">{text('targets.waiting')}</h2>
          <ul>
            {waiting.map((duty) => (
              <li key={`${duty.planId}:${duty.kind}`}>
                <Link to={keep(dutyLink(duty))}>{text(`targets.duty.${duty.kind}`, { count: duty.items })}</Link>
                <span className="gl-cut">{duty.planName}</span>
                {duty.since === null ? null : (
                  <span className="gl-hint">{text('targets.since', { date: formatDate(duty.since) })}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {plans.length === 0 ? (
        <EmptyState
          title={text('targets.empty.title', { year })}
          text={text(may('target:draft') ? 'targets.empty.create' : 'targets.empty.text')}
          action={create}
        />
      ) : (
        <PlanTable plans={plans} period={period} />
      )}
      {creating ? (
        <PlanForm
          year={year}
          onClose={() => setCreating(false)}
          onDone={(planId) => navigate(keep(`/targets/${planId}`))}
        />
      ) : null}
    </>
  )
}
