import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import type { ReactNode } from 'react'

type Queue = RouterOutputs['queue']['readQueue']

/** The sweep looks every five seconds; what is older than this has been left lying. */
const lateSeconds = 60

export type QueueCountsProps = Pick<Queue, 'counts' | 'workers' | 'backlog'> & { readonly now: Date }

/** Whether totals keep up, first; then how many jobs stand where. */
export function QueueCounts({ counts, workers, backlog, now }: QueueCountsProps) {
  const text = useText()
  const waiting = backlog.marks + backlog.moves
  const age =
    backlog.oldest === null ? null : Math.max(0, Math.round((now.getTime() - backlog.oldest.getTime()) / 1000))
  return (
    <section className="queue-counts" aria-label={text('queue.title')}>
      <Count title={text('queue.backlog')} value={waiting}>
        {waiting === 0 ? text('queue.backlog.none') : text('queue.backlog.count', { count: waiting })}
      </Count>
      <Count
        title={text('queue.oldest')}
        value={
          age === null
            ? '—'
            : age < 120
              ? text('queue.oldest.seconds', { count: age })
              : text('queue.oldest.minutes', { count: Math.round(age / 60) })
        }
      >
        {age !== null && age > lateSeconds ? <span className="gl-error-text">{text('queue.oldest.late')}</span> : null}
      </Count>
      <Count title={text('queue.workers')} value={workers}>
        {workers === 0 ? <span className="gl-error-text">{text('queue.workers.none')}</span> : null}
      </Count>
      {(['waiting', 'active', 'delayed', 'failed', 'completed'] as const).map((state) => (
        <Count key={state} title={text(`queue.${state}`)} value={counts[state]} />
      ))}
    </section>
  )
}

function Count(props: { readonly title: string; readonly value: number | string; readonly children?: ReactNode }) {
  return (
    <div className="panel queue-count">
      <h2>{props.title}</h2>
      <p>{props.value}</p>
      {props.children === undefined || props.children === null ? null : <div className="gl-hint">{props.children}</div>}
    </div>
  )
}
