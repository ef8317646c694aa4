import { NavLink, Outlet } from '@remix-run/react'
import { useKeepingPeriod } from './address.ts'

export type AreaTabsProps = {
  readonly label: string
  readonly tabs: readonly { readonly key: string; readonly to: string; readonly title: string }[]
  /** For the styles of the area. */
  readonly name: string
}

/** An area of several pages: those the reader may use as tabs, the chosen one below. One page needs no tabs. */
export function AreaTabs({ label, tabs, name }: AreaTabsProps) {
  const keep = useKeepingPeriod()
  return (
    <div className={`area ${name}`}>
      {tabs.length > 1 ? (
        <nav className="area-tabs" aria-label={label}>
          {tabs.map(({ key, to, title }) => (
            <NavLink key={key} to={keep(to)} prefetch="intent">
              {title}
            </NavLink>
          ))}
        </nav>
      ) : null}
      <Outlet />
    </div>
  )
}
