import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'

/** The lists of the census beside each other. */
export function CensusLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('leads.parts')}>
      <NavLink to={keep('/organisation/census')}>{text('leads.title')}</NavLink>
      <NavLink to={keep('/organisation/visits')}>{text('visits.title')}</NavLink>
      <NavLink to={keep('/organisation/letters')}>{text('jointLetters.title')}</NavLink>
      <NavLink to={keep('/organisation/campaigns')}>{text('campaigns.title')}</NavLink>
    </nav>
  )
}
