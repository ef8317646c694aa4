import { memo, useEffect, useId, useState, type Dispatch, type ReactNode } from 'react'
import { CellInput } from '../cell-input.tsx'
import { FigureCell } from '../figure-cell.tsx'
import { useFigureHand } from '../figure-hand.tsx'
import { formatFigure } from '../figures.ts'
import { Icon } from '../icons.tsx'
import { useLocale, useText } from '../text.tsx'
import { translateUnknown } from '../messages/index.ts'
import { rowHeight } from './row-window.ts'
import type { SplitEdit } from './split-edits.ts'
import { isOffBound, type Share, type SplitBound, type SplitRow } from './split.ts'

export type SplitGridRowProps = {
  readonly row: SplitRow
  readonly share: Share
  readonly index: number
  readonly unit: string
  readonly scale: number
  readonly bound: SplitBound | null
  readonly basisScale: number
  /** What is wrong with the share, in words. */
  readonly problem: string | null
  readonly renderState: ((row: SplitRow) => ReactNode) | null
  readonly readOnly: boolean
  readonly dispatch: Dispatch<SplitEdit>
  /** Told while the text in the cell is no figure. */
  readonly onUnreadable: (code: string, unreadable: boolean) => void
}

/** One body of the split, placed by its index. */
export const SplitGridRow = memo(function SplitGridRow(props: SplitGridRowProps) {
  const { row, share, index, scale, bound, problem, readOnly, dispatch } = props
  const text = useText()
  const locked = readOnly || !row.editable
  const off = isOffBound(bound, share.value)
  return (
    <div
      className={`gl-split-row gl-split-${row.state}`}
      role="row"
      aria-rowindex={index + 2}
      style={{ top: index * rowHeight }}
    >
      <span
        role="rowheader"
        className="gl-cut"
        title={`${row.name} ${row.code}`}
        style={{ paddingInlineStart: 8 + (row.depth ?? 0) * 16 }}
      >
        {row.name}
      </span>
      <span role="cell">
        <FigureCell value={row.lastYear} scale={scale} />
      </span>
      <span role="cell">
        <FigureCell value={row.basis} scale={props.basisScale} />
      </span>
      <span role="cell" className="gl-split-share">
        {share.locked && !locked ? (
          <button
            type="button"
            className="gl-icon-button"
            title={text('split.locked.help')}
            aria-label={text('split.unlock', { body: row.name })}
            tabIndex={-1}
            onClick={() => dispatch({ kind: 'unlock', code: row.code })}
          >
            <Icon name="lock" size={14} />
          </button>
        ) : null}
        {locked ? <FigureCell value={share.value} scale={scale} /> : <ShareInput {...props} off={off} />}
      </span>
      <span role="cell" className="gl-cut" title={row.counterReason}>
        {row.counter === null ? null : (
          <>
            <FigureCell value={row.counter} scale={scale} />
            {locked ? null : (
              <button
                type="button"
                className="gl-link-button"
                aria-label={`${row.name}: ${text('split.counter.take')}`}
                onClick={() => {
                  dispatch({ kind: 'type', code: row.code, value: row.counter })
                  dispatch({ kind: 'leave' })
                }}
              >
                {text('split.counter.take')}
              </button>
            )}
          </>
        )}
      </span>
      <span role="cell" className="gl-split-state">
        {problem === null ? (
          off && bound !== null ? (
            <span className="gl-warning-text gl-cut">{text(`split.off.${bound.kind}`)}</span>
          ) : null
        ) : (
          <span className="gl-error-text gl-cut" id={`split-problem-${row.code}`} title={problem}>
            {problem}
          </span>
        )}
        {props.renderState === null ? text(`states.allocation.${row.state}`) : props.renderState(row)}
      </span>
    </div>
  )
})

type ShareInputProps = SplitGridRowProps & { readonly off: boolean }

function ShareInput({ row, share, unit, scale, off, problem, dispatch, onUnreadable }: ShareInputProps) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const target = { unit, scale }
  const wrongId = useId()
  const [draft, setDraft] = useState<{ readonly text: string; readonly wrong: string } | null>(null)
  const unreadable = draft !== null
  const { code } = row
  useEffect(() => {
    if (!unreadable) return
    onUnreadable(code, true)
    return () => onUnreadable(code, false)
  }, [unreadable, code, onUnreadable])
  const read = (typed: string) => {
    const next = hand.read(typed, target)
    // A target is a plain figure: about, over and ranges are what reports say.
    const plain = next.ok && next.mark === 0
    if (plain) dispatch({ kind: 'type', code, value: next.value })
    setDraft(
      plain
        ? null
        : { text: typed, wrong: next.ok ? text('split.plainOnly') : translateUnknown(locale, next.key, next.params) },
    )
  }
  return (
    <>
      <CellInput
        data-share={code}
        className="gl-figure"
        maxLength={30}
        aria-label={text('split.cell', { body: row.name })}
        aria-invalid={unreadable || off || problem !== null}
        aria-describedby={unreadable ? wrongId : problem === null ? undefined : `split-problem-${code}`}
        plain={hand.write({ value: share.value, mark: 0 }, target)}
        atRest={share.value === null ? '' : formatFigure(share.value, { locale, scale })}
        target={target}
        draft={draft?.text ?? null}
        onText={read}
        onLeave={() => dispatch({ kind: 'leave' })}
      />
      {draft === null ? null : (
        <span className="gl-split-wrong" id={wrongId} role="alert">
          {draft.wrong}
        </span>
      )}
    </>
  )
}
