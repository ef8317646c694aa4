import { formatDateTime, useText } from '@gonglian/ui'
import { nameActor } from './actor.ts'

export type HistoryProps = {
  readonly steps: readonly {
    readonly to: string
    readonly at: Date | string
    readonly reason: string
    readonly actor: string
  }[]
  /** A state in words. */
  readonly nameOf: (state: string) => string
}

/** What happened to a record, oldest first: when, what, why, who. */
export function History({ steps, nameOf }: HistoryProps) {
  const text = useText()
  return (
    <section>
      <h2>{text('unions.history')}</h2>
      {steps.length === 0 ? (
        <p className="gl-hint">{text('unions.history.none')}</p>
      ) : (
        <ol className="plain-list">
          {steps.map((step, index) => (
            <li key={index}>
              {formatDateTime(step.at)} {nameOf(step.to)} {step.reason}{' '}
              <span className="gl-hint">{nameActor(text, step.actor)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
