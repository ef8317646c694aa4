import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { applicationStates, listColumns, toApplications, type Application } from './application.ts'

export const meta = titlePage('applications.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { page, size } = readTableQuery(searchParams, 'applications')
  return ask(args, (api) => api.unions.listApplications({ ...toApplications(searchParams), page, pageSize: size }))
}

/** Applications for the founding of unions that wait for the leader, the longest waiting first. */
export default function ApplicationsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('applications')
  const overdue = (row: Application) => (
    <span className={row.isOverdue ? 'term-state-overdue' : undefined}>
      {text(row.isOverdue ? 'applications.overdue' : 'applications.waiting')}
    </span>
  )
  const [name, kind, applied, due, state, by, body] = listColumns(text)
  const plain = { sortable: false } as const
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('applications.title')}</h1>
          <p className="gl-hint">{text('applications.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('applications.title')}
        rows={rows}
        rowKey={({ unionId }) => String(unionId)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={<BodyFilter table="applications" />}
        exports={exportsOf('/organisation/applications/export.csv', params)}
        onOpen={({ unionId }) => navigate(keep(`/organisation/unions/${unionId}`))}
        columns={[
          {
            ...name,
            ...plain,
            render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.name}</Link>,
          },
          { ...kind, ...plain },
          { ...applied, ...plain },
          { ...due, ...plain },
          {
            ...state,
            ...plain,
            filters: applicationStates.map((one) => ({ value: one, label: text(`applications.${one}`) })),
            render: overdue,
          },
          { ...by, ...plain },
          { ...body, ...plain },
        ]}
        empty={<EmptyState title={text('applications.empty')} text={text('applications.empty.text')} />}
      />
    </>
  )
}
