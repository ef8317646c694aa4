import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'

/** The register of employers and the lists it is compared with, beside each other. */
export function EmployerLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('employers.parts')}>
      <NavLink to={keep('/organisation/employers')}>{text('employers.title')}</NavLink>
      <NavLink to={keep('/organisation/lists')}>{text('lists.title')}</NavLink>
    </nav>
  )
}
