import { useEffect, useState, type RefObject } from 'react'

/** The height of a row, the same as `--gl-row` in the stylesheet. */
export const rowHeight = 30
const spare = 12

/** Which rows of a long list are in sight. All rows have one height, so nothing needs measuring but the box. */
export function useRowWindow(box: RefObject<HTMLElement>, count: number) {
  const [top, setTop] = useState(0)
  const [room, setRoom] = useState(600)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() => setRoom(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])

  const first = Math.max(0, Math.min(count - 1, Math.floor(top / rowHeight)) - spare)
  const last = Math.min(count, Math.ceil((top + room) / rowHeight) + spare)
  const reveal = (index: number) => {
    const element = box.current
    if (!element) return
    const start = index * rowHeight
    // The pinned head covers one row.
    const roomBelowHead = element.clientHeight - 2 * rowHeight
    if (start < element.scrollTop) element.scrollTop = start
    else if (start > element.scrollTop + roomBelowHead) element.scrollTop = start - roomBelowHead
  }
  return { first, last, height: count * rowHeight, onScroll: () => setTop(box.current?.scrollTop ?? 0), reveal }
}
