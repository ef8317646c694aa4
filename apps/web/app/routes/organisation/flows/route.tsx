import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { mayDo } from '@gonglian/tenancy/permissions'
import { computeShare, Icon, readTableQuery, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readYear } from '../day.ts'
import { Share } from '../share.tsx'
import { YearSteps } from '../../../year-steps.tsx'
import { readJudging } from './flow.ts'
import { JudgedTable } from './judged-table.tsx'
import { OutgoingTable } from './outgoing-table.tsx'
import { TrainingTable } from './training-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('flows.title')

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams
  const year = readYear(args)
  const pageOf = (id: string) => {
    const { page, size } = readTableQuery(params, id)
    return { page, pageSize: size }
  }
  const readsMembers = mayDo(args.context.visitor?.roles ?? [], 'member:read')
  return ask(args, async (api) => {
    const [enrolment, outgoing, trainings, judged] = await Promise.all([
      api.members.readEnrolment(),
      readsMembers ? api.members.listOutgoing() : null,
      api.members.listRightsTrainings({ year, ...pageOf('trainings') }),
      api.members.judgeTraining({ ...readJudging(params, year), ...pageOf('judged') }),
    ])
    return { year, enrolment, outgoing, trainings, judged }
  })
}

/** How many of the staff are members, where those who went away are, and whether they were told their rights. */
export default function FlowsPage() {
  const { year, enrolment, outgoing, trainings, judged } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <div className="register">
      <Link className="area-back" to={keep('/organisation/members')}>
        <Icon name="left" />
        {text('members.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('flows.title')}</h1>
          <p className="gl-hint">{text('flows.text')}</p>
        </div>
        <YearSteps year={year} />
      </div>
      <div className="shares">
        <Share
          label={text('flows.rate')}
          part={enrolment.members}
          whole={enrolment.employees}
          rate={enrolment.rate}
          of={text('flows.rate.of')}
        />
        <Share
          label={text('flows.nonQuotaRate')}
          part={enrolment.nonQuotaMembers}
          whole={enrolment.nonQuotaEmployees}
          rate={enrolment.nonQuotaRate}
          of={text('flows.nonQuotaRate.of')}
        />
        <Share
          label={text('flows.enough')}
          part={judged.enough}
          whole={judged.townships}
          rate={computeShare(judged.enough, judged.townships)}
          of={text('flows.enough.of', { required: judged.required })}
        />
      </div>
      {outgoing === null ? null : <OutgoingTable rows={outgoing} />}
      <TrainingTable trainings={trainings} year={year} />
      <JudgedTable judged={judged} />
    </div>
  )
}
