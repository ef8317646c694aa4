import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress, useFrame, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { faults, type WomenGap, type WomenGaps } from './women.ts'

/** Unions with women workers whose committee or member is missing, late or too weak. */
export function GapTable({ gaps }: { readonly gaps: WomenGaps }) {
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const { body } = useFrame()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('gaps')
  const columns: readonly DataColumn<WomenGap>[] = [
    {
      key: 'union',
      title: text('registers.union'),
      render: ({ unionId, unionName }) => <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName}</Link>,
    },
    {
      key: 'fault',
      title: text('women.fault'),
      filters: faults.map((fault) => ({ value: fault, label: text(`women.fault.${fault}`) })),
      render: ({ fault }) => text(`women.fault.${fault}`),
    },
    { key: 'women', title: text('women.count'), figure: true, render: ({ women }) => women },
    { key: 'founded', title: text('women.founded'), render: ({ foundedOn }) => foundedOn ?? '—' },
    { key: 'formed', title: text('women.formed'), render: ({ formedOn }) => formedOn ?? '—' },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (gap) =>
        gap.body === body.code && gap.fault !== 'late' && may('organisation:write') ? <FormBody gap={gap} /> : '',
    },
  ]
  return (
    <DataTable
      label={text('women.gaps')}
      rows={gaps.rows}
      rowKey={({ unionId }) => String(unionId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={gaps.total}
      exports={exportsOf('/organisation/women/export.csv', params)}
      empty={<EmptyState title={text('women.gaps.none')} />}
    />
  )
}

function FormBody({ gap }: { readonly gap: WomenGap }) {
  const text = useText()
  return (
    <ActDialog
      quiet
      label={text('women.form')}
      title={text('women.form.title', { name: gap.unionName })}
      fields={[
        {
          name: 'kind',
          label: text('women.form.kind'),
          kind: 'choice',
          initial: 'committee',
          options: (['committee', 'member'] as const).map((value) => ({ value, label: text(`women.form.${value}`) })),
        },
        { name: 'formedOn', label: text('women.formed'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.women.formWomenBody.mutate({
          unionId: gap.unionId,
          kind: values['kind'] === 'member' ? 'member' : 'committee',
          formedOn: values['formedOn'] ?? '',
        })
      }
    />
  )
}
