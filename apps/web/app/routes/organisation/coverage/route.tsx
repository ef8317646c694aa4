import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BelowList } from '../../../below/below-list.tsx'
import { readBelow } from '../../../below/groups.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { modes } from '../union/union.ts'
import { CountPanel } from './count-panel.tsx'
import { listColumns, readDay, toCovered } from './covered.ts'

export const meta = titlePage('coverage.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'covered')
  const day = readDay(searchParams)
  return ask(args, async (api) => {
    const below = await readBelow(api, searchParams, { domain: 'organisation', list: 'covered', table: 'covered' })
    const [covered, counts] = await Promise.all([
      api.coverage.listCoverage({
        ...toCovered(searchParams),
        page: Math.min(query.page, 10_000),
        pageSize: below?.isShown ? 1 : query.size,
      }),
      api.coverage.countCoverage({ ...readBody(searchParams), ...(day === null ? {} : { on: day }) }),
    ])
    return { covered, counts, day, below }
  })
}

/** Which employers stand under which unions, and how many that makes. */
export default function CoveragePage() {
  const { covered, counts, day, below } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('covered')
  const [employer, headcount, union, mode, from, to, note, body] = listColumns(text)
  const plain = { sortable: false } as const
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('coverage.title')}</h1>
          <p className="gl-hint">{text('coverage.text')}</p>
        </div>
      </div>
      <CountPanel counts={counts} day={day} />
      <BelowList below={below}>
        <DataTable
          label={text('coverage.title')}
          rows={covered.rows}
          rowKey={({ id }) => String(id)}
          query={query}
          onQuery={setQuery}
          total={covered.total}
          tools={<BodyFilter table="covered" />}
          exports={exportsOf('/organisation/coverage/export.csv', params)}
          columns={[
            {
              ...employer,
              ...plain,
              render: (row) => (
                <Link to={keep(`/organisation/employers?employer=${row.employerId}`)}>{row.employerName}</Link>
              ),
            },
            { ...headcount, ...plain, figure: true },
            {
              ...union,
              ...plain,
              render: (row) => <Link to={keep(`/organisation/unions/${row.unionId}`)}>{row.unionName}</Link>,
            },
            {
              ...mode,
              ...plain,
              filters: modes.map((one) => ({ value: one, label: text(`unions.mode.${one}`) })),
            },
            { ...from, ...plain },
            { ...to, ...plain, filters: [{ value: 'ended', label: text('coverage.ended') }] },
            { ...note, ...plain, render: (row) => (row.note === '' ? '—' : row.note) },
            { ...body, ...plain },
          ]}
          empty={<EmptyState title={text('coverage.empty')} text={text('coverage.empty.text')} />}
        />
      </BelowList>
    </>
  )
}
