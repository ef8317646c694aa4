import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useAddress, useFrame, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { knownOf } from '../unions/union.ts'
import { askPlace, readPlace } from '../women/place.ts'
import { results, type Screening, type Screenings } from '../women/women.ts'

/** Screenings as person-times, which superiors read; what was found with one woman is sealed. */
export function ScreeningTable({ screenings, bodyId }: { readonly screenings: Screenings; readonly bodyId: number }) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('screenings')
  const columns: readonly DataColumn<Screening>[] = [
    { key: 'held', title: text('women.heldOn'), sortable: true, render: ({ heldOn }) => heldOn },
    { key: 'hospital', title: text('women.hospital'), render: ({ hospital }) => hospital || '—' },
    { key: 'persons', title: text('women.persons'), figure: true, sortable: true, render: ({ persons }) => persons },
    { key: 'place', title: text('women.place'), render: ({ unionName, bodyName }) => unionName ?? bodyName },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (screening) =>
        screening.body === body.code && may('member:write') ? <KeepResult screening={screening} /> : '',
    },
  ]
  const place = { place: text('women.place'), itself: text('registers.itself'), union: text('registers.union') }
  return (
    <DataTable
      label={text('women.screening')}
      rows={screenings.rows}
      rowKey={({ screeningId }) => String(screeningId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={screenings.total}
      exports={exportsOf('/organisation/women/screenings/export.csv', params)}
      tools={
        <>
          <span className="gl-hint gl-figure-text">{text('women.persons.sum', { persons: screenings.persons })}</span>
          {may('organisation:write') ? (
            <ActDialog
              label={text('women.screening.record')}
              title={text('women.screening.record')}
              fields={[
                ...askPlace(place, bodyId),
                { name: 'hospital', label: text('women.hospital'), kind: 'text', optional: true, maxLength: 80 },
                { name: 'heldOn', label: text('women.heldOn'), kind: 'date', initial: 'today' },
                { name: 'persons', label: text('women.persons'), kind: 'number' },
              ]}
              run={(api, values) =>
                api.women.recordScreening.mutate({
                  unionId: readPlace(values),
                  hospital: values['hospital'] ?? '',
                  heldOn: values['heldOn'] ?? '',
                  persons: readWhole(values['persons']),
                })
              }
            />
          ) : null}
        </>
      }
      empty={<EmptyState title={text('women.screenings.none')} />}
    />
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
        { name: 'consentOn', label: text('women.consentOn'), kind: 'date', initial: 'today' },
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
