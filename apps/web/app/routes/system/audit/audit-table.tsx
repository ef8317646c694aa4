import { DataTable, EmptyState, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { auditFilters, wordAudit, type AuditLine } from './audit.ts'
import { formatMoment } from './moment.ts'

export type AuditTableProps = {
  readonly lines: readonly AuditLine[]
  readonly total: number
  readonly onOpen: (seq: number) => void
}

/** Paged by the server; sorted by time either way. */
export function AuditTable({ lines, total, onOpen }: AuditTableProps) {
  const text = useText()
  const locale = useLocale()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('audit', { sort: 'at', order: 'descend' })
  const narrowed = auditFilters.some((name) => params.has(name))
  const columns: readonly DataColumn<AuditLine>[] = [
    { key: 'seq', title: text('audit.seq'), figure: true, render: ({ seq }) => seq, width: 80 },
    { key: 'at', title: text('audit.at'), sortable: true, render: ({ at }) => formatMoment(at) },
    { key: 'actor', title: text('audit.actor'), render: ({ actor }) => actor },
    {
      key: 'action',
      title: text('audit.actionTitle'),
      render: ({ seq, action }) => (
        <button
          type="button"
          className="gl-link-button"
          aria-label={`${text('audit.open', { seq })} ${wordAudit(locale, 'action', action)}`}
          onClick={() => onOpen(seq)}
        >
          {wordAudit(locale, 'action', action)}
        </button>
      ),
    },
    {
      key: 'object',
      title: text('audit.object'),
      render: ({ objectKind, objectId }) => (
        <span className="gl-cut" title={objectId}>
          {wordAudit(locale, 'object', objectKind)} {objectId}
        </span>
      ),
    },
    { key: 'address', title: text('audit.address'), render: ({ address }) => address || '—' },
    {
      key: 'request',
      title: text('audit.request'),
      render: ({ requestId }) => (
        <code className="gl-hint" title={requestId}>
          {requestId.slice(0, 8) || '—'}
        </code>
      ),
    },
  ]
  return (
    <DataTable
      label={text('audit.title')}
      rows={lines}
      rowKey={({ seq }) => String(seq)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      exports={exportsOf('/system/audit/export.csv', params)}
      tools={<span className="gl-hint">{text('audit.export.text')}</span>}
      onOpen={({ seq }) => onOpen(seq)}
      empty={<EmptyState title={text(narrowed ? 'tables.noMatch' : 'audit.empty')} />}
    />
  )
}
