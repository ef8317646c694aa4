import type { LinksFunction } from '@remix-run/node'
import { NavLink, Outlet } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useFrame, useKeepingPeriod } from '../../address.ts'
import systemStyles from '../../styles/system.css?url'
import { titlePage } from '../../titles.ts'
import { listTabs } from './tabs.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: systemStyles }]
export const meta = titlePage('system.title')

/** The pages of the system area that the reader's roles open; an administrator sees only the own ones. */
export default function SystemArea() {
  const text = useText()
  const { person, superiors } = useFrame()
  const keep = useKeepingPeriod()
  const tabs = listTabs(person.roles, superiors.length === 0)
  return (
    <div className="system">
      {tabs.length > 1 ? (
        <nav className="system-tabs" aria-label={text('system.tabs')}>
          {tabs.map((tab) => (
            <NavLink key={tab} to={keep(`/system/${tab}`)} prefetch="intent">
              {text(`system.tab.${tab}`)}
            </NavLink>
          ))}
        </nav>
      ) : null}
      <Outlet />
    </div>
  )
}
