import { Dialog, useLocale, useText } from '@gonglian/ui'
import { wordAudit, type AuditLine } from './audit.ts'
import { ChangeTable } from './change-table.tsx'
import { formatMoment } from './moment.ts'

export type LinePanelProps = {
  readonly line: AuditLine | null
  readonly onClose: () => void
  /** Null at the ends of the page. */
  readonly onPrevious: (() => void) | null
  readonly onNext: (() => void) | null
  readonly onRequest: (requestId: string) => void
}

/** One line of the trail with what stood before and after. */
export function LinePanel({ line, onClose, onPrevious, onNext, onRequest }: LinePanelProps) {
  const text = useText()
  const locale = useLocale()
  return (
    <Dialog
      open={line !== null}
      onClose={onClose}
      place="side"
      title={line ? text('audit.line', { seq: line.seq }) : ''}
      footer={
        <>
          <button type="button" className="gl-button" disabled={onPrevious === null} onClick={onPrevious ?? undefined}>
            {text('audit.newer')}
          </button>
          <button type="button" className="gl-button" disabled={onNext === null} onClick={onNext ?? undefined}>
            {text('audit.older')}
          </button>
        </>
      }
    >
      {line ? (
        <>
          <dl className="facts">
            <dt>{text('audit.actionTitle')}</dt>
            <dd>{wordAudit(locale, 'action', line.action)}</dd>
            <dt>{text('audit.at')}</dt>
            <dd>{formatMoment(line.at)}</dd>
            <dt>{text('audit.actor')}</dt>
            <dd>{line.actor}</dd>
            <dt>{text('audit.object')}</dt>
            <dd>
              {wordAudit(locale, 'object', line.objectKind)} {line.objectId}
            </dd>
            <dt>{text('audit.address')}</dt>
            <dd>{line.address || '—'}</dd>
            <dt>{text('audit.request')}</dt>
            <dd>
              <code>{line.requestId || '—'}</code>
              {line.requestId === '' ? null : (
                <button type="button" className="gl-link-button" onClick={() => onRequest(line.requestId)}>
                  {text('audit.requestOne')}
                </button>
              )}
            </dd>
          </dl>
          <ChangeTable before={line.before} after={line.after} />
        </>
      ) : null}
    </Dialog>
  )
}
