import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'

/** The lists about terms beside each other. */
export function TermLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('terms.parts')}>
      <NavLink to={keep('/organisation/terms')}>{text('terms.title')}</NavLink>
      <NavLink to={keep('/organisation/elections')}>{text('elections.title')}</NavLink>
      <NavLink to={keep('/organisation/congresses')}>{text('congresses.title')}</NavLink>
    </nav>
  )
}
