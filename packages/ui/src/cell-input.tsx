import { useEffect, useRef, useState, type InputHTMLAttributes } from 'react'
import { useFigureHand, type FigureHand, type FigureTarget } from './figure-hand.tsx'

export type CellInputProps = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'value' | 'onChange' | 'onFocus' | 'onBlur' | 'onKeyDown'
> & {
  /** The figure as one types it, without separators. */
  readonly plain: string
  /** The figure as it is shown while nobody types. */
  readonly atRest: string
  readonly target: FigureTarget
  /** Text that can't be read, kept as typed; null when the figure stands. */
  readonly draft: string | null
  readonly onText: (text: string) => void
  readonly onLeave?: () => void
}

/** Whether what is typed means the figure that stands: if not, something else (a paste, undo) has changed it meanwhile. */
function means(hand: FigureHand, typed: string, plain: string, target: FigureTarget): boolean {
  const read = hand.read(typed, target)
  return read.ok && hand.write(read, target) === plain
}

/**
 * A cell of a grid: separated thousands at rest, plain digits while one types, all of it selected on arrival so that typing
 * replaces it. Esc brings back what stood there.
 */
export function CellInput({ plain, atRest, target, draft, onText, onLeave, ...input }: CellInputProps) {
  const hand = useFigureHand()
  const element = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const before = useRef('')
  const arrived = useRef(false)
  const shown = draft ?? (typed === null ? atRest : means(hand, typed, plain, target) ? typed : plain)

  // The text changes from its resting to its plain form on arrival, which loses a selection made earlier.
  useEffect(() => {
    if (!arrived.current) return
    arrived.current = false
    element.current?.select()
  }, [typed])

  const arrive = () => {
    before.current = draft ?? plain
    arrived.current = true
    if (draft === null) setTyped(plain)
    else element.current?.select()
  }
  const put = (text: string) => {
    setTyped(text)
    onText(text)
  }
  return (
    <input
      {...input}
      ref={element}
      autoComplete="off"
      inputMode={target.scale === 0 ? 'numeric' : 'decimal'}
      value={shown}
      onFocus={arrive}
      onBlur={() => {
        setTyped(null)
        onLeave?.()
      }}
      onChange={(event) => put(event.target.value)}
      onKeyDown={({ key }) => {
        if (key === 'Escape') put(before.current)
      }}
    />
  )
}
