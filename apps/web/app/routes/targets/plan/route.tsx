import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAddress, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { useMay } from '../../../may.ts'
import targetStyles from '../../../styles/targets.css?url'
import { titlePage } from '../../../titles.ts'
import { findLightPeriod } from '../plans.ts'
import { ItemForm } from './item-form.tsx'
import { ItemPanel } from './item-panel.tsx'
import { ItemTable } from './item-table.tsx'
import { filterAspects, readShow, type PlanItem } from './items.ts'
import { PlanHead } from './plan-head.tsx'
import { PlanTools } from './plan-tools.tsx'

export const meta = titlePage('targets.plan')
export const links: LinksFunction = () => [{ rel: 'stylesheet', href: targetStyles }]

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const planId = Number(args.params['planId'])
  const body = searchParams.get('body')
  const opened = Number(searchParams.get('item') ?? Number.NaN)
  return ask(args, async (api) => {
    const view = await api.targets.getPlan({ planId, ...(body === null ? {} : { body }) })
    const own = view.body.id === args.context.visitor?.tenantId
    const period = findLightPeriod(view.plan.year, searchParams.get('period'), args.context.now)
    const items = view.aspects.flatMap((aspect) => aspect.items)
    const [standings, amendments] = await Promise.all([
      own && period !== null && view.plan.state !== 'draft' ? api.progress.listStandings({ period }) : [],
      items.some((item) => item.id === opened)
        ? readEveryPage((part) => api.targets.listAmendments({ itemIds: [opened], receiver: view.body.code, ...part }))
        : [],
    ])
    return {
      view,
      own,
      period,
      standings: standings.filter((standing) => standing.plan.id === planId),
      opened: Number.isInteger(opened) ? opened : null,
      amendments,
    }
  })
}

/** A plan as it stands with one body: what it got, what it gave on, what waits. */
export default function PlanPage() {
  const { view, own, period, standings, opened, amendments } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { params, change } = useAddress()
  const [form, setForm] = useState<{ readonly item: PlanItem | null } | null>(null)
  const { plan } = view
  const editable = own && plan.state === 'draft' && plan.issuer.id === view.body.id && may('target:draft')
  const items = view.aspects.flatMap((aspect) => aspect.items)
  const filter = { search: params.get('q') ?? '', show: readShow(params.get('show')) }
  const shown = filterAspects(view.aspects, filter)
  const openedItem = items.find((item) => item.id === opened)
  const add = editable ? (
    <button type="button" className="gl-button gl-button-main" onClick={() => setForm({ item: null })}>
      {text('targets.item.add')}
    </button>
  ) : null
  return (
    <>
      <PlanHead view={view} own={own} add={add} />
      {own ? null : (
        <p className="targets-notice">
          {text('targets.ofBody', { body: view.body.name })}{' '}
          <Link to={keep(`/targets/${plan.id}`)}>{text('targets.toOwn')}</Link>
        </p>
      )}
      {items.length === 0 ? (
        <EmptyState
          title={text('targets.items.empty')}
          text={text(editable ? 'targets.items.empty.add' : 'targets.items.empty.text')}
          action={add}
        />
      ) : (
        <>
          <PlanTools view={view} filter={filter} count={shown.flatMap((aspect) => aspect.items).length} />
          <ItemTable
            view={view}
            aspects={shown}
            own={own}
            editable={editable}
            standings={standings}
            period={own && plan.state !== 'draft' ? period : null}
            onOpen={(item) => change({ item: String(item.id) })}
            onEdit={(item) => setForm({ item })}
          />
        </>
      )}
      {openedItem ? (
        <ItemPanel
          key={openedItem.id}
          view={view}
          item={openedItem}
          own={own}
          standing={standings.find((standing) => standing.item.id === openedItem.id) ?? null}
          amendments={amendments}
          onClose={() => change({ item: null })}
        />
      ) : null}
      {form ? <ItemForm plan={plan} items={items} item={form.item} onClose={() => setForm(null)} /> : null}
    </>
  )
}
