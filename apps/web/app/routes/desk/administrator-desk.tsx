import { Link } from '@remix-run/react'
import { Icon, useText } from '@gonglian/ui'
import { useFrame } from '../../address.ts'
import { listTabs } from '../system/tabs.ts'

/** Where accounts, rules and the trail are; no business. */
export function AdministratorDesk() {
  const text = useText()
  const { areas, person, body } = useFrame()
  const roles = person.roles.map((role) => text(`bodies.role.${role}`)).join(' · ')
  return (
    <section className="panel desk-administrator">
      <p>{text('desk.administrator', { roles })}</p>
      <ul>
        {listTabs(person.roles, body.level === 'national').map((tab) => (
          <li key={tab}>
            <Link to={`/system/${tab}`}>
              <Icon name="system" />
              <strong>{text(`system.tab.${tab}`)}</strong>
            </Link>
            <p className="gl-hint">{text(`system.tab.${tab}.text`)}</p>
          </li>
        ))}
        {areas.includes('bodies') ? (
          <li>
            <Link to="/bodies">
              <Icon name="bodies" />
              <strong>{text('frame.nav.bodies')}</strong>
            </Link>
            <p className="gl-hint">{text('desk.administrator.bodies')}</p>
          </li>
        ) : null}
        <li>
          <Link to="/me/sessions">
            <Icon name="person" />
            <strong>{text('sessions.title')}</strong>
          </Link>
          <p className="gl-hint">{text('desk.administrator.sessions')}</p>
        </li>
      </ul>
    </section>
  )
}
