import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useLocale, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { toQuotas } from '../cadres/cadre.ts'
import { Share } from '../share.tsx'
import { QuotaTable } from './quota-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('cadres.staffing')

export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'quotas')
  return ask(args, async (api) => {
    const [staffing, quotas] = await Promise.all([
      api.cadres.readStaffing({}),
      api.cadres.listQuotas({ ...toQuotas(query), page: query.page, pageSize: query.size }),
    ])
    return { staffing, quotas }
  })
}

const rate = (part: number, whole: number) => (whole === 0 ? null : Math.floor((part * 20_000 + whole) / (whole * 2)))

/** How many people there are for how many workers, and how many posts were approved. */
export default function StaffingPage() {
  const { staffing, quotas } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const count = (value: number) => value.toLocaleString(locale)
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('cadres.staffing')}</h1>
          <p className="gl-hint">{text('cadres.staffing.text')}</p>
        </div>
      </div>
      <div className="shares">
        <Share
          label={text('cadres.fullTime')}
          part={staffing.fullTime}
          whole={staffing.needed}
          rate={rate(staffing.fullTime, staffing.needed)}
          of={text('cadres.fullTime.of')}
        >
          <p className={staffing.short > 0 ? 'gl-warning-text gl-figure-text' : 'gl-hint gl-figure-text'}>
            {text(staffing.short > 0 ? 'cadres.fullTime.short' : 'cadres.fullTime.enough', {
              short: count(staffing.short),
              workers: count(staffing.workers),
            })}
          </p>
          <p className="gl-hint gl-figure-text">
            {text('cadres.others', { partTime: count(staffing.partTime), contracted: count(staffing.contracted) })}
          </p>
        </Share>
        <Share
          label={text('cadres.filled')}
          part={quotas.filled}
          whole={quotas.posts}
          rate={rate(quotas.filled, quotas.posts)}
          of={text('cadres.filled.of')}
        />
      </div>
      <QuotaTable quotas={quotas} />
    </div>
  )
}
