import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BelowList } from '../../../below/below-list.tsx'
import { readBelow } from '../../../below/groups.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { bodies } from '../union/union.ts'
import { RecordTermAct, TermActs } from './term-acts.tsx'
import { termStates, toTerms } from './term.ts'

export const meta = titlePage('terms.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'terms')
  return ask(args, async (api) => {
    const below = await readBelow(api, searchParams, { domain: 'organisation', list: 'terms', table: 'terms' })
    const terms = await api.terms.listTerms({
      ...toTerms(query),
      ...readBody(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: below?.isShown ? 1 : query.size,
    })
    return { ...terms, below, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** Terms, the earliest end first: what is overdue, what is due within the days of warning. */
export default function TermsPage() {
  const { rows, total, counts, below, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const writes = useMay()('organisation:write')
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('terms')
  const chosen = query.filters['state'] ?? []
  const choose = (state: string) => {
    const { state: _state, ...filters } = query.filters
    setQuery({ ...query, page: 1, filters: chosen.includes(state) ? filters : { ...filters, state: [state] } })
  }
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('terms.title')}</h1>
          <p className="gl-hint">{text('terms.text')}</p>
        </div>
        {writes ? <RecordTermAct bodyId={bodyId} /> : null}
      </div>
      <div className="stages" role="group" aria-label={text('unions.state')}>
        {termStates
          .filter((state) => state !== 'ended')
          .map((state) => (
            <button key={state} type="button" aria-pressed={chosen.includes(state)} onClick={() => choose(state)}>
              <strong>{counts[state] ?? 0}</strong> {text(`terms.state.${state}`)}
            </button>
          ))}
      </div>
      <BelowList below={below}>
        <DataTable
          label={text('terms.title')}
          rows={rows}
          rowKey={({ id }) => String(id)}
          query={query}
          onQuery={setQuery}
          total={total}
          tools={<BodyFilter table="terms" />}
          exports={exportsOf('/organisation/terms/export.csv', params)}
          columns={[
            {
              key: 'name',
              title: text('unions.name'),
              render: ({ unionId, unionName, bodyName }) =>
                unionId === null ? bodyName : <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName}</Link>,
            },
            {
              key: 'body',
              title: text('terms.of'),
              filters: bodies.map((body) => ({ value: body, label: text(`unions.termOf.${body}`) })),
              render: ({ body, number }) =>
                `${text(`unions.termOf.${body}`)} ${text('unions.term.number', { number })}`,
            },
            { key: 'from', title: text('terms.from'), render: ({ startsOn }) => startsOn },
            {
              key: 'to',
              title: text('terms.to'),
              render: ({ endsOn, extendedTo, extensionState }) =>
                extendedTo === null
                  ? endsOn
                  : extensionState === 'approved'
                    ? text('terms.to.extended', { to: extendedTo })
                    : text('terms.to.asked', { ends: endsOn, to: extendedTo }),
            },
            {
              key: 'state',
              title: text('unions.state'),
              filters: termStates.map((state) => ({ value: state, label: text(`terms.state.${state}`) })),
              render: ({ state }) => <span className={`term-state-${state}`}>{text(`terms.state.${state}`)}</span>,
            },
            {
              key: 'days',
              title: text('terms.days'),
              figure: true,
              sortable: false,
              value: ({ daysLeft }) => daysLeft,
            },
            { key: 'owner', title: text('unions.body'), render: ({ bodyName }) => bodyName },
            {
              key: 'act',
              title: text('tables.actions'),
              render: (term) => (term.tenantId === bodyId ? <TermActs term={term} /> : null),
            },
          ]}
          empty={<EmptyState title={text('terms.empty')} text={text('terms.empty.text')} />}
        />
      </BelowList>
    </>
  )
}
