import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useFrame, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { readToday, readTyped } from '../day.ts'
import { knownOf } from '../unions/union.ts'
import { topics, trainingKinds, type Officer, type Training, type Trainings } from './cadre.ts'

export type TrainingTableProps = {
  readonly trainings: Trainings
  /** Who may be ticked as present: the officers the table above shows. */
  readonly officers: readonly Officer[]
}

/** The training register of a year: planned, held, with person-times. */
export function TrainingTable({ trainings, officers }: TrainingTableProps) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  const [query, setQuery] = useTableQuery('trainings')
  const columns: readonly DataColumn<Training>[] = [
    { key: 'name', title: text('cadres.training'), render: ({ name }) => name },
    { key: 'kind', title: text('cadres.training.kind'), render: ({ kind }) => text(`cadres.trainingKind.${kind}`) },
    { key: 'topic', title: text('cadres.training.topic'), render: ({ topic }) => text(`cadres.topic.${topic}`) },
    {
      key: 'days',
      title: text('cadres.training.days'),
      render: ({ startsOn, endsOn }) => (startsOn === endsOn ? startsOn : `${startsOn} – ${endsOn}`),
    },
    {
      key: 'state',
      title: text('cadres.training.state'),
      render: ({ state }) => text(`cadres.trainingState.${state}`),
    },
    {
      key: 'planned',
      title: text('cadres.training.planned'),
      figure: true,
      render: ({ plannedPersons }) => plannedPersons,
    },
    { key: 'persons', title: text('cadres.training.persons'), figure: true, render: ({ personTimes }) => personTimes },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (training) =>
        training.body === body.code && training.state !== 'cancelled' && may('organisation:write') ? (
          <div className="acts">
            {training.startsOn <= readToday() ? <HoldTraining training={training} officers={officers} /> : null}
            {training.state === 'planned' ? (
              <ActDialog
                quiet
                label={text('cadres.training.cancel')}
                title={training.name}
                text={text('cadres.training.cancel.text')}
                fields={[]}
                run={(api) =>
                  api.cadres.cancelTraining.mutate({ trainingId: training.trainingId, version: training.version })
                }
              />
            ) : null}
          </div>
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
      hideSearch
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
        { name: 'startsOn', label: text('cadres.training.starts'), kind: 'date', initial: readToday() },
        { name: 'endsOn', label: text('cadres.training.ends'), kind: 'date', initial: readToday() },
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
          plannedPersons: readTyped(values['plannedPersons']),
        })
      }
    />
  )
}

type HoldTrainingProps = { readonly training: Training; readonly officers: readonly Officer[] }

function HoldTraining({ training, officers }: HoldTrainingProps) {
  const text = useText()
  return (
    <ActDialog
      quiet
      wide
      label={text('cadres.training.hold')}
      title={text('cadres.training.hold.title', { name: training.name })}
      text={text('cadres.training.hold.text')}
      fields={[
        { name: 'audience', label: text('cadres.training.audience'), kind: 'number', initial: '0' },
        ...officers.map(
          (officer) =>
            ({
              name: `officer.${officer.officerId}`,
              label: `${officer.name} · ${text(`cadres.post.${officer.post}`)} · ${officer.unionName ?? officer.bodyName}`,
              kind: 'check',
              optional: true,
            }) as const,
        ),
      ]}
      run={(api, values) =>
        api.cadres.holdTraining.mutate({
          trainingId: training.trainingId,
          version: training.version,
          audience: readTyped(values['audience']),
          officers: officers.flatMap(({ officerId }) =>
            values[`officer.${officerId}`] === 'yes' ? [{ officerId, result: 'attended' as const }] : [],
          ),
        })
      }
    />
  )
}
