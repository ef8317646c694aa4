import { useText } from './text.tsx'

export type LightValue = 'green' | 'yellow' | 'red'

const shapes: Record<LightValue, string> = { green: '●', yellow: '▲', red: '■' }

/**
 * The schedule light: shape, word and colour, so that it reads in print and for the colour-blind.
 * `compact` leaves the word to the tooltip and to screen readers, for dense tables.
 */
export function Light({ value, compact = false }: { readonly value: LightValue | null; readonly compact?: boolean }) {
  const text = useText()
  const word = text(`states.light.${value ?? 'none'}`)
  return (
    <span className={`gl-light gl-light-${value ?? 'none'}`} title={compact ? word : undefined}>
      <span aria-hidden="true">{value === null ? '○' : shapes[value]}</span>
      <span className={compact ? 'gl-hidden' : undefined}>{word}</span>
    </span>
  )
}
