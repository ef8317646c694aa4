/**
 * The width of scrollbars, for antd's tables. Stands in for the function of the same name in `@rc-component/util` (see
 * `vite.config.ts`): that one writes a style element without the nonce of the page, which the page's policy refuses.
 */
export function getTargetScrollBarSize(target: unknown): { width: number; height: number } {
  if (typeof document === 'undefined' || !(target instanceof HTMLElement)) return { width: 0, height: 0 }
  return measure(getComputedStyle(target).scrollbarWidth)
}

/** The width of a plain scrollbar of the page. */
function getScrollBarSize(): number {
  return typeof document === 'undefined' ? 0 : measure('auto').width
}

export { getScrollBarSize as default }

function measure(scrollbarWidth: string): { width: number; height: number } {
  const box = document.createElement('div')
  Object.assign(box.style, {
    position: 'absolute',
    top: '0',
    left: '0',
    width: '100px',
    height: '100px',
    overflow: 'scroll',
    scrollbarWidth,
  })
  document.body.append(box)
  const size = { width: box.offsetWidth - box.clientWidth, height: box.offsetHeight - box.clientHeight }
  box.remove()
  return size
}
