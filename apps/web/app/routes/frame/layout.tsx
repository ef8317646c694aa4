import { useNavigation } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import type { PropsWithChildren } from 'react'
import type { FrameData } from '../../../server/door.ts'
import { AccountNotices, type AccountNotice } from './account-notices.tsx'
import { Navigation, TabBar } from './navigation.tsx'
import { TopBar } from './top-bar.tsx'
import { useWaitingCount } from './waiting-count.ts'

export type FrameLayoutProps = PropsWithChildren<{
  readonly frame: FrameData & {
    readonly notices: readonly AccountNotice[]
    readonly demonstration: boolean
    readonly now: string
    readonly period: string
  }
}>

/** Navigation on the left, the bar on top, the page; on a phone a bar at the bottom. */
export function FrameLayout({ frame, children }: FrameLayoutProps) {
  const text = useText()
  const busy = useNavigation().state !== 'idle'
  const waiting = useWaitingCount()
  return (
    <div className="frame">
      <a className="gl-skip" href="#content">
        {text('frame.skip')}
      </a>
      {busy ? <div className="frame-busy" aria-hidden="true" /> : null}
      <Navigation areas={frame.areas} waiting={waiting} demonstration={frame.demonstration} />
      <TopBar frame={frame} unread={waiting?.unread ?? 0} />
      <main className="frame-content" id="content" tabIndex={-1} aria-busy={busy}>
        <AccountNotices notices={frame.notices} />
        {children}
      </main>
      <TabBar areas={frame.areas} waiting={waiting} />
    </div>
  )
}
