import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { UnionLinks } from '../unions/area-links.tsx'
import { listColumns, toDemonstrations } from './demonstration.ts'
import { EndAct, NameAct } from './name-act.tsx'

export const meta = titlePage('demonstrations.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { page, size } = readTableQuery(searchParams, 'demonstrations')
  return ask(args, async (api) => ({
    ...(await api.unions.listDemonstrations({ ...toDemonstrations(searchParams), page, pageSize: size })),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

/** Unions that are examples of building party and union together (党工共建示范点, M079). */
export default function DemonstrationsPage() {
  const { rows, total, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const decides = useMay()('organisation:approve')
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('demonstrations')
  const [title, union, branch, on, body] = listColumns(text)
  const plain = { sortable: false } as const
  return (
    <>
      <UnionLinks />
      <div className="area-head">
        <div>
          <h1>{text('demonstrations.title')}</h1>
          <p className="gl-hint">{text('demonstrations.text')}</p>
        </div>
        {decides ? <NameAct bodyId={bodyId} /> : null}
      </div>
      <DataTable
        label={text('demonstrations.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={<BodyFilter table="demonstrations" />}
        exports={exportsOf('/organisation/demonstrations/export.csv', params)}
        columns={[
          { ...title, ...plain },
          {
            ...union,
            ...plain,
            render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.unionName}</Link>,
          },
          { ...branch, ...plain },
          { ...on, ...plain },
          { ...body, ...plain },
          ...(decides
            ? [
                {
                  key: 'act',
                  title: text('tables.actions'),
                  render: (row: (typeof rows)[number]) =>
                    row.tenantId === bodyId ? <EndAct demonstrationId={row.id} title={row.title} /> : null,
                },
              ]
            : []),
        ]}
        empty={<EmptyState title={text('demonstrations.empty')} text={text('demonstrations.empty.text')} />}
      />
    </>
  )
}
