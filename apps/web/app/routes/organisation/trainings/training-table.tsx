import { Link, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useAddress, useFrame, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { topics, trainingKinds, trainingStates, type Training, type Trainings } from '../cadres/cadre.ts'
import { knownOf } from '../unions/union.ts'

/** The training register of a year: planned, held, with person-times. */
export function TrainingTable({ trainings }: { readonly trainings: Trainings }) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('trainings')
  const columns: readonly DataColumn<Training>[] = [
    {
      key: 'name',
      title: text('cadres.training'),
      render: ({ trainingId, name }) => <Link to={keep(`/organisation/cadres/trainings/${trainingId}`)}>{name}</Link>,
    },
    {
      key: 'kind',
      title: text('cadres.training.kind'),
      filters: trainingKinds.map((value) => ({ value, label: text(`cadres.trainingKind.${value}`) })),
      render: ({ kind }) => text(`cadres.trainingKind.${kind}`),
    },
    { key: 'topic', title: text('cadres.training.topic'), render: ({ topic }) => text(`cadres.topic.${topic}`) },
    {
      key: 'days',
      title: text('cadres.training.days'),
      render: ({ startsOn, endsOn }) => (startsOn === endsOn ? startsOn : `${startsOn} – ${endsOn}`),
    },
    {
      key: 'state',
      title: text('cadres.training.state'),
      filters: trainingStates.map((value) => ({ value, label: text(`cadres.trainingState.${value}`) })),
      render: ({ state }) => text(`cadres.trainingState.${state}`),
    },
    {
      key: 'planned',
      title: text('cadres.training.planned'),
      figure: true,
      render: ({ plannedPersons }) => plannedPersons,
    },
    { key: 'persons', title: text('cadres.training.persons'), figure: true, render: ({ personTimes }) => personTimes },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (training) =>
        training.body === body.code && training.state === 'planned' && may('organisation:write') ? (
          <CancelTraining training={training} />
        ) : (
          ''
        ),
    },
  ]
  return (
    <DataTable
      label={text('cadres.trainings')}
      rows={trainings.rows}
      rowKey={({ trainingId }) => String(trainingId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={trainings.total}
      exports={exportsOf('/organisation/cadres/trainings/export.csv', params)}
      onOpen={({ trainingId }) => navigate(keep(`/organisation/cadres/trainings/${trainingId}`))}
      tools={
        <>
          <span className="gl-hint gl-figure-text">
            {text('cadres.trainings.sum', {
              planned: trainings.planned.trainings,
              held: trainings.held.trainings,
              persons: trainings.held.personTimes,
            })}
          </span>
          {may('organisation:write') ? <PlanTraining /> : null}
        </>
      }
      empty={<EmptyState title={text('cadres.trainings.none')} />}
    />
  )
}

export function CancelTraining({ training }: { readonly training: Pick<Training, 'trainingId' | 'version' | 'name'> }) {
  const text = useText()
  return (
    <ActDialog
      quiet
      label={text('cadres.training.cancel')}
      title={training.name}
      text={text('cadres.training.cancel.text')}
      fields={[]}
      run={(api) => api.cadres.cancelTraining.mutate({ trainingId: training.trainingId, version: training.version })}
    />
  )
}

function PlanTraining() {
  const text = useText()
  return (
    <ActDialog
      label={text('cadres.training.plan')}
      title={text('cadres.training.plan')}
      fields={[
        { name: 'name', label: text('cadres.training'), kind: 'text', maxLength: 80 },
        {
          name: 'kind',
          label: text('cadres.training.kind'),
          kind: 'choice',
          initial: 'class',
          options: trainingKinds.map((value) => ({ value, label: text(`cadres.trainingKind.${value}`) })),
        },
        {
          name: 'topic',
          label: text('cadres.training.topic'),
          kind: 'choice',
          initial: 'general',
          options: topics.map((value) => ({ value, label: text(`cadres.topic.${value}`) })),
        },
        { name: 'host', label: text('cadres.training.host'), kind: 'text', maxLength: 120, optional: true },
        { name: 'startsOn', label: text('cadres.training.starts'), kind: 'date', initial: 'today' },
        { name: 'endsOn', label: text('cadres.training.ends'), kind: 'date', initial: 'today' },
        { name: 'plannedPersons', label: text('cadres.training.planned'), kind: 'number', initial: '0' },
      ]}
      run={(api, values) =>
        api.cadres.planTraining.mutate({
          name: values['name'] ?? '',
          kind: knownOf(trainingKinds, values['kind'] ?? '') ?? 'class',
          topic: knownOf(topics, values['topic'] ?? '') ?? 'general',
          host: values['host'] ?? '',
          startsOn: values['startsOn'] ?? '',
          endsOn: values['endsOn'] ?? '',
          plannedPersons: readWhole(values['plannedPersons']),
        })
      }
    />
  )
}
