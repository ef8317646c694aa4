import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { mayDo } from '@gonglian/tenancy/permissions'
import { readTableQuery, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { AppointOfficer } from './appoint-officer.tsx'
import { readAsked, toOfficers, toVacancies } from './cadre.ts'
import { readCommittee } from './committee.ts'
import { CommitteePart } from './committee-part.tsx'
import { OfficerScope } from './officer-scope.tsx'
import { OfficerTable } from './officer-table.tsx'
import { VacancyTable } from './vacancy-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('cadres.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const officerQuery = readTableQuery(searchParams, 'officers')
  const vacancyQuery = readTableQuery(searchParams, 'vacancies')
  const { unionId, on } = readAsked(searchParams)
  const { visitor } = args.context
  return ask(args, async (api) => {
    const [officers, vacancies, quotas, committee] = await Promise.all([
      api.cadres.listOfficers({
        ...toOfficers(officerQuery, searchParams),
        page: officerQuery.page,
        pageSize: officerQuery.size,
      }),
      api.cadres.listVacancies({
        ...toVacancies(vacancyQuery, searchParams),
        page: vacancyQuery.page,
        pageSize: vacancyQuery.size,
      }),
      api.cadres.listQuotas({ own: true, pageSize: 200 }),
      unionId === undefined
        ? null
        : readCommittee(api, {
            unionId,
            typed: searchParams.get('members'),
            ownId: mayDo(visitor?.roles ?? [], 'member:read') ? (visitor?.tenantId ?? 0) : 0,
          }),
    ])
    return { officers, vacancies, quotas, committee, on: on ?? null, bodyId: visitor?.tenantId ?? 0 }
  })
}

/** Who holds which post, which of them stand empty; of one union also whether its committee is as large as its members ask for. */
export default function CadresPage() {
  const { officers, vacancies, quotas, committee, on, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('cadres.title')}</h1>
          <p className="gl-hint">{text('cadres.text')}</p>
        </div>
        <div className="acts">
          {may('organisation:write') ? <AppointOfficer quotas={quotas.rows} bodyId={bodyId} /> : null}
        </div>
      </div>
      <OfficerScope on={on} union={committee === null ? null : committee.union.name} />
      {committee === null ? null : <CommitteePart committee={committee} />}
      <section>
        <h2>{text('cadres.officers')}</h2>
        <OfficerTable officers={officers} quotas={quotas.rows} />
      </section>
      <section>
        <h2>{text('cadres.vacancies')}</h2>
        <VacancyTable vacancies={vacancies} />
      </section>
    </div>
  )
}
