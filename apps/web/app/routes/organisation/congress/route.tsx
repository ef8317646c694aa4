import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Icon, formatDateTime, readTableQuery, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { CongressActs } from '../congresses/congress-acts.tsx'
import { congressStates } from '../congresses/congress.ts'
import { knownOf } from '../unions/union.ts'
import { CongressRecord } from './congress-record.tsx'
import { readCongress } from './congress.ts'
import { DelegatesPart } from './delegates-part.tsx'
import { QuotasPart } from './quotas-part.tsx'

export const meta = titlePage('congresses.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  return ask(args, (api) =>
    readCongress(api, {
      congressId: Number(args.params['id']),
      quotaId: Number(searchParams.get('quota')),
      bodyId: args.context.visitor?.tenantId ?? 0,
      delegates: readTableQuery(searchParams, 'delegates'),
    }),
  )
}

/** One congress: what it is, how many each body below sends, whom they elected, and its record once it was held. */
export default function CongressPage() {
  const { view, quotas, chosen, delegates, before, children, unions, bodyId } = useLoaderData<typeof loader>()
  const { congress, steps } = view
  const text = useText()
  const keep = useKeepingPeriod()
  const isOwn = congress.tenant_id === bodyId
  const stateOf = (state: string) => {
    const known = knownOf(congressStates, state)
    return known === null ? state : text(`congresses.state.${known}`)
  }
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/congresses')}>
        <Icon name="left" />
        {text('congresses.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>
            {text('congresses.titleOf', {
              name: congress.unionName ?? congress.bodyName,
              number: congress.number,
              kind: text(`congresses.kind.${congress.kind}`),
            })}
          </h1>
          <p>{stateOf(congress.state)}</p>
        </div>
        {isOwn ? <CongressActs congress={congress} /> : null}
      </div>
      <CongressRecord congress={congress} />
      {congress.union_id === null ? (
        <QuotasPart congress={congress} quotas={quotas} children={children} isOwn={isOwn} bodyId={bodyId} />
      ) : null}
      {chosen === null || delegates === null ? null : (
        <DelegatesPart
          congress={congress}
          quota={chosen}
          delegates={delegates}
          before={before}
          unions={unions}
          bodyId={bodyId}
        />
      )}
      {steps.length === 0 ? null : (
        <section>
          <h2>{text('unions.history')}</h2>
          <ol className="plain-list">
            {steps.map((step, index) => (
              <li key={index}>
                {formatDateTime(step.at)} {step.from === step.to ? text('congresses.step.shared') : stateOf(step.to)}{' '}
                {step.reason} <span className="gl-hint">{step.actor}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}
