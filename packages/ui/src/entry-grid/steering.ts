import type { KeyboardEvent } from 'react'

const page = 10

function caretAtEdge(input: HTMLInputElement, edge: 'start' | 'end'): boolean {
  const { selectionStart, selectionEnd, value } = input
  if (selectionStart === 0 && selectionEnd === value.length) return true
  if (selectionStart !== selectionEnd) return false
  return edge === 'start' ? selectionStart === 0 : selectionEnd === value.length
}

/**
 * Moves through the cells like a spreadsheet: up, down, Enter and page keys by row within the column, left and right to the
 * neighbour once the caret stands at the edge of the text. Tab stays the browser's own.
 */
export function steerEntry(table: HTMLElement, event: KeyboardEvent): void {
  const { target, key } = event
  if (
    !(target instanceof HTMLInputElement) ||
    event.nativeEvent.isComposing ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey
  )
    return
  const column = target.dataset['column']
  if (column === undefined) return
  const inColumn = [...table.querySelectorAll<HTMLInputElement>(`input[data-column="${column}"]`)]
  const at = inColumn.indexOf(target)
  const go = (next: HTMLInputElement | null | undefined) => {
    if (!next) return
    event.preventDefault()
    next.focus()
    next.select()
    next.scrollIntoView({ block: 'nearest' })
  }
  const clamp = (index: number) => inColumn[Math.max(0, Math.min(inColumn.length - 1, index))]
  const neighbour = (name: string) =>
    target.closest('tr')?.querySelector<HTMLInputElement>(`input[data-column="${name}"]`)
  if (key === 'ArrowDown' || (key === 'Enter' && !event.shiftKey)) go(clamp(at + 1))
  else if (key === 'ArrowUp' || key === 'Enter') go(clamp(at - 1))
  else if (key === 'PageDown') go(clamp(at + page))
  else if (key === 'PageUp') go(clamp(at - page))
  else if (key === 'ArrowRight' && column === 'declared' && caretAtEdge(target, 'end')) go(neighbour('note'))
  else if (key === 'ArrowLeft' && column === 'note' && caretAtEdge(target, 'start')) go(neighbour('declared'))
}
