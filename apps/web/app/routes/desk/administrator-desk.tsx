import { Link } from '@remix-run/react'
import { Icon, useText } from '@gonglian/ui'
import { useFrame } from '../../address.ts'
import { areaPaths } from '../frame/navigation.tsx'

/** Where accounts, rules and the trail are; no business. */
export function AdministratorDesk() {
  const text = useText()
  const { areas, person } = useFrame()
  const roles = person.roles.map((role) => text(`bodies.role.${role}`)).join(' · ')
  return (
    <section className="panel desk-administrator">
      <p>{text('desk.administrator', { roles })}</p>
      <ul>
        {areas
          .filter((area) => area !== 'desk')
          .map((area) => (
            <li key={area}>
              <Link to={areaPaths[area]}>
                <Icon name={area} />
                {text(`frame.nav.${area}`)}
              </Link>
            </li>
          ))}
        <li>
          <Link to="/me">
            <Icon name="person" />
            {text('frame.account')}
          </Link>
        </li>
      </ul>
    </section>
  )
}
