import { NavLink } from '@remix-run/react'
import { Icon, useText, type IconName } from '@gonglian/ui'
import { useKeepingPeriod } from '../../address.ts'
import { areas, type Area } from '../../areas.ts'
import type { WaitingCount } from './waiting-count.ts'

export type NavigationProps = {
  readonly areas: readonly Area[]
  readonly waiting: WaitingCount | null
}

/** By work, only what the person may use. */
export function Navigation({
  areas: open,
  waiting,
  demonstration,
}: NavigationProps & { readonly demonstration: boolean }) {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="frame-nav" aria-label={text('frame.navigation')}>
      <div className="frame-brand">
        <img src="/favicon.svg" alt="" width={24} height={24} />
        <span>{text('frame.product')}</span>
      </div>
      <ul>
        {open.map((area) => (
          <li key={area}>
            <NavLink to={keep(areas[area].path)} end={area === 'desk'} prefetch="intent">
              <Icon name={areas[area].icon} />
              <span>{text(`frame.nav.${area}`)}</span>
              {area === 'desk' ? <Waiting count={waiting?.total ?? 0} text="frame.waiting" /> : null}
            </NavLink>
          </li>
        ))}
      </ul>
      {demonstration ? <p className="frame-demo">{text('frame.demonstration')}</p> : null}
    </nav>
  )
}

const tabs: readonly {
  readonly key: 'todo' | 'fill' | 'progress' | 'me'
  readonly to: string
  readonly icon: IconName
  readonly area: Area | null
}[] = [
  { key: 'todo', to: '/', icon: 'desk', area: 'desk' },
  { key: 'fill', to: '/reports', icon: 'reports', area: 'reports' },
  { key: 'progress', to: '/progress', icon: 'progress', area: 'progress' },
  { key: 'me', to: '/me', icon: 'person', area: null },
]

/** The phone's bar: 待办 · 填报 · 进度 · 我的. */
export function TabBar({ areas: open, waiting }: NavigationProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <nav className="frame-tabs" aria-label={text('frame.navigation')}>
      {tabs
        .filter(({ area }) => area === null || open.includes(area))
        .map(({ key, to, icon }) => (
          <NavLink key={key} to={keep(to)} end={to === '/'}>
            <Icon name={icon} size={22} />
            <span>{text(`frame.tab.${key}`)}</span>
            {key === 'todo' ? <Waiting count={waiting?.total ?? 0} text="frame.waiting" /> : null}
            {key === 'me' ? <Waiting count={waiting?.unread ?? 0} text="digests.unread" /> : null}
          </NavLink>
        ))}
    </nav>
  )
}

/** A number beside a link, and what it counts. */
export function Waiting(props: { readonly count: number; readonly text: 'frame.waiting' | 'digests.unread' }) {
  const { count } = props
  const text = useText()
  if (count === 0) return null
  return (
    <span className="frame-count">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="gl-hidden">{text(props.text, { count })}</span>
    </span>
  )
}
