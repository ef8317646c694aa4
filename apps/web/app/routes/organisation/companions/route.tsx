import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { listColumns, toMissing } from './missing.ts'

export const meta = titlePage('companions.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'missing')
  return ask(args, (api) =>
    api.unions.listMissingCompanions({
      ...toMissing(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    }),
  )
}

/** Unions at work that lack bodies which the place requires beside them (六会同建). */
export default function CompanionsPage() {
  const { rows, total, required } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('missing')
  const [name, code, missing, count, body] = listColumns(text)
  const plain = { sortable: false } as const
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('companions.title')}</h1>
          <p className="gl-hint">
            {text('companions.text', {
              required: required.map((kind) => text(`unions.companion.${kind}`)).join(text('companions.and')),
            })}
          </p>
        </div>
      </div>
      <DataTable
        label={text('companions.title')}
        rows={rows}
        rowKey={({ unionId }) => String(unionId)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={<BodyFilter table="missing" />}
        exports={exportsOf('/organisation/companions/export.csv', params)}
        onOpen={({ unionId }) => navigate(keep(`/organisation/unions/${unionId}`))}
        columns={[
          {
            ...name,
            ...plain,
            render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.name}</Link>,
          },
          { ...code, ...plain },
          {
            ...missing,
            ...plain,
            filters: required.map((kind) => ({ value: kind, label: text(`unions.companion.${kind}`) })),
            render: (row) => <span className="gl-cell-wrap">{missing.value(row)}</span>,
          },
          { ...count, ...plain, figure: true },
          { ...body, ...plain },
        ]}
        empty={<EmptyState title={text('companions.empty')} text={text('companions.empty.text')} />}
      />
    </>
  )
}
