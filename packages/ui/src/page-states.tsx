import type { ReactNode } from 'react'
import { useText } from './text.tsx'

/** Nothing here yet: says why, and what to do first. */
export function EmptyState(props: { readonly title: string; readonly text?: string; readonly action?: ReactNode }) {
  return (
    <div className="gl-empty">
      <p className="gl-empty-title">{props.title}</p>
      {props.text === undefined ? null : <p>{props.text}</p>}
      {props.action === undefined ? null : <div className="gl-empty-action">{props.action}</div>}
    </div>
  )
}

/** Part of a page failed: what happened, what was kept, what next. */
export function ErrorState(props: { readonly title?: string; readonly text?: string; readonly onRetry?: () => void }) {
  const text = useText()
  return (
    <div className="gl-empty gl-failed" role="alert">
      <p className="gl-empty-title">{props.title ?? text('pages.error.title')}</p>
      <p>{props.text ?? text('pages.error.text')}</p>
      {props.onRetry ? (
        <div className="gl-empty-action">
          <button type="button" className="gl-button" onClick={props.onRetry}>
            {text('pages.error.retry')}
          </button>
        </div>
      ) : null}
    </div>
  )
}

/** The grey shape of what is coming, of the same size, so that the page does not jump. */
export function PageSkeleton(props: { readonly shape: 'table' | 'columns' | 'form'; readonly rows?: number }) {
  const text = useText()
  const rows = props.rows ?? 8
  const block = (key: number) => (
    <div className="gl-skeleton-block" key={key}>
      {Array.from({ length: rows }, (_, index) => (
        <span className="gl-skeleton-line" key={index} />
      ))}
    </div>
  )
  return (
    <div className={`gl-skeleton gl-skeleton-${props.shape}`} role="status" aria-busy="true">
      <span className="gl-hidden">{text('frame.loading')}</span>
      {props.shape === 'columns' ? [0, 1, 2].map(block) : block(0)}
    </div>
  )
}
