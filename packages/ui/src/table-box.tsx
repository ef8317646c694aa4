import { useEffect, useRef, useState, type ReactNode } from 'react'

/**
 * What a table lies in. One that is wider than the page scrolls sideways, by keyboard too, and its first column stays. One that
 * is not keeps its head in sight while the page scrolls.
 */
export function TableBox({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState<boolean | null>(null)
  useEffect(() => {
    const outer = box.current
    const table = outer?.querySelector('table')
    if (!outer || !table) return
    const measure = () => setScrolls(table.offsetWidth > outer.clientWidth)
    const observer = new ResizeObserver(measure)
    observer.observe(outer)
    observer.observe(table)
    measure()
    return () => observer.disconnect()
  }, [])
  return (
    <div
      ref={box}
      className={`gl-table-box ${scrolls === null ? '' : scrolls ? 'gl-table-scrolls' : 'gl-table-fits'}`}
      {...(scrolls === true ? { role: 'group', 'aria-label': label, tabIndex: 0 } : {})}
    >
      {children}
    </div>
  )
}
