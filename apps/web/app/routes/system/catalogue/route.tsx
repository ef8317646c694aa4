import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useOpened } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { nameIssuers } from '../issuers.ts'
import { domains } from './domains.ts'
import { toListing } from './indicator.ts'
import { IndicatorPanel } from './indicator-panel.tsx'
import { IndicatorTable } from './indicator-table.tsx'

export const meta = titlePage('catalogue.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'catalogue')
  return ask(args, async (api) => ({
    ...(await api.indicators.listIndicators({
      ...toListing(searchParams, query, domains),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })),
    issuers: await nameIssuers(api),
  }))
}

/** The catalogue that applies to the body. */
export default function CataloguePage() {
  const { rows, total, domains: counts, issuers } = useLoaderData<typeof loader>()
  const text = useText()
  const { params, change } = useAddress()
  const [opened, show] = useOpened('indicator')
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('catalogue.title')}</h1>
          <p className="gl-hint">{text('catalogue.text')}</p>
        </div>
      </div>
      <IndicatorTable
        rows={rows}
        total={total}
        issuers={issuers}
        counts={counts}
        domain={domains.find((known) => known === params.get('domain')) ?? null}
        onDomain={(domain) => change({ domain, 'catalogue.page': null })}
        onOpen={show}
      />
      <IndicatorPanel code={opened} issuers={issuers} onClose={() => show(null)} />
    </>
  )
}
