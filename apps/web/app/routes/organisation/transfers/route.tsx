import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText, type DataColumn } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { chooseRows } from '../../../table-selection.ts'
import { titlePage } from '../../../titles.ts'
import { DoneNotice } from '../../system/notice.tsx'
import { directions, readListing, transferStates, type Transfer } from './transfer.ts'
import { UnionTransferDialog } from './transfer-dialog.tsx'

export const meta = titlePage('transfers.title')

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams
  const query = readTableQuery(params, 'transfers')
  const listing = readListing(params)
  return ask(args, async (api) => ({
    direction: listing.direction,
    ...(await api.transfers.listTransfers({ ...listing, page: Math.min(query.page, 1000), pageSize: query.size })),
  }))
}

/** Members who come and go: what waits for an answer, and what became of the rest. */
export default function TransfersPage() {
  const { direction, rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const { change } = useAddress()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [done, setDone] = useState<string | null>(null)
  const picked = rows.filter((row) => row.state === 'requested' && chosen.has(row.id))
  const transfers = picked.map(({ id, version }) => ({ transferId: id, version }))
  const finish = (key: 'accepted' | 'rejected' | 'withdrawn', count: number) => {
    setChosen(new Set())
    setDone(text(`transfers.done.${key}`, { count }))
  }
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('transfers.title')}</h1>
          <p className="gl-hint">{text('transfers.text')}</p>
        </div>
        {may('member:write') ? (
          <div className="acts">
            <UnionTransferDialog
              onAsked={(count) => {
                change({ direction: 'sent', 'transfers.page': null })
                setDone(text('transfers.done.asked', { count }))
              }}
            />
          </div>
        ) : null}
      </div>
      <DoneNotice text={done} />
      <div className="gl-segments area-segments" role="group" aria-label={text('transfers.direction')}>
        {directions.map((known) => (
          <button
            key={known}
            type="button"
            aria-pressed={known === direction}
            onClick={() => {
              setChosen(new Set())
              change({ direction: known, 'transfers.page': null })
            }}
          >
            {text(`transfers.${known}`)}
          </button>
        ))}
      </div>
      {picked.length === 0 ? null : (
        <div className="acts" role="group" aria-label={text('transfers.chosen', { count: picked.length })}>
          {direction === 'received' ? (
            <>
              <ActDialog
                primary
                label={text('transfers.accept', { count: picked.length })}
                title={text('transfers.accept', { count: picked.length })}
                text={text('transfers.accept.text')}
                fields={[]}
                run={(api) => api.transfers.acceptTransfers.mutate({ transfers })}
                onDone={() => finish('accepted', transfers.length)}
              />
              <ActDialog
                label={text('transfers.reject', { count: picked.length })}
                title={text('transfers.reject', { count: picked.length })}
                fields={[{ name: 'reason', label: text('transfers.reject.reason'), kind: 'lines', maxLength: 200 }]}
                run={(api, values) =>
                  api.transfers.rejectTransfers.mutate({ transfers, reason: values['reason'] ?? '' })
                }
                onDone={() => finish('rejected', transfers.length)}
              />
            </>
          ) : (
            <ActDialog
              label={text('transfers.withdraw', { count: picked.length })}
              title={text('transfers.withdraw', { count: picked.length })}
              fields={[]}
              text={text('transfers.withdraw.text')}
              run={(api) => api.transfers.withdrawTransfers.mutate({ transfers })}
              onDone={() => finish('withdrawn', transfers.length)}
            />
          )}
        </div>
      )}
      <TransferTable direction={direction} rows={rows} total={total} chosen={chosen} onChosen={setChosen} />
    </>
  )
}

type TransferTableProps = {
  readonly direction: (typeof directions)[number]
  readonly rows: readonly Transfer[]
  readonly total: number
  readonly chosen: ReadonlySet<number>
  readonly onChosen: (chosen: ReadonlySet<number>) => void
}

function TransferTable({ direction, rows, total, chosen, onChosen }: TransferTableProps) {
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('transfers')
  const isOpen = (row: Transfer) => row.state === 'requested'
  const selection = chooseRows(chosen, may('member:write') && rows.some(isOpen) ? onChosen : null, {
    id: (row: Transfer) => row.id,
    label: ({ name }) => text('transfers.choose.one', { name }),
    refusal: (row) => (isOpen(row) ? null : text(`transfers.state.${row.state}`)),
  })
  const columns: readonly DataColumn<Transfer>[] = [
    {
      key: 'name',
      title: text('members.name'),
      render: ({ memberId, name }) =>
        memberId === null ? name || '—' : <Link to={keep(`/organisation/members/${memberId}`)}>{name}</Link>,
    },
    { key: 'idNumber', title: text('members.idNumber'), render: ({ idNumber }) => idNumber ?? '—' },
    {
      key: 'sex',
      title: text('members.sex'),
      render: ({ sex }) => (sex === null ? '—' : text(`members.sex.${sex}`)),
    },
    { key: 'age', title: text('members.age'), figure: true, value: ({ age }) => age, sortable: false },
    { key: 'kind', title: text('members.kind'), render: ({ kind }) => text(`members.kind.${kind}`) },
    {
      key: 'from',
      title: text('transfers.from'),
      render: (row) => <Place union={row.fromUnion} body={row.fromBody} />,
    },
    { key: 'to', title: text('transfers.to'), render: (row) => <Place union={row.toUnion} body={row.toBody} /> },
    {
      key: 'reason',
      title: text('transfers.reason'),
      render: ({ reason, staysRetained }) => (
        <>
          {reason}
          {staysRetained ? <span className="gl-hint"> {text('transfers.staysRetained.short')}</span> : null}
        </>
      ),
    },
    { key: 'asked', title: text('transfers.asked'), render: ({ requestedOn }) => requestedOn },
    {
      key: 'state',
      title: text('members.state'),
      filters: transferStates.map((state) => ({ value: state, label: text(`transfers.state.${state}`) })),
      render: ({ state, expiresOn, decidedOn, answer }) => (
        <div>
          {text(`transfers.state.${state}`)}{' '}
          <span className="gl-hint">
            {state === 'requested' ? text('transfers.expires', { on: expiresOn }) : `${decidedOn ?? ''} ${answer}`}
          </span>
        </div>
      ),
    },
  ]
  return (
    <DataTable
      label={text(`transfers.${direction}`)}
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      selection={selection}
      hideSearch
      exports={exportsOf('/organisation/transfers/export.csv', params)}
      empty={<EmptyState title={text(`transfers.${direction}.none`)} text={text(`transfers.${direction}.none.text`)} />}
    />
  )
}

function Place({ union, body }: { readonly union: string; readonly body: string }) {
  return (
    <div>
      <span className="gl-cut" title={union}>
        {union}
      </span>
      <span className="gl-hint">{body}</span>
    </div>
  )
}
