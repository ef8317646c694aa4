import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { EmptyState, Icon, useText } from '@gonglian/ui'
import { useFrame, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titleAfter } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { Share } from '../share.tsx'
import { Acceptance } from './acceptance.tsx'
import { LedgerForm } from './ledger-form.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ name }) => name)

export async function loader(args: LoaderFunctionArgs) {
  const unionId = Number(args.params['id'])
  return ask(args, async (api) => {
    const [{ union }, ledger, acceptance] = await Promise.all([
      api.unions.getUnion({ unionId }),
      api.checklists.getLedger({ unionId }),
      api.checklists.checkAcceptance({ unionId }),
    ])
    return { name: union.name, ledger, acceptance, isOwn: union.tenant_id === args.context.visitor?.tenantId }
  })
}

/** The electronic ledger of a union: each item of each list that holds for it. */
export default function LedgerPage() {
  const { name, ledger, acceptance, isOwn } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const { body } = useFrame()
  return (
    <div className="register">
      <Link className="area-back" to={keep(`/organisation/unions/${ledger.unionId}`)}>
        <Icon name="left" />
        {name}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('ledgers.title')}</h1>
          <p className="gl-hint">{text('ledgers.text')}</p>
        </div>
      </div>
      {ledger.lists.length === 0 ? (
        <EmptyState title={text('ledgers.empty')} text={text('ledgers.empty.text')} />
      ) : (
        <>
          <div className="shares">
            <Share
              label={text('ledgers.completeness')}
              part={ledger.met}
              whole={ledger.total}
              rate={ledger.completeness}
              of={text('ledgers.completeness.of')}
            />
          </div>
          <Acceptance ledger={ledger} acceptance={acceptance} />
          <LedgerForm
            key={`${body.code} ${ledger.unionId}`}
            ledger={ledger}
            writable={isOwn && may('organisation:write')}
          />
        </>
      )}
    </div>
  )
}
