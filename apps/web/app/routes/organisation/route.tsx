import type { LinksFunction } from '@remix-run/node'
import { useText } from '@gonglian/ui'
import { useFrame } from '../../address.ts'
import { AreaTabs } from '../../area-tabs.tsx'
import { useWords } from '../../records/words.ts'
import areaStyles from '../../styles/area.css?url'
import organisationStyles from '../../styles/organisation.css?url'
import memberStyles from '../../styles/members.css?url'
import { titlePage } from '../../titles.ts'
import { listTabs } from './tabs.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: areaStyles },
  { rel: 'stylesheet', href: organisationStyles },
  { rel: 'stylesheet', href: memberStyles },
]
export const meta = titlePage('organisation.title')

/** Unions, members and all that is recorded of them. */
export default function OrganisationArea() {
  const text = useText()
  const words = useWords()
  const { person } = useFrame()
  const work = listTabs(person.roles).map((tab) => ({ ...tab, title: words(`organisation.tab.${tab.key}`) }))
  return (
    <AreaTabs
      name="organisation"
      label={text('organisation.tabs')}
      tabs={[{ key: 'start', to: '/organisation', title: text('overview.tab'), isStart: true }, ...work]}
    />
  )
}
