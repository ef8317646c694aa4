import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useFrame, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { readToday, readTyped } from '../day.ts'
import { knownOf } from '../unions/union.ts'
import { FollowUpList } from './follow-up-list.tsx'
import { askPlace, readPlace } from './place.ts'
import { results, type FollowUps, type Screenings } from './women.ts'

type Screening = Screenings['rows'][number]

export type ScreeningTableProps = {
  readonly screenings: Screenings
  /** Null: not for the reader. */
  readonly followUps: FollowUps | null
  readonly year: number
}

/** Screenings as person-times; results are sealed and opened one by one. */
export function ScreeningTable({ screenings, followUps, year }: ScreeningTableProps) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  const [query, setQuery] = useTableQuery('screenings')
  const columns: readonly DataColumn<Screening>[] = [
    { key: 'held', title: text('women.heldOn'), render: ({ heldOn }) => heldOn },
    { key: 'hospital', title: text('women.hospital'), render: ({ hospital }) => hospital || '—' },
    { key: 'persons', title: text('women.persons'), figure: true, render: ({ persons }) => persons },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (screening) =>
        screening.body === body.code && may('organisation:write') ? <KeepResult screening={screening} /> : '',
    },
  ]
  const place = { place: text('women.place'), itself: text('registers.itself'), union: text('registers.union') }
  return (
    <>
      <section>
        <h2>{text('women.screenings', { year: String(year) })}</h2>
        <DataTable
          label={text('women.screening')}
          rows={screenings.rows}
          rowKey={({ screeningId }) => String(screeningId)}
          columns={columns}
          query={query}
          onQuery={setQuery}
          total={screenings.total}
          hideSearch
          tools={
            <>
              <span className="gl-hint gl-figure-text">
                {text('women.persons.sum', { persons: screenings.persons })}
              </span>
              {may('organisation:write') ? (
                <ActDialog
                  label={text('women.screening.record')}
                  title={text('women.screening.record')}
                  fields={[
                    ...askPlace(place),
                    { name: 'hospital', label: text('women.hospital'), kind: 'text', optional: true, maxLength: 80 },
                    { name: 'heldOn', label: text('women.heldOn'), kind: 'date', initial: readToday() },
                    { name: 'persons', label: text('women.persons'), kind: 'number' },
                  ]}
                  run={(api, values) =>
                    api.women.recordScreening.mutate({
                      unionId: readPlace(values),
                      hospital: values['hospital'] ?? '',
                      heldOn: values['heldOn'] ?? '',
                      persons: readTyped(values['persons']),
                    })
                  }
                />
              ) : null}
            </>
          }
          empty={<EmptyState title={text('women.screenings.none')} />}
        />
      </section>
      {followUps === null ? null : <FollowUpList followUps={followUps} />}
    </>
  )
}

function KeepResult({ screening }: { readonly screening: Screening }) {
  const text = useText()
  return (
    <ActDialog
      quiet
      label={text('women.result.keep')}
      title={text('women.result.keep')}
      text={text('women.result.keep.text')}
      fields={[
        { name: 'name', label: text('cadres.name'), kind: 'text', maxLength: 60 },
        { name: 'phone', label: text('women.phone'), kind: 'text', maxLength: 30, optional: true },
        {
          name: 'result',
          label: text('women.result'),
          kind: 'choice',
          initial: 'normal',
          options: results.map((value) => ({ value, label: text(`women.result.${value}`) })),
        },
        { name: 'note', label: text('ledgers.note'), kind: 'lines', maxLength: 500, optional: true },
        { name: 'consentOn', label: text('women.consentOn'), kind: 'date', initial: readToday() },
        { name: 'followUpOn', label: text('women.followUpOn'), kind: 'date' },
      ]}
      run={(api, values) =>
        api.women.keepScreeningResult.mutate({
          screeningId: screening.screeningId,
          name: values['name'] ?? '',
          phone: values['phone'] ?? '',
          result: knownOf(results, values['result'] ?? '') ?? 'normal',
          note: values['note'] ?? '',
          consentOn: values['consentOn'] ?? '',
          followUpOn: values['followUpOn'] ?? '',
        })
      }
    />
  )
}
