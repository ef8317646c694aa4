import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { listColumns, toStaffing, writeShort } from './staffing.ts'

export const meta = titlePage('staffing.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { page, size } = readTableQuery(searchParams, 'staffing')
  return ask(args, (api) => api.unions.listStaffing({ ...toStaffing(searchParams), page, pageSize: size }))
}

/** How township federations are staffed against the template (M092). */
export default function StaffingPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('staffing')
  const onlyGaps = params.get('gaps') === 'only'
  const [name, code, chairs, party, fullTimeVices, partTimeVices, institutionPosts, short] = listColumns(text)
  const plain = { sortable: false } as const
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('staffing.title')}</h1>
          <p className="gl-hint">{text('staffing.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('staffing.title')}
        rows={rows}
        rowKey={({ bodyId, unionId }) => `${bodyId} ${unionId ?? ''}`}
        query={query}
        onQuery={setQuery}
        total={total}
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
            ...plain,
            render: (row) => (
              <Link to={keep(row.unionId === null ? `/bodies/${row.code}` : `/organisation/unions/${row.unionId}`)}>
                {row.name}
              </Link>
            ),
          },
          { ...code, ...plain },
          { ...chairs, ...plain, figure: true },
          { ...party, ...plain },
          { ...fullTimeVices, ...plain, figure: true },
          { ...partTimeVices, ...plain, figure: true },
          { ...institutionPosts, ...plain, figure: true },
          {
            ...short,
            ...plain,
            render: (row) => <span className="gl-cell-wrap">{writeShort(text, row) || text('staffing.short.none')}</span>,
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
