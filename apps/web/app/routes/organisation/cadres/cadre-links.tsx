import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'

/** The pages about cadres beside each other. */
export function CadreLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('cadres.parts')}>
      <NavLink to={keep('/organisation/cadres')} end>
        {text('cadres.officers')}
      </NavLink>
      <NavLink to={keep('/organisation/cadres/quotas')}>{text('cadres.staffing')}</NavLink>
      <NavLink to={keep('/organisation/cadres/trainings')}>{text('cadres.trainings')}</NavLink>
    </nav>
  )
}
