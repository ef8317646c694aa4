import { translateUnknown } from '@gonglian/ui/messages'
import { Icon, useLocale, useText } from '@gonglian/ui'

type Props = {
  readonly outcome: {
    readonly accepted: number
    readonly skipped: readonly {
      readonly name: string
      readonly key: string
      readonly params: Readonly<Record<string, string | number>>
    }[]
  }
  readonly onClose: () => void
}

/** How many were accepted together, and of each other one why not. */
export function AcceptedNotice({ outcome, onClose }: Props) {
  const text = useText()
  const locale = useLocale()
  return (
    <div className="report-notice" role="status">
      <button type="button" className="gl-icon-button" aria-label={text('pages.close')} onClick={onClose}>
        <Icon name="close" size={14} />
      </button>
      {text('reports.queue.accepted', { count: outcome.accepted })}
      {outcome.skipped.length === 0 ? null : (
        <ul>
          {outcome.skipped.map((skipped) => (
            <li key={skipped.name}>
              <strong>{skipped.name}</strong> {translateUnknown(locale, skipped.key, skipped.params)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
