import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, formatFigure, readTableQuery, useLocale, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { CensusLinks } from '../census/area-links.tsx'
import { visitPurposes } from '../census/lead.ts'
import { VisitAct } from './visit-act.tsx'
import { listColumns, toVisits, type ParkCount } from './visit.ts'

export const meta = titlePage('visits.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'visits')
  return ask(args, async (api) => ({
    ...(await api.leads.listVisits({
      ...toVisits(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

/** The log of visits to enterprises and parks (M023). */
export default function VisitsPage() {
  const { rows, total, parks, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const writes = useMay()('organisation:write')
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('visits')
  const [on, employer, park, purpose, visitors, foundOut, next, body] = listColumns(text)
  const plain = { sortable: false } as const
  const days = [
    ['from', text('visits.from')],
    ['to', text('visits.to')],
  ] as const
  return (
    <>
      <CensusLinks />
      <div className="area-head">
        <div>
          <h1>{text('visits.title')}</h1>
          <p className="gl-hint">{text('visits.text')}</p>
        </div>
        {writes ? <VisitAct primary bodyId={bodyId} /> : null}
      </div>
      <Parks parks={parks} />
      <DataTable
        label={text('visits.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={
          <>
            {days.map(([name, label]) => (
              <label key={name} className="inline-field">
                {label}{' '}
                <input
                  type="date"
                  className="gl-input"
                  value={params.get(name) ?? ''}
                  onChange={(event) =>
                    change({ [name]: event.target.value === '' ? null : event.target.value, 'visits.page': null })
                  }
                />
              </label>
            ))}
            <BodyFilter table="visits" />
          </>
        }
        exports={exportsOf('/organisation/visits/export.csv', params)}
        columns={[
          { ...on, ...plain },
          {
            ...employer,
            ...plain,
            render: (row) =>
              row.employerId === null ? (
                '—'
              ) : (
                <Link to={keep(`/organisation/employers?employer=${row.employerId}`)}>{row.employerName}</Link>
              ),
          },
          { ...park, ...plain },
          {
            ...purpose,
            ...plain,
            filters: visitPurposes.map((one) => ({ value: one, label: text(`leads.purpose.${one}`) })),
          },
          { ...visitors, ...plain, figure: true },
          { ...foundOut, ...plain, render: (row) => <span className="cell-wrap">{row.foundOut || '—'}</span> },
          { ...next, ...plain, render: (row) => <span className="cell-wrap">{row.nextStep || '—'}</span> },
          { ...body, ...plain },
        ]}
        empty={<EmptyState title={text('visits.empty')} text={text('visits.empty.text')} />}
      />
    </>
  )
}

/** How often each park was visited; a press shows its visits alone. */
function Parks({ parks }: { readonly parks: readonly ParkCount[] }) {
  const text = useText()
  const locale = useLocale()
  const { params, change } = useAddress()
  const chosen = params.get('park')
  if (parks.length === 0) return null
  return (
    <div className="stages" role="group" aria-label={text('visits.parks')}>
      {parks.map(({ park, visits, employers }) => (
        <button
          key={park}
          type="button"
          aria-pressed={chosen === park}
          onClick={() => change({ park: chosen === park ? null : park, 'visits.page': null })}
        >
          <strong>{formatFigure(visits, { locale })}</strong> {park}{' '}
          <span className="gl-hint">{text('visits.parks.employers', { count: employers })}</span>
        </button>
      ))}
    </div>
  )
}
