import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { UnionLinks } from '../unions/area-links.tsx'
import { listColumns } from './demonstration.ts'
import { EndAct, NameAct } from './name-act.tsx'

export const meta = titlePage('demonstrations.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => ({
    rows: await api.unions.listDemonstrations(readBody(new URL(args.request.url).searchParams)),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

/** Unions that are examples of building party and union together (党工共建示范点, M079). */
export default function DemonstrationsPage() {
  const { rows, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const decides = useMay()('organisation:approve')
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('demonstrations')
  const [title, union, ...others] = listColumns(text)
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
        tools={<BodyFilter table="demonstrations" />}
        exports={exportsOf('/organisation/demonstrations/export.csv', params)}
        columns={[
          title,
          {
            ...union,
            render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.unionName}</Link>,
          },
          ...others,
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
