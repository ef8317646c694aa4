import { NavLink } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'

const parts = [
  ['unions', 'unions.title'],
  ['applications', 'applications.title'],
  ['coverage', 'coverage.title'],
  ['restructurings', 'restructurings.title'],
  ['companions', 'companions.title'],
  ['demonstrations', 'demonstrations.title'],
  ['staffing', 'staffing.title'],
] as const

/** The lists about unions beside each other. */
export function UnionLinks() {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="part-links" aria-label={text('unions.parts')}>
      {parts.map(([path, title]) => (
        <NavLink key={path} to={keep(`/organisation/${path}`)}>
          {text(title)}
        </NavLink>
      ))}
    </nav>
  )
}
