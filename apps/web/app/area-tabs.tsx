import { NavLink, Outlet, useLocation } from '@remix-run/react'
import { useKeepingPeriod } from './address.ts'

export type AreaTabsProps = {
  readonly label: string
  readonly tabs: readonly {
    readonly key: string
    readonly to: string
    readonly title: string
    /** Addresses of further pages that belong to it. */
    readonly holds?: readonly string[]
    /** The start page, above all others in the address: marked on itself alone. */
    readonly isStart?: boolean
  }[]
  /** For the styles of the area. */
  readonly name: string
}

/** An area of several pages: those the reader may use as tabs, the chosen one below. One page needs no tabs. */
export function AreaTabs({ label, tabs, name }: AreaTabsProps) {
  const keep = useKeepingPeriod()
  const { pathname } = useLocation()
  const isHeld = (holds: readonly string[] = []) =>
    holds.some((page) => pathname === page || pathname.startsWith(`${page}/`))
  return (
    <div className={`area ${name}`}>
      {tabs.length > 1 ? (
        <nav className="area-tabs" aria-label={label}>
          {tabs.map(({ key, to, title, holds, isStart = false }) => (
            <NavLink
              key={key}
              to={keep(to)}
              end={isStart}
              prefetch="intent"
              className={({ isActive }) => (isActive || isHeld(holds) ? 'active' : '')}
            >
              {title}
            </NavLink>
          ))}
        </nav>
      ) : null}
      <Outlet />
    </div>
  )
}
