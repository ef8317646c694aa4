import { formatTime } from './dates.ts'
import { useText } from './text.tsx'

export type SavingState =
  { readonly kind: 'saved'; readonly at: string | null } | { readonly kind: 'saving' | 'unsaved' | 'failed' }

/** Whether what one typed is kept, said as it changes. */
export function SavingMark({ state }: { readonly state: SavingState }) {
  const text = useText()
  const word =
    state.kind === 'saved'
      ? state.at === null
        ? text('saving.idle')
        : text('saving.saved', { time: formatTime(state.at) })
      : text(`saving.${state.kind}`)
  return (
    <span className={`gl-saving gl-saving-${state.kind}`} role="status">
      {word}
    </span>
  )
}
