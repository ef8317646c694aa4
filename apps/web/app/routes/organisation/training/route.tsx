import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Icon, readTableQuery, useText } from '@gonglian/ui'
import { useToday } from '../../../clock.tsx'
import { useFrame, useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { titleAfter } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { CancelTraining } from '../trainings/cancel-training.tsx'
import { AttendanceForm } from './attendance-form.tsx'
import { AttendanceTable } from './attendance-table.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ view }) => view.training.name)

export async function loader(args: LoaderFunctionArgs) {
  const trainingId = Number(args.params['id'])
  const query = readTableQuery(new URL(args.request.url).searchParams, 'roster')
  return ask(args, async (api) => {
    const view = await api.cadres.getTraining({ trainingId })
    const isOwn = view.training.tenant_id === args.context.visitor?.tenantId
    const roster = isOwn
      ? await api.cadres.listOfficers({ search: query.search.slice(0, 60), page: query.page, pageSize: query.size })
      : null
    return { view, roster }
  })
}

/** One training: what it is, who was there, and for whoever holds it the noting of attendance. */
export default function TrainingPage() {
  const { view, roster } = useLoaderData<typeof loader>()
  const { training, attendance } = view
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { body } = useFrame()
  const writes = training.body === body.code && may('organisation:write')
  const present = attendance.filter(({ result }) => result === 'attended' || result === 'passed').length
  const facts: readonly (readonly [string, string | number])[] = [
    [text('trainings.kind'), text(`trainings.kind.${training.kind}`)],
    [text('trainings.topic'), text(`trainings.topic.${training.topic}`)],
    [text('trainings.host'), training.host === '' ? '—' : training.host],
    [
      text('cadres.training.days'),
      training.starts_on === training.ends_on ? training.starts_on : `${training.starts_on} – ${training.ends_on}`,
    ],
    [text('registers.body'), training.bodyName],
    [text('trainings.plannedPersons'), training.planned_persons],
    [text('cadres.training.audience'), training.audience],
    [text('trainings.personTimes'), present + training.audience],
  ]
  const today = useToday()
  const isHoldable = training.state !== 'cancelled' && training.starts_on <= today
  return (
    <div className="register union-page">
      <Link className="area-back" to={keep('/organisation/cadres/trainings')}>
        <Icon name="left" />
        {text('cadres.trainings')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{training.name}</h1>
          <p>{text(`trainings.state.${training.state}`)}</p>
        </div>
        {writes && training.state === 'planned' ? (
          <CancelTraining id={training.id} version={training.version} name={training.name} />
        ) : null}
      </div>
      <section>
        <h2>{text('unions.facts')}</h2>
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <AttendanceTable trainingId={training.id} attendance={attendance} />
      {writes && roster !== null && isHoldable ? (
        <AttendanceForm key={training.version} view={view} roster={roster} />
      ) : null}
      {writes && training.state === 'planned' && !isHoldable ? (
        <p className="gl-hint">{text('cadres.training.notYet', { day: training.starts_on })}</p>
      ) : null}
    </div>
  )
}
