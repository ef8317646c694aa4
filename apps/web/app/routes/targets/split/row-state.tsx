import { useText } from '@gonglian/ui'
import { codeOf, type SplitView } from './rows.ts'

export type RowStateProps = {
  readonly view: SplitView
  readonly code: string
  /** A reason is given for a share off the bound. */
  readonly excused: boolean
  readonly onOpen: (code: string) => void
}

/** The state of one share, opening what was said about it. */
export function RowState({ view, code, excused, onOpen }: RowStateProps) {
  const text = useText()
  const row = view.rows.find((one) => codeOf(one) === code)
  if (!row) return null
  const state = row.share?.state ?? null
  const word = state === null ? text('targets.row.none') : text(`states.allocation.${state}`)
  return (
    <>
      <button
        type="button"
        className={`targets-row-state targets-share-${state ?? 'none'}`}
        aria-label={text('targets.row.open', { body: row.body.name, state: word })}
        onClick={() => onOpen(code)}
      >
        {word}
      </button>
      {excused ? <span className="gl-hint">{text('targets.row.excused')}</span> : null}
      {row.current ? null : <span className="gl-warning-text">{text('targets.row.former')}</span>}
    </>
  )
}
