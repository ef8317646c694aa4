import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useOpened } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { toAuditFilter } from './audit.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditTable } from './audit-table.tsx'
import { ChainCheck } from './chain-check.tsx'
import { LinePanel } from './line-panel.tsx'

export const meta = titlePage('audit.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'audit')
  return ask(args, (api) =>
    api.audit.listAudit({ ...toAuditFilter(searchParams, query), page: query.page, pageSize: query.size }),
  )
}

/** The body's own trail, for its audit administrator. */
export default function AuditPage() {
  const { lines, total, actions, actors } = useLoaderData<typeof loader>()
  const text = useText()
  const { change } = useAddress()
  const [opened, show] = useOpened('line')
  const at = lines.findIndex(({ seq }) => String(seq) === opened)
  const step = (by: number) => {
    const next = lines[at + by]
    return next ? () => show(String(next.seq)) : null
  }
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('audit.title')}</h1>
          <p className="gl-hint">{text('audit.text')}</p>
        </div>
      </div>
      <ChainCheck
        onShow={(page, seq) => {
          change({
            action: null,
            actor: null,
            from: null,
            to: null,
            request: null,
            'audit.search': null,
            'audit.sort': null,
            'audit.page': String(page),
          })
          show(String(seq))
        }}
      />
      <AuditFilters actions={actions} actors={actors} />
      <AuditTable lines={lines} total={total} onOpen={(seq) => show(String(seq))} />
      <LinePanel
        line={lines[at] ?? null}
        onClose={() => show(null)}
        onPrevious={step(-1)}
        onNext={step(1)}
        onRequest={(request) => {
          show(null)
          change({ request, 'audit.page': null, line: null })
        }}
      />
    </>
  )
}
