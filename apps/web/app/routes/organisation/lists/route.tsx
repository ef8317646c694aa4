import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { listSources } from '../employers/employer.ts'
import { listColumns, toLists } from './list.ts'
import { tableEndings } from '../../../table-endings.ts'

export const meta = titlePage('lists.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'lists')
  return ask(args, (api) =>
    api.lists.listLists({ ...toLists(searchParams), page: Math.min(query.page, 10_000), pageSize: query.size }),
  )
}

/** Lists of employers as offices gave them, by version. */
export default function ListsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('lists')
  const [name, source, version, asOf, state, rowCount, matched, ambiguous, faulty, body] = listColumns(text)
  const counts = [rowCount, matched, ambiguous, faulty]
  const plain = { sortable: false } as const
  const open = (id: number) => navigate(keep(`/organisation/lists/${id}`))
  return (
    <>
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
              { name: 'asOf', label: text('lists.asOf'), kind: 'date', initial: 'today' },
              {
                name: 'content',
                label: text('lists.file'),
                kind: 'file',
                endings: tableEndings,
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
        total={total}
        tools={<BodyFilter table="lists" />}
        exports={exportsOf('/organisation/lists/export.csv', params)}
        onOpen={({ id }) => open(id)}
        columns={[
          {
            ...name,
            ...plain,
            render: (row) => <Link to={keep(`/organisation/lists/${row.id}`)}>{row.name}</Link>,
          },
          {
            ...source,
            ...plain,
            filters: listSources.map((one) => ({ value: one, label: text(`lists.source.${one}`) })),
          },
          { ...version, ...plain },
          { ...asOf, ...plain },
          { ...state, ...plain },
          ...counts.map((column) => ({ ...column, ...plain, figure: true })),
          { ...body, ...plain },
        ]}
        empty={<EmptyState title={text('lists.empty')} text={text('lists.empty.text')} />}
      />
    </>
  )
}
