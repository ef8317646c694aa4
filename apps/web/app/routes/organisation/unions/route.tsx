import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import { UnionLinks } from './area-links.tsx'
import { DraftAct } from './draft-act.tsx'
import { toListing } from './union.ts'
import { UnionTable } from './union-table.tsx'

export const meta = titlePage('unions.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'unions')
  return ask(args, async (api) => ({
    ...(await api.unions.listUnions({
      ...toListing(query, args.context.now),
      ...readBody(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

/** The unions of the body and of those below it. */
export default function UnionsPage() {
  const { rows, total, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  return (
    <>
      <UnionLinks />
      <div className="area-head">
        <div>
          <h1>{text('unions.title')}</h1>
          <p className="gl-hint">{text('unions.text')}</p>
        </div>
        {may('organisation:write') ? <DraftAct bodyId={bodyId} /> : null}
      </div>
      <UnionTable unions={rows} total={total} onOpen={(id) => navigate(keep(`/organisation/unions/${id}`))} />
    </>
  )
}
