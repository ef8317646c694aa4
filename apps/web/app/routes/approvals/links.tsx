import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../address.ts'

/** What was received and what was sent. */
export function ApprovalLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('approvals.title')}>
      <NavLink to={keep('/approvals')} end>
        {text('approvals.received')}
      </NavLink>
      <NavLink to={keep('/approvals/sent')}>{text('approvals.sent')}</NavLink>
    </nav>
  )
}
