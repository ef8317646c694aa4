import type { RouterOutputs } from '@gonglian/api'
import { Dialog, useText } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { useMay } from '../../../may.ts'
import type { FollowUps } from './women.ts'

type Opened = RouterOutputs['women']['openScreeningResult']

/** Whom to ask again, by number and day alone; a result is opened with a reason, which stands in the register of openings. */
export function FollowUpList({ followUps }: { readonly followUps: FollowUps }) {
  const text = useText()
  const may = useMay()
  const [opened, setOpened] = useState<Opened | null>(null)
  return (
    <section>
      <h2>{text('women.followUps')}</h2>
      {followUps.rows.length === 0 ? <p className="gl-hint">{text('women.followUps.none')}</p> : null}
      <ul className="plain-list">
        {followUps.rows.map((row) => (
          <li key={row.resultId} className="acts">
            <span>
              {text('women.followUps.line', { id: row.resultId, day: row.followUpOn })}{' '}
              {row.isOverdue ? <span className="gl-warning-text">{text('cadres.untrained.overdue')}</span> : null}{' '}
              <span className="gl-hint">
                {row.heldOn} {row.hospital}
              </span>
            </span>
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
                    again: values['again'] ? values['again'] : null,
                  })
                }
              />
            ) : null}
          </li>
        ))}
      </ul>
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
