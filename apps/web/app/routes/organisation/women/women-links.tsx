import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'

/** The pages about women workers beside each other. */
export function WomenLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('women.parts')}>
      <NavLink to={keep('/organisation/women')} end>
        {text('women.title')}
      </NavLink>
      <NavLink to={keep('/organisation/women/screenings')}>{text('women.screening')}</NavLink>
    </nav>
  )
}
