import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { mayDo } from '@gonglian/tenancy/permissions'
import { readTableQuery, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readYear } from '../day.ts'
import { toScreenings } from '../women/women.ts'
import { YearSteps } from '../../../year-steps.tsx'
import { FindingsAct } from './findings-act.tsx'
import { FollowUpTable } from './follow-up-table.tsx'
import { ScreeningTable } from './screening-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('women.screening')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'screenings')
  const due = readTableQuery(searchParams, 'followUps')
  const year = readYear(args)
  const asked = searchParams.get('until') ?? ''
  const until = /^\d{4}-\d\d-\d\d$/.test(asked) ? asked : null
  const mayFollow = mayDo(args.context.visitor?.roles ?? [], 'member:read')
  return ask(args, async (api) => {
    const [screenings, followUps] = await Promise.all([
      api.women.listScreenings({ ...toScreenings(query, year), page: query.page, pageSize: query.size }),
      mayFollow
        ? api.women.listFollowUps({ ...(until === null ? {} : { until }), page: due.page, pageSize: due.size })
        : null,
    ])
    return { year, screenings, followUps, until, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** Two-cancer screenings: how many took part; what was found stays with the body itself, sealed. */
export default function ScreeningsPage() {
  const { year, screenings, followUps, until, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('women.screening')}</h1>
          <p className="gl-hint">{text('women.screening.text')}</p>
        </div>
        <YearSteps year={year} />
      </div>
      <section>
        <div className="register-head">
          <h2>{text('women.screenings', { year: String(year) })}</h2>
          {may('member:open') ? <FindingsAct year={year} /> : null}
        </div>
        <ScreeningTable screenings={screenings} bodyId={bodyId} />
      </section>
      {followUps === null ? null : <FollowUpTable followUps={followUps} until={until} />}
    </div>
  )
}
