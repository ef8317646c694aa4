import type { RouterOutputs } from '@gonglian/api'
import { Link } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../address.ts'
import { useWords } from '../../records/words.ts'

type Application = RouterOutputs['unions']['getUnion']['applications'][number]

/** Whether somebody has yet to decide it. */
export const isWaiting = (state: Application['state']) => state === 'applied' || state === 'proposed'

/** What was applied for about a record, with its state and, while it waits, its last day. */
export function ApplicationLinks({ applications }: { readonly applications: readonly Application[] }) {
  const text = useText()
  const words = useWords()
  const keep = useKeepingPeriod()
  if (applications.length === 0) return null
  return (
    <section>
      <h2>{text('approvals.title')}</h2>
      <ul className="plain-list">
        {applications.map(({ applicationId, kind, state, dueOn }) => (
          <li key={applicationId}>
            <Link to={keep(`/approvals/${applicationId}`)}>
              {words(`approvals.kind.${kind}`)} · {text(`approvals.state.${state}`)}
              {isWaiting(state) ? ` · ${text('approvals.dueOn')} ${dueOn}` : ''}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
