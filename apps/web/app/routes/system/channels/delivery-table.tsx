import type { RouterOutputs } from '@gonglian/api'
import { DataTable, EmptyState, formatDateTime, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useTableQuery } from '../../../address.ts'

type Deliveries = RouterOutputs['tasks']['listDeliveries']
type Delivery = Deliveries['rows'][number]

/** What was sent outside, the newest first; what failed says why. */
export function DeliveryTable({ rows, total, failed }: Pick<Deliveries, 'rows' | 'total' | 'failed'>) {
  const text = useText()
  const locale = useLocale()
  const [query, setQuery] = useTableQuery('deliveries')
  const plain = { sortable: false } as const
  const columns: readonly DataColumn<Delivery>[] = [
    { key: 'day', title: text('deliveries.day'), value: ({ day }) => day, ...plain },
    {
      key: 'channel',
      title: text('deliveries.channel'),
      value: ({ channel }) => text(`deliveries.channel.${channel}`),
      ...plain,
    },
    {
      key: 'state',
      title: text('deliveries.state'),
      render: ({ state }) => (
        <span className={state === 'failed' ? 'gl-error-text' : undefined}>{text(`deliveries.state.${state}`)}</span>
      ),
    },
    { key: 'attempts', title: text('deliveries.attempts'), value: ({ attempts }) => attempts, figure: true, ...plain },
    {
      key: 'problem',
      title: text('deliveries.problem'),
      render: ({ problem }) => (
        <span className="gl-cell-wrap">{problem === '' ? '—' : translateUnknown(locale, problem)}</span>
      ),
    },
    { key: 'at', title: text('deliveries.at'), render: ({ changedAt }) => formatDateTime(changedAt) },
  ]
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">{text('deliveries.title')}</h2>
      {failed === 0 ? null : (
        <p className="gl-error-text" role="status">
          {text('deliveries.failed', { count: failed })}
        </p>
      )}
      <DataTable
        label={text('deliveries.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={total}
        hideSearch
        empty={<EmptyState title={text('deliveries.none')} />}
      />
    </section>
  )
}
