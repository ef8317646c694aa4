import type { LinksFunction } from '@remix-run/node'
import { useText } from '@gonglian/ui'
import { useFrame } from '../../address.ts'
import { AreaTabs } from '../../area-tabs.tsx'
import areaStyles from '../../styles/area.css?url'
import systemStyles from '../../styles/system.css?url'
import { titlePage } from '../../titles.ts'
import { listTabs } from './tabs.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: areaStyles },
  { rel: 'stylesheet', href: systemStyles },
]
export const meta = titlePage('system.title')

/** The pages of the system area that the reader's roles open; an administrator sees only the own ones. */
export default function SystemArea() {
  const text = useText()
  const { person, superiors } = useFrame()
  const tabs = listTabs(person.roles, superiors.length === 0)
  return (
    <AreaTabs
      name="system"
      label={text('system.tabs')}
      tabs={tabs.map((key) => ({ key, to: `/system/${key}`, title: text(`system.tab.${key}`) }))}
    />
  )
}
