import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useFetcher, useLoaderData, useNavigate } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { mayDo } from '@gonglian/tenancy/permissions'
import { useState } from 'react'
import { useAddress, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import { DoneNotice } from '../../system/notice.tsx'
import { readCounting } from './below.ts'
import { BelowTable } from './below-table.tsx'
import { ExportDialog } from './export-dialog.tsx'
import { readFilter } from './member.ts'
import { MemberTable } from './member-table.tsx'
import { MemberSearch } from './member-search.tsx'
import { UnionCards } from './union-cards.tsx'

export const meta = titlePage('members.title')

/** Rows for their owner, counts for those above: the first where there are rows of one's own, else the second. */
export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams
  const query = readTableQuery(params, 'members')
  const filter = readFilter(params)
  return ask(args, async (api) => {
    const reads = mayDo(args.context.visitor?.roles ?? [], 'member:read')
    const view = params.get('view')
    const search = query.search.trim().slice(0, 60)
    if (reads && view !== 'below') {
      const { unionId } = filter
      const [page, union] = await Promise.all([
        api.members.listMembers({ ...filter, search, page: Math.min(query.page, 1000), pageSize: query.size }),
        unionId === undefined ? null : api.unions.getUnion({ unionId }),
      ])
      const own = { page, unionName: union?.union.name ?? null }
      if (view === 'own' || page.total > 0 || search !== '' || Object.keys(filter).length > 0)
        return { own, below: null }
      const below = await countBelow()
      return below.counts.lines.length > 1 ? { own: null, below } : { own, below: null }
    }
    return { own: null, below: await countBelow() }

    async function countBelow() {
      const counting = readCounting(params)
      return { counts: await api.members.countMembersBelow(counting), groupBy: counting.groupBy }
    }
  })
}

/** A search by a number: it comes in the body of a request, so that it stands in no address. */
export async function action(args: ActionFunctionArgs) {
  const number = (await args.request.formData()).get('number')
  const search = typeof number === 'string' ? number.trim().slice(0, 60) : ''
  return ask(args, async (api) => ({ rows: (await api.members.listMembers({ search })).rows }))
}

/** The register of members. */
export default function MembersPage() {
  const { own, below } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params, change } = useAddress()
  const finder = useFetcher<typeof action>()
  const [byNumber, setByNumber] = useState(false)
  const [done, setDone] = useState<string | null>(null)
  const found = byNumber && finder.data ? finder.data.rows : null
  const open = (id: number) => navigate(keep(`/organisation/members/${id}`))
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('members.title')}</h1>
          <p className="gl-hint">{text(own ? 'members.text' : 'members.below.text')}</p>
        </div>
        <div className="acts">
          {may('member:write') ? (
            <Link className="gl-button gl-button-main" to={keep('/organisation/members/new')}>
              {text('members.register')}
            </Link>
          ) : null}
          {own && may('member:write') ? <UnionCards onDone={setDone} /> : null}
          <Link className="gl-button" to={keep('/organisation/members/flows')}>
            {text('flows.title')}
          </Link>
          {own && may('member:export') && may('member:open') ? <ExportDialog filter={readFilter(params)} /> : null}
          {may('opening:read') ? (
            <Link className="gl-button" to={keep('/organisation/exports')}>
              {text('takings.title')}
            </Link>
          ) : null}
        </div>
      </div>
      <DoneNotice text={done} />
      {may('member:read') ? (
        <div className="gl-segments area-segments" role="group" aria-label={text('members.view')}>
          {(['own', 'below'] as const).map((view) => (
            <button
              key={view}
              type="button"
              aria-pressed={(own === null) === (view === 'below')}
              onClick={() => {
                setByNumber(false)
                change({ view, body: null })
              }}
            >
              {text(`members.view.${view}`)}
            </button>
          ))}
        </div>
      ) : null}
      {own ? (
        <>
          <MemberSearch
            name={readTableQuery(params, 'members').search}
            busy={finder.state !== 'idle'}
            found={found === null ? null : found.length}
            onName={(name) => {
              setByNumber(false)
              change({ 'members.search': name === '' ? null : name, 'members.page': null, view: 'own' })
            }}
            onNumber={(number) => {
              setByNumber(true)
              void finder.submit({ number }, { method: 'post' })
            }}
          />
          <MemberTable
            members={found ?? own.page.rows}
            total={found ? found.length : own.page.total}
            atLeast={found === null && own.page.atLeast}
            unionName={own.unionName}
            files={found === null && readTableQuery(params, 'members').search === ''}
            onOpen={open}
          />
        </>
      ) : null}
      {below ? <BelowTable counts={below.counts} groupBy={below.groupBy} /> : null}
    </>
  )
}
