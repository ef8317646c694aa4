import { useText } from '@gonglian/ui'
import type { UnionView } from './union.ts'

/** What the reader should know of where the union stands: why it came back, by when it is decided. */
export function StandNotice({ view }: { readonly view: UnionView }) {
  const text = useText()
  const { union, steps, decisionDueOn } = view
  const last = steps.at(-1)
  if (union.state === 'preparatory' && last?.from === 'applied')
    return (
      <p className="done-notice" role="status">
        {text('unions.returned', { reason: last.reason })}
      </p>
    )
  if (union.state === 'applied' && decisionDueOn !== null)
    return (
      <p className="done-notice" role="status">
        {text('unions.decisionDue', { due: decisionDueOn })}
      </p>
    )
  if (union.state === 'restructuring')
    return (
      <p className="done-notice" role="status">
        {text('unions.restructuring', { reason: last?.reason ?? '' })}
      </p>
    )
  return null
}
