import type { LinksFunction } from '@remix-run/node'
import { useText } from '@gonglian/ui'
import { AreaTabs } from '../../area-tabs.tsx'
import areaStyles from '../../styles/area.css?url'
import { titlePage } from '../../titles.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: areaStyles }]
export const meta = titlePage('approvals.title')

/** What the body has received and what it has sent. */
export default function ApprovalsArea() {
  const text = useText()
  return (
    <AreaTabs
      name="approvals"
      label={text('approvals.title')}
      tabs={[
        { key: 'received', to: '/approvals', title: text('approvals.received'), isStart: true },
        { key: 'sent', to: '/approvals/sent', title: text('approvals.sent') },
      ]}
    />
  )
}
