import type { RouterOutputs } from '@gonglian/api'
import { Link } from '@remix-run/react'
import { DataTable, Dialog, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useId, useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { orNull } from '../../../act-values.ts'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import type { FollowUp, FollowUps } from '../women/women.ts'

type Opened = RouterOutputs['women']['openScreeningResult']
export type FollowUpTableProps = {
  readonly followUps: FollowUps
  /** The day the reader asked for; null: thirty days ahead. */
  readonly until: string | null
}

/** Whom to ask again, by number and day alone; a result is opened with a reason, which stands in the register of openings. */
export function FollowUpTable({ followUps, until }: FollowUpTableProps) {
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const id = useId()
  const { change } = useAddress()
  const [query, setQuery] = useTableQuery('followUps')
  const [opened, setOpened] = useState<Opened | null>(null)
  const columns: readonly DataColumn<FollowUp>[] = [
    { key: 'id', title: text('women.followUps.id'), render: ({ resultId }) => resultId },
    {
      key: 'day',
      title: text('women.followUpOn'),
      render: ({ followUpOn, isOverdue }) =>
        isOverdue ? (
          <span className="gl-warning-text">
            {followUpOn} {text('cadres.untrained.overdue')}
          </span>
        ) : (
          followUpOn
        ),
    },
    { key: 'held', title: text('women.followUps.held'), render: ({ heldOn }) => heldOn },
    { key: 'hospital', title: text('women.hospital'), render: ({ hospital }) => hospital || '—' },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (row) => (
        <span className="row-acts">
          {may('member:open') ? (
            <ActDialog
              quiet
              label={text('women.result.open')}
              title={text('women.result.open')}
              text={text('women.result.open.text')}
              fields={[{ name: 'reason', label: text('women.result.reason'), kind: 'lines', maxLength: 200 }]}
              run={(api, values) =>
                api.women.openScreeningResult.mutate({ resultId: row.resultId, reason: values['reason'] ?? '' })
              }
              onDone={setOpened}
            />
          ) : null}
          {may('member:write') ? (
            <ActDialog
              quiet
              label={text('women.followUp')}
              title={text('women.followUp')}
              fields={[
                {
                  name: 'again',
                  label: text('women.followUp.again'),
                  kind: 'date',
                  optional: true,
                  hint: text('women.followUp.again.hint'),
                },
              ]}
              run={(api, values) =>
                api.women.followUp.mutate({
                  resultId: row.resultId,
                  version: row.version,
                  again: orNull(values['again']),
                })
              }
            />
          ) : null}
        </span>
      ),
    },
  ]
  return (
    <section>
      <div className="register-head">
        <h2>{text('women.followUps')}</h2>
        {may('opening:read') ? <Link to={keep('/organisation/exports')}>{text('women.openings')}</Link> : null}
        <div className="until">
          <label htmlFor={id}>{text('women.followUps.until')}</label>
          <input
            id={id}
            type="date"
            className="gl-input"
            value={until ?? ''}
            onChange={(event) =>
              change({ until: event.target.value === '' ? null : event.target.value, 'followUps.page': null })
            }
          />
        </div>
      </div>
      <DataTable
        label={text('women.followUps')}
        rows={followUps.rows}
        rowKey={({ resultId }) => String(resultId)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={followUps.total}
        hideSearch
        empty={<EmptyState title={text('women.followUps.none')} />}
      />
      <Dialog open={opened !== null} onClose={() => setOpened(null)} title={text('women.result')}>
        {opened === null ? null : (
          <dl className="facts">
            {[
              [text('cadres.name'), opened.name],
              [text('women.phone'), opened.phone === '' ? '—' : opened.phone],
              [text('women.result'), text(`women.result.${opened.result}`)],
              [text('ledgers.note'), opened.note === '' ? '—' : opened.note],
              [text('women.consentOn'), opened.consentOn],
              [text('women.followUpOn'), opened.followUpOn],
            ].map(([name, value]) => (
              <div key={name} className="fact">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Dialog>
    </section>
  )
}
