import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, Icon, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readToday } from '../../../act-values.ts'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { listSources } from '../employers/employer.ts'
import { useSourceName } from '../employers/versions.ts'

export const meta = titlePage('lists.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, (api) => api.lists.listLists({ pageSize: 200 }))
}

/** Lists of employers as offices gave them, by version. */
export default function ListsPage() {
  const { rows } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const sourceName = useSourceName()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('lists')
  const open = (id: number) => navigate(keep(`/organisation/lists/${id}`))
  return (
    <>
      <Link className="area-back" to={keep('/organisation/employers')}>
        <Icon name="left" />
        {text('employers.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('lists.title')}</h1>
          <p className="gl-hint">{text('lists.text')}</p>
        </div>
        {may('organisation:write') ? (
          <ActDialog
            primary
            label={text('lists.import')}
            title={text('lists.import')}
            fields={[
              { name: 'name', label: text('lists.name'), kind: 'text', maxLength: 120 },
              {
                name: 'source',
                label: text('lists.source'),
                kind: 'choice',
                initial: 'tax',
                options: listSources.map((one) => ({ value: one, label: text(`lists.source.${one}`) })),
              },
              {
                name: 'listVersion',
                label: text('lists.version'),
                kind: 'text',
                maxLength: 40,
                hint: text('lists.version.hint'),
              },
              { name: 'asOf', label: text('lists.asOf'), kind: 'date', initial: readToday() },
              {
                name: 'content',
                label: text('lists.file'),
                kind: 'file',
                endings: '.xlsx,.csv',
                hint: text('lists.file.hint'),
              },
            ]}
            run={(api, values) =>
              api.lists.importListFile.mutate({
                name: values['name'] ?? '',
                source: listSources.find((one) => one === values['source']) ?? 'other',
                listVersion: values['listVersion'] ?? '',
                asOf: values['asOf'] ?? '',
                content: values['content'] ?? '',
              })
            }
            onDone={({ listId }) => open(listId)}
          />
        ) : null}
      </div>
      <DataTable
        label={text('lists.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/organisation/lists/export.csv', params)}
        onOpen={({ id }) => open(id)}
        columns={[
          {
            key: 'name',
            title: text('lists.name'),
            value: ({ name }) => name,
            render: ({ id, name }) => <Link to={keep(`/organisation/lists/${id}`)}>{name}</Link>,
          },
          { key: 'source', title: text('lists.source'), value: ({ source }) => sourceName(source) },
          { key: 'version', title: text('lists.version'), value: (row) => row.list_version },
          { key: 'asOf', title: text('lists.asOf'), value: (row) => row.as_of },
          {
            key: 'state',
            title: text('unions.state'),
            value: ({ state }) => text(state === 'open' ? 'lists.state.open' : 'lists.state.matched'),
          },
          { key: 'rows', title: text('lists.rows'), figure: true, value: (row) => row.rows },
          { key: 'matched', title: text('lists.matched'), figure: true, value: ({ matched }) => matched },
          { key: 'ambiguous', title: text('lists.ambiguous'), figure: true, value: ({ ambiguous }) => ambiguous },
          { key: 'faulty', title: text('lists.faulty'), figure: true, value: ({ faulty }) => faulty },
        ]}
        empty={<EmptyState title={text('lists.empty')} text={text('lists.empty.text')} />}
      />
    </>
  )
}
