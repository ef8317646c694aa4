import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { formatPercent, useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useAddress, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import targetStyles from '../../../styles/targets.css?url'
import { titlePage } from '../../../titles.ts'
import { nameMeasure, writeTarget } from '../figure.ts'
import { AmendEditor } from './amend-editor.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { isAmendable } from './rows.ts'

export const meta = titlePage('targets.split.title')
export const links: LinksFunction = () => [{ rel: 'stylesheet', href: targetStyles }]

const indicatorCode = /^[a-z][a-z0-9_]{1,79}$/

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const itemId = Number(args.params['itemId'])
  const body = searchParams.get('body')
  const asked = searchParams.get('basis')
  const basisCode = asked !== null && indicatorCode.test(asked) ? asked : null
  return ask(args, async (api) => {
    const view = await api.targets.getSplit({ itemId, ...(body === null ? {} : { body }) })
    const own = view.body.id === args.context.visitor?.tenantId
    if (!own) return { view, own, lastYear: null, basis: null, indicator: null, others: [] }
    const [lastYear, basis, indicator, plan] = await Promise.all([
      api.targets.readBasis({ itemId }),
      basisCode === null ? null : api.targets.readBasis({ itemId, basis: basisCode }),
      basisCode === null ? null : api.indicators.getIndicator({ code: basisCode }),
      api.targets.getPlan({ planId: view.plan.id }),
    ])
    const others = plan.aspects
      .flatMap((aspect) => aspect.items)
      .filter((item) => item.id !== itemId && item.method === 'sum' && item.share?.reserve != null)
      .map((item) => ({ id: item.id, nameZh: item.measure.nameZh, nameEn: item.measure.nameEn }))
    return { view, own, lastYear, basis, indicator, others }
  })
}

/** The split of one item: what a body makes of its share. */
export default function SplitPage() {
  const data = useLoaderData<typeof loader>()
  const { view, own } = data
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const { plan, item, body, share } = view
  const ofBody = own ? '' : `?body=${encodeURIComponent(body.code)}`
  const amending = params.get('mode') === 'amend' && own && may('target:amend') && view.rows.some(isAmendable)
  const name = nameMeasure(item.measure, locale)
  return (
    <div className="split-page">
      <p className="targets-crumb">
        <Link to={keep(`/targets?year=${plan.year}`)}>{text('targets.title')}</Link> ›{' '}
        <Link to={keep(`/targets/${plan.id}${ofBody}`)}>{plan.name}</Link> ›
      </p>
      <div className="targets-head">
        <h1>{text(amending ? 'targets.amend.title' : 'targets.split.of', { item: name })}</h1>
        <span className={`targets-share targets-share-${share.state}`}>
          {share.issuerId === share.receiverId
            ? text(`targets.planState.${plan.state}`)
            : text(`states.allocation.${share.state}`)}
        </span>
      </div>
      <dl className="targets-terms">
        <div>
          <dt>{text('targets.body')}</dt>
          <dd>{body.name}</dd>
        </div>
        <div>
          <dt>{text('targets.value')}</dt>
          <dd>
            <strong>{writeTarget(share.value, item.measure, locale)}</strong>
          </dd>
        </div>
        <div>
          <dt>{text('targets.method')}</dt>
          <dd title={text(`targets.method.${item.method}.help`)}>{text(`targets.method.${item.method}`)}</dd>
        </div>
        {item.method === 'sum' ? (
          <div>
            <dt>{text('targets.plan.over')}</dt>
            <dd>
              {plan.overAllocation === 0
                ? text('targets.over.none')
                : `${formatPercent(plan.overAllocation, locale)} (${writeTarget(view.limit, item.measure, locale)})`}
            </dd>
          </div>
        ) : null}
      </dl>
      {own ? null : <p className="targets-notice">{text('targets.split.ofBody', { body: body.name })}</p>}
      {own && view.blocked !== null ? <p className="targets-notice">{translateUnknown(locale, view.blocked)}</p> : null}
      {amending ? (
        <AmendEditor key={`amend:${item.id}`} {...data} />
      ) : (
        <DraftEditor key={`draft:${item.id}:${body.id}`} {...data} />
      )}
    </div>
  )
}
