import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { toListing } from './union.ts'
import { UnionTable } from './union-table.tsx'

export const meta = titlePage('unions.title')

export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'unions')
  return ask(args, (api) =>
    api.unions.listUnions({ ...toListing(query), page: Math.min(query.page, 10_000), pageSize: query.size }),
  )
}

/** The unions of the body and of those below it. */
export default function UnionsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('unions.title')}</h1>
          <p className="gl-hint">{text('unions.text')}</p>
        </div>
      </div>
      <UnionTable unions={rows} total={total} onOpen={(id) => navigate(keep(`/organisation/unions/${id}`))} />
    </>
  )
}
