import { Link } from '@remix-run/react'
import { PeriodPicker, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, usePeriod } from '../../address.ts'
import { LiveMark } from '../../live.tsx'
import { AccountMenu } from './account-menu.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import type { FrameLayoutProps } from './layout.tsx'
import { Search } from './search.tsx'

/** The body I act for with its superiors, the working period, search, language, me. */
export function TopBar({ frame, unread }: Pick<FrameLayoutProps, 'frame'> & { readonly unread: number }) {
  const text = useText()
  const period = usePeriod()
  const keep = useKeepingPeriod()
  const { change } = useAddress()
  const { body, superiors, areas } = frame
  const line = superiors.map(({ name }) => name).join(' › ')
  return (
    <header className="frame-top">
      <div className="frame-body">
        <span className="gl-hidden">{text('frame.body')}: </span>
        {areas.includes('bodies') ? (
          <Link to={keep(`/bodies/${encodeURIComponent(body.code)}`)} className="frame-body-name">
            {body.name}
          </Link>
        ) : (
          <span className="frame-body-name">{body.name}</span>
        )}
        <span className="frame-level">{text(`bodies.level.${body.level}`)}</span>
        {line === '' ? null : (
          <span className="frame-line gl-cut" title={`${text('frame.superiors')}: ${line}`}>
            <span className="gl-hidden">{text('frame.superiors')}: </span>
            {line}
          </span>
        )}
      </div>
      <LiveMark />
      <PeriodPicker value={period} onChange={(next) => change({ period: next })} now={frame.now} />
      <Search />
      <LanguageSwitch />
      <AccountMenu person={frame.person} unread={unread} />
    </header>
  )
}
