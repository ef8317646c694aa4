import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, formatDateTime, readTableQuery, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { findKind, importKinds, type Import } from './import.ts'
import { ImportSteps } from './import-steps.tsx'
import { UploadForm } from './upload-form.tsx'

export const meta = titlePage('imports.title')

export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'imports')
  return ask(args, (api) => api.imports.listImports({ page: Math.min(query.page, 1000), pageSize: query.size }))
}

/** Unions, members or employers from a file: its columns are confirmed, it is checked, and written when somebody says so. */
export default function ImportsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('imports')
  const first = findKind(params.get('kind') ?? '').key
  const columns: readonly DataColumn<Import>[] = [
    {
      key: 'file',
      title: text('imports.file'),
      render: ({ id, fileName }) => <Link to={keep(`/organisation/imports/${id}`)}>{fileName}</Link>,
    },
    { key: 'kind', title: text('imports.kind'), render: ({ kind }) => text(`imports.kind.${findKind(kind).key}`) },
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
      </div>
      {importKinds.some(({ sends }) => may(sends)) ? (
        <>
          <ImportSteps at="file" />
          <UploadForm key={first} first={first} onStarted={(id) => navigate(keep(`/organisation/imports/${id}`))} />
        </>
      ) : null}
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
