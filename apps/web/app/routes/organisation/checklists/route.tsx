import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readNumber } from '../day.ts'
import { Compliance } from './compliance.tsx'
import { DefineChecklist } from './define-checklist.tsx'
import type { ChecklistRow } from './checklist.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('checklists.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const asked = readNumber(searchParams.get('list'))
  const { page, size } = readTableQuery(searchParams, 'bodies')
  return ask(args, async (api) => {
    const asking = readTableQuery(searchParams, 'lists')
    const { rows: lists, total } = await api.checklists.listChecklists({
      coming: true,
      search: asking.search.trim().slice(0, 80),
      page: asking.page,
      pageSize: asking.size,
    })
    const checklistId = asked ?? lists[0]?.checklistId
    if (checklistId === undefined) return { lists, total, chosen: null }
    const [checklist, compliance, kept] = await Promise.all([
      api.checklists.getChecklist({ checklistId }),
      api.checklists.countCompliance({ checklistId, page, pageSize: size }),
      api.checklists.listCompliance({ checklistId, pageSize: 12 }),
    ])
    return {
      lists,
      total,
      chosen: { checklist, isOwn: checklist.issuerId === args.context.visitor?.tenantId, compliance, kept: kept.rows },
    }
  })
}

/** The check-lists in force, and of one: its items, and how many unions have all of it. */
export default function ChecklistsPage() {
  const { lists, total, chosen } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { change, params } = useAddress()
  const [query, setQuery] = useTableQuery('lists')
  const columns: readonly DataColumn<ChecklistRow>[] = [
    {
      key: 'name',
      title: text('checklists.name'),
      render: ({ checklistId, nameZh, nameEn }) => (
        <button
          type="button"
          className="gl-link-button"
          aria-pressed={checklistId === chosen?.checklist.checklistId}
          onClick={() => change({ list: String(checklistId) })}
        >
          {locale === 'en' ? nameEn : nameZh}
        </button>
      ),
    },
    { key: 'issuer', title: text('checklists.issuer'), render: ({ issuerName }) => issuerName },
    {
      key: 'purpose',
      title: text('checklists.purpose'),
      render: ({ purpose }) => text(`checklists.purpose.${purpose}`),
    },
    {
      key: 'enforcement',
      title: text('checklists.enforcement'),
      render: ({ enforcement }) => text(`checklists.enforcement.${enforcement}`),
    },
    {
      key: 'edition',
      title: text('checklists.edition'),
      figure: true,
      render: ({ edition }) => edition,
    },
    { key: 'items', title: text('checklists.itemCount'), figure: true, render: ({ items }) => Number(items ?? 0) },
    { key: 'from', title: text('checklists.validFrom'), render: ({ validFrom }) => validFrom },
  ]
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('checklists.title')}</h1>
          <p className="gl-hint">{text('checklists.text')}</p>
        </div>
        <div className="acts">
          {may('organisation:approve') ? <DefineChecklist before={null} /> : null}
          <Link className="gl-button" to={keep('/organisation/evidence')}>
            {text('evidence.title')}
          </Link>
        </div>
      </div>
      <DataTable
        label={text('checklists.title')}
        rows={lists}
        rowKey={({ checklistId }) => String(checklistId)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={total}
        exports={exportsOf('/organisation/checklists/export.csv', params)}
        onOpen={({ checklistId }) => change({ list: String(checklistId) })}
        empty={<EmptyState title={text('checklists.empty')} text={text('checklists.empty.text')} />}
      />
      {chosen === null ? null : <Compliance {...chosen} />}
    </div>
  )
}
