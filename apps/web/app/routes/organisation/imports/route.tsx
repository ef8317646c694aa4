import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, Icon, formatDateTime, readTableQuery, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import type { Import } from './import.ts'
import { UploadForm } from './upload-form.tsx'

export const meta = titlePage('imports.title')

export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'imports')
  return ask(args, (api) => api.imports.listImports({ page: Math.min(query.page, 1000), pageSize: query.size }))
}

/** Many members from a file: checked first, written when somebody says so. */
export default function ImportsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('imports')
  const columns: readonly DataColumn<Import>[] = [
    {
      key: 'file',
      title: text('imports.file'),
      render: ({ id, fileName }) => <Link to={keep(`/organisation/imports/${id}`)}>{fileName}</Link>,
    },
    { key: 'state', title: text('members.state'), render: ({ state }) => text(`imports.state.${state}`) },
    { key: 'rows', title: text('imports.rows'), figure: true, value: (row) => row.rows, sortable: false },
    { key: 'good', title: text('imports.good'), figure: true, value: (row) => row.good, sortable: false },
    { key: 'bad', title: text('imports.bad'), figure: true, value: (row) => row.bad, sortable: false },
    { key: 'done', title: text('imports.written'), figure: true, value: (row) => row.done, sortable: false },
    { key: 'actor', title: text('imports.actor'), render: ({ actor }) => actor },
    { key: 'at', title: text('imports.at'), render: ({ createdAt }) => formatDateTime(createdAt) },
  ]
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('imports.title')}</h1>
          <p className="gl-hint">{text('imports.text')}</p>
        </div>
        {may('member:write') ? (
          <div className="acts">
            <a className="gl-button" href="/organisation/imports/template/export.xlsx" download>
              <Icon name="download" size={15} />
              {text('imports.template.xlsx')}
            </a>
            <a className="gl-button" href="/organisation/imports/template/export.csv" download>
              {text('imports.template.csv')}
            </a>
          </div>
        ) : null}
      </div>
      {may('member:write') ? <UploadForm onStarted={(id) => navigate(keep(`/organisation/imports/${id}`))} /> : null}
      <DataTable
        label={text('imports.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={total}
        hideSearch
        exports={exportsOf('/organisation/imports/export.csv', params)}
        onOpen={({ id }) => navigate(keep(`/organisation/imports/${id}`))}
        empty={<EmptyState title={text('imports.none')} text={text('imports.none.text')} />}
      />
    </>
  )
}
