import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useNavigate } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BelowList } from '../../../below/below-list.tsx'
import { readBelow } from '../../../below/groups.ts'
import { readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import { DraftAct } from './draft-act.tsx'
import { toListing } from './union.ts'
import { UnionTable } from './union-table.tsx'

export const meta = titlePage('unions.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'unions')
  const bodyId = args.context.visitor?.tenantId ?? 0
  return ask(args, async (api) => {
    const below = await readBelow(api, searchParams, { domain: 'organisation', list: 'unions', table: 'unions' })
    if (below?.isShown) return { below, rows: [], total: 0, bodyId }
    const page = await api.unions.listUnions({
      ...toListing(query, args.context.now),
      ...readBody(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })
    return { ...page, below, bodyId }
  })
}

/** The unions of the body and of those below it. */
export default function UnionsPage() {
  const { rows, total, below, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('unions.title')}</h1>
          <p className="gl-hint">{text('unions.text')}</p>
        </div>
        {may('organisation:write') ? <DraftAct bodyId={bodyId} /> : null}
      </div>
      <BelowList below={below}>
        <UnionTable unions={rows} total={total} onOpen={(id) => navigate(keep(`/organisation/unions/${id}`))} />
      </BelowList>
    </>
  )
}
