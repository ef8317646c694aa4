import type { RouterOutputs } from '@gonglian/api'
import { formatDateTime, useLocale, useText } from '@gonglian/ui'
import { nameActor } from '../reports/actor.ts'
import { writeTarget, type Measured } from './figure.ts'
import { listSteps, type ThreadShare, type ThreadStep } from './steps.ts'

type Amendment = RouterOutputs['targets']['listAmendments']['rows'][number]

export type ThreadProps = {
  readonly share: ThreadShare
  readonly amendments: readonly Amendment[]
  readonly measure: Measured
  /** Who issued the share and who holds it, by name. */
  readonly issuer: string
  readonly receiver: string
}

/** What was said about a share, oldest first: issued, answered, settled, changed. */
export function Thread({ share, amendments, measure, issuer, receiver }: ThreadProps) {
  const text = useText()
  const locale = useLocale()
  const write = (value: number | null) => writeTarget(value, measure, locale)
  const say = (step: ThreadStep): string => {
    switch (step.kind) {
      case 'issued':
        return text('targets.thread.issued', { body: issuer, figure: write(step.value) })
      case 'accepted':
        return text('targets.thread.accepted', { body: receiver })
      case 'signed':
        return text('targets.thread.signed', { body: receiver })
      case 'disputed':
        return text('targets.thread.disputed', { body: receiver, figure: write(step.value) })
      case 'settlement':
        return text('targets.thread.settlement', { body: issuer, from: write(step.from), to: write(step.to) })
      case 'change':
      case 'amendment':
        return text(`targets.thread.${step.kind}`, { body: issuer, from: write(step.from), to: write(step.to) })
    }
  }
  return (
    <ol className="targets-thread">
      {listSteps(share, amendments).map((step, index) => (
        <li key={index} className={`targets-thread-${step.side}`}>
          <p>{say(step)}</p>
          {step.reason === '' ? null : <blockquote>{step.reason}</blockquote>}
          <p className="gl-hint">
            {[step.at === null ? '' : formatDateTime(step.at), step.by === '' ? '' : nameActor(step.by, locale)]
              .filter((part) => part !== '')
              .join(' · ')}
          </p>
        </li>
      ))}
    </ol>
  )
}
