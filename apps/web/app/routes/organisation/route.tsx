import type { LinksFunction } from '@remix-run/node'
import { useText } from '@gonglian/ui'
import { useFrame } from '../../address.ts'
import { AreaTabs } from '../../area-tabs.tsx'
import areaStyles from '../../styles/area.css?url'
import organisationStyles from '../../styles/organisation.css?url'
import memberStyles from '../../styles/members.css?url'
import { titlePage } from '../../titles.ts'
import { listHeld, listTabs } from './tabs.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: areaStyles },
  { rel: 'stylesheet', href: organisationStyles },
  { rel: 'stylesheet', href: memberStyles },
]
export const meta = titlePage('organisation.title')

/** Unions, members and all that is recorded of them. */
export default function OrganisationArea() {
  const text = useText()
  const { person } = useFrame()
  return (
    <AreaTabs
      name="organisation"
      label={text('organisation.tabs')}
      tabs={listTabs(person.roles).map((key) => ({
        key,
        to: `/organisation/${key}`,
        holds: listHeld(key).map((page) => `/organisation/${page}`),
        title: text(`organisation.tab.${key}`),
      }))}
    />
  )
}
