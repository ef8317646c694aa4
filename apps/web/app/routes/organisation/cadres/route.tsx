import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readYear } from '../day.ts'
import { Share } from '../share.tsx'
import { YearSteps } from '../year-steps.tsx'
import { AppointOfficer } from './appoint-officer.tsx'
import { toOfficers } from './cadre.ts'
import { OfficerTable } from './officer-table.tsx'
import { QuotaTable } from './quota-table.tsx'
import { TrainingTable } from './training-table.tsx'
import { UntrainedTable } from './untrained-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('cadres.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const officerQuery = readTableQuery(searchParams, 'officers')
  const trainingQuery = readTableQuery(searchParams, 'trainings')
  const chairQuery = readTableQuery(searchParams, 'chairs')
  const year = readYear(args.request)
  return ask(args, async (api) => {
    const [officers, quotas, trainings, chairs] = await Promise.all([
      api.cadres.listOfficers({ ...toOfficers(officerQuery), page: officerQuery.page, pageSize: officerQuery.size }),
      api.cadres.listQuotas({}),
      api.cadres.listTrainings({ year, page: trainingQuery.page, pageSize: trainingQuery.size }),
      api.cadres.listUntrainedChairs({ page: chairQuery.page, pageSize: chairQuery.size }),
    ])
    return { year, officers, quotas, trainings, chairs }
  })
}

/** Who holds which post, how many posts were approved, and how people are trained for them. */
export default function CadresPage() {
  const { year, officers, quotas, trainings, chairs } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const filled = quotas.posts === 0 ? null : Math.floor((quotas.filled * 20_000 + quotas.posts) / (quotas.posts * 2))
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('cadres.title')}</h1>
          <p className="gl-hint">{text('cadres.text')}</p>
        </div>
        <div className="acts">{may('organisation:write') ? <AppointOfficer quotas={quotas.rows} /> : null}</div>
      </div>
      <div className="shares">
        <Share
          label={text('cadres.filled')}
          part={quotas.filled}
          whole={quotas.posts}
          rate={filled}
          of={text('cadres.filled.of')}
        />
        <Share
          label={text('cadres.compliance')}
          part={chairs.trained}
          whole={chairs.chairs}
          rate={chairs.complianceRate}
          of={text('cadres.compliance.of')}
        />
      </div>
      <section>
        <h2>{text('cadres.officers')}</h2>
        <OfficerTable officers={officers.rows} total={officers.total} />
      </section>
      <QuotaTable quotas={quotas} />
      <section>
        <div className="register-head">
          <h2>{text('cadres.trainings')}</h2>
          <YearSteps year={year} />
        </div>
        <TrainingTable trainings={trainings} officers={officers.rows} />
      </section>
      <section>
        <h2>{text('cadres.untrained')}</h2>
        <UntrainedTable chairs={chairs} />
      </section>
    </div>
  )
}
