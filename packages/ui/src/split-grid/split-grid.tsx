import { readCopied } from '@gonglian/spreadsheets/separated'
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useFigureHand } from '../figure-hand.tsx'
import { Icon } from '../icons.tsx'
import { EmptyState } from '../page-states.tsx'
import { useText } from '../text.tsx'
import type { SplitEditor } from './split-edits.ts'
import { SplitFoot } from './split-foot.tsx'
import { SplitHead } from './split-head.tsx'
import { sortKeys, sortRows, type SplitOrder } from './split-order.ts'
import { readSplitPaste } from './split-pasting.ts'
import { SplitGridRow } from './split-row.tsx'
import { emptyShare, type SplitBound, type SplitRow } from './split.ts'
import { useRowWindow } from './row-window.ts'

export type SplitGridProps = {
  readonly rows: readonly SplitRow[]
  readonly editor: SplitEditor
  /** The issuer's own target; null for rates, which are not divided up. */
  readonly target: number | null
  /** For rates and equal quotas: what the shares are held against. */
  readonly bound?: SplitBound
  readonly unit: string
  readonly scale: number
  readonly readOnly?: boolean
  /** What the basis column shows, for example the indicator's name. */
  readonly basisTitle?: string
  /** Decimal digits of the basis. */
  readonly basisScale?: number
  /** What is wrong with a share, by code, beside the row. */
  readonly problems?: Readonly<Record<string, string>>
  /** Which rows are shown; the sum line is always about all. */
  readonly filter?: (row: SplitRow) => boolean
  /** What stands in the last column instead of the state alone. Keep it the same function while nothing in it changes. */
  readonly renderState?: (row: SplitRow) => ReactNode
  /** Called with the codes whose text is no figure: such a split can't be saved. */
  readonly onUnreadable?: (codes: readonly string[]) => void
}

/** The split editor: up to 3,000 bodies in a virtual table, the sum line pinned and always saying what is left. */
export function SplitGrid(props: SplitGridProps) {
  const { rows, editor, target, bound = null, unit, scale, readOnly = false, basisTitle, problems } = props
  const text = useText()
  const hand = useFigureHand()
  const [search, setSearch] = useState('')
  const [said, setSaid] = useState('')
  const needle = search.normalize('NFKC').trim()
  const [order, setOrder] = useState<SplitOrder | null>(null)
  const { filter } = props
  // Read as they are when one sorts: rows must not jump away while one types in them.
  const present = useRef(editor.shares)
  present.current = editor.shares
  const shown = useMemo(() => {
    const left = rows.filter(
      (row) => (needle === '' || row.name.includes(needle) || row.code.startsWith(needle)) && (filter?.(row) ?? true),
    )
    return order === null ? left : sortRows(left, order, present.current)
  }, [rows, needle, filter, order])
  const unreadable = useRef(new Set<string>())
  const tell = useRef(props.onUnreadable)
  tell.current = props.onUnreadable
  const markUnreadable = useCallback((code: string, wrong: boolean) => {
    if (wrong) unreadable.current.add(code)
    else unreadable.current.delete(code)
    tell.current?.([...unreadable.current])
  }, [])
  const box = useRef<HTMLDivElement>(null)
  const { first, last, height, onScroll, reveal } = useRowWindow(box, shown.length)
  const [wanted, setWanted] = useState<string | null>(null)

  // The row one moves to may not exist yet: it is revealed first and focused once it is there.
  useEffect(() => {
    if (wanted === null) return
    const cell = box.current?.querySelector<HTMLInputElement>(`input[data-share="${CSS.escape(wanted)}"]`)
    if (!cell) return
    // `reveal` has scrolled already.
    cell.focus({ preventScroll: true })
    setWanted(null)
  })

  const steer = (event: KeyboardEvent) => {
    const { target: at, key } = event
    if ((event.ctrlKey || event.metaKey) && (key === 'z' || key === 'y') && !readOnly) {
      event.preventDefault()
      editor.dispatch({ kind: key === 'y' || event.shiftKey ? 'redo' : 'undo' })
      return
    }
    if (!(at instanceof HTMLInputElement) || at.dataset['share'] === undefined || event.nativeEvent.isComposing) return
    const index = shown.findIndex(({ code }) => code === at.dataset['share'])
    const steps = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1, PageDown: 10, PageUp: -10 }
    const step = Object.entries(steps).find(([name]) => name === key)?.[1]
    if (step === undefined || index < 0) return
    event.preventDefault()
    const next = findEditable(shown, index, step)
    if (next === null) return
    reveal(next)
    setWanted(shown[next]?.code ?? null)
  }
  const paste = (event: ClipboardEvent) => {
    const { target: at } = event
    const copied = event.clipboardData.getData('text/plain')
    if (readOnly || !(at instanceof HTMLInputElement) || at.dataset['share'] === undefined) return
    if (!/[\t\n]/.test(copied.replace(/\r?\n$/, ''))) return
    event.preventDefault()
    const { shares, unknown } = readSplitPaste(shown, at.dataset['share'], readCopied(copied), (typed) =>
      hand.read(typed, { unit, scale }),
    )
    editor.apply(shares)
    const count = Object.keys(shares).length
    setSaid(unknown === 0 ? text('split.pasted', { count }) : text('split.pastedUnknown', { count, unknown }))
  }

  if (rows.length === 0) return <EmptyState title={text('split.empty')} />
  return (
    <div className="gl-split" onKeyDown={steer} onPaste={paste}>
      <div className="gl-table-tools">
        <input
          type="search"
          className="gl-input gl-table-search"
          aria-label={text('split.search')}
          placeholder={text('split.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {readOnly ? null : (
          <>
            <button
              type="button"
              className="gl-button"
              disabled={editor.edits.past.length === 0}
              onClick={() => editor.dispatch({ kind: 'undo' })}
            >
              <Icon name="undo" size={15} /> {text('split.undo')}
            </button>
            <button
              type="button"
              className="gl-button"
              disabled={editor.edits.future.length === 0}
              onClick={() => editor.dispatch({ kind: 'redo' })}
            >
              <Icon name="redo" size={15} /> {text('split.redo')}
            </button>
          </>
        )}
        <span className="gl-hint" role="status">
          {said}
        </span>
      </div>
      <div
        className="gl-split-box"
        ref={box}
        onScroll={onScroll}
        role="table"
        aria-label={text('split.grid')}
        aria-rowcount={shown.length + 1}
        tabIndex={0}
      >
        <div className="gl-split-row gl-split-head" role="row" aria-rowindex={1}>
          {sortKeys.map((key) => (
            <SplitHead
              key={key}
              of={key}
              title={key === 'basis' ? (basisTitle ?? text('split.basis')) : text(`split.${key}`)}
              order={order}
              onOrder={setOrder}
            />
          ))}
        </div>
        <div className="gl-split-body" role="rowgroup" style={{ height }}>
          {shown.slice(first, last).map((row, offset) => (
            <SplitGridRow
              key={row.code}
              row={row}
              share={editor.shares[row.code] ?? emptyShare}
              index={first + offset}
              unit={unit}
              scale={scale}
              bound={bound}
              basisScale={props.basisScale ?? 0}
              problem={problems?.[row.code] ?? null}
              renderState={props.renderState ?? null}
              readOnly={readOnly}
              dispatch={editor.dispatch}
              onUnreadable={markUnreadable}
            />
          ))}
        </div>
      </div>
      {shown.length === 0 ? <EmptyState title={text('tables.noMatch')} /> : null}
      <SplitFoot rows={rows} shares={editor.shares} target={target} bound={bound} unit={unit} scale={scale} />
    </div>
  )
}

/** The next row in that direction one can type in; null when there is none. */
function findEditable(rows: readonly SplitRow[], from: number, step: number): number | null {
  const direction = Math.sign(step)
  let at = Math.max(0, Math.min(rows.length - 1, from + step))
  while (rows[at] && !rows[at]?.editable) at += direction
  return rows[at] && at !== from ? at : null
}
