import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { UnionLinks } from '../unions/area-links.tsx'
import { listColumns, writeShort } from './staffing.ts'

export const meta = titlePage('staffing.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  return ask(args, (api) =>
    api.unions.listStaffing({ ...readBody(searchParams), onlyGaps: searchParams.get('gaps') === 'only' }),
  )
}

/** How township federations are staffed against the template (M092). */
export default function StaffingPage() {
  const places = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('staffing')
  const onlyGaps = params.get('gaps') === 'only'
  const [name, code, chairs, party, fullTimeVices, partTimeVices, institutionPosts, short] = listColumns(text)
  return (
    <>
      <UnionLinks />
      <div className="area-head">
        <div>
          <h1>{text('staffing.title')}</h1>
          <p className="gl-hint">{text('staffing.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('staffing.title')}
        rows={places}
        rowKey={({ bodyId, unionId }) => `${bodyId} ${unionId ?? ''}`}
        query={query}
        onQuery={setQuery}
        tools={
          <>
            <label className="inline-field">
              <input
                type="checkbox"
                checked={onlyGaps}
                onChange={(event) => change({ gaps: event.target.checked ? 'only' : null, 'staffing.page': null })}
              />{' '}
              {text('staffing.onlyGaps')}
            </label>
            <BodyFilter table="staffing" />
          </>
        }
        exports={exportsOf('/organisation/staffing/export.csv', params)}
        columns={[
          {
            ...name,
            render: (row) => (
              <Link to={keep(row.unionId === null ? `/bodies/${row.code}` : `/organisation/unions/${row.unionId}`)}>
                {row.name}
              </Link>
            ),
          },
          code,
          { ...chairs, figure: true },
          party,
          { ...fullTimeVices, figure: true },
          { ...partTimeVices, figure: true },
          { ...institutionPosts, figure: true },
          {
            ...short,
            sortable: false,
            render: (row) => <span className="cell-wrap">{writeShort(text, row) || text('staffing.short.none')}</span>,
          },
        ]}
        empty={
          onlyGaps ? (
            <EmptyState title={text('staffing.complete')} text={text('staffing.complete.text')} />
          ) : (
            <EmptyState title={text('staffing.empty')} text={text('staffing.empty.text')} />
          )
        }
      />
    </>
  )
}
