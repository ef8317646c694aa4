import type { RouterOutputs } from '@gonglian/api'
import { hasMessage, translateUnknown, type Locale } from '@gonglian/ui/messages'
import { DataTable, EmptyState, formatDateTime, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useAct } from '../../../act.ts'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { RefusalNotice } from '../notice.tsx'

export type FailedJob = RouterOutputs['queue']['readQueue']['failed'][number]

/** The API lists no more. */
const most = 200

export function nameJob(name: string, locale: Locale): string {
  const key = `queue.job.${name}`
  return hasMessage(locale, key) ? translateUnknown(locale, key) : name
}

/** What failed, why and how often; each may be tried once more. */
export function FailedJobs(props: { readonly jobs: readonly FailedJob[]; readonly onRetried: (id: string) => void }) {
  const { jobs, onRetried } = props
  const text = useText()
  const locale = useLocale()
  const { params } = useAddress()
  const { act, busy, refusal } = useAct()
  const [query, setQuery] = useTableQuery('failed', { sort: 'failedAt', order: 'descend' })
  const retry = async (id: string) => {
    const outcome = await act((api) => api.queue.retryJob.mutate({ id }))
    if (outcome?.ok) onRetried(id)
  }
  const names = [...new Set(jobs.map(({ name }) => name))]
  const columns: readonly DataColumn<FailedJob>[] = [
    {
      key: 'name',
      title: text('queue.job'),
      value: ({ name }) => name,
      render: ({ name }) => nameJob(name, locale),
      filters: names.map((name) => ({ value: name, label: nameJob(name, locale) })),
    },
    { key: 'reason', title: text('queue.reason'), value: ({ reason }) => reason, sortable: false },
    { key: 'attempts', title: text('queue.attempts'), value: ({ attempts }) => attempts, figure: true },
    {
      key: 'failedAt',
      title: text('queue.failedAt'),
      value: ({ failedAt }) => failedAt,
      render: ({ failedAt }) => (failedAt === null ? '—' : formatDateTime(new Date(failedAt))),
    },
    { key: 'id', title: text('queue.id'), value: ({ id }) => id },
    {
      key: 'retry',
      title: text('tables.actions'),
      render: ({ id }) => (
        <button
          type="button"
          className="gl-link-button"
          disabled={busy}
          aria-label={text('queue.retryOf', { id })}
          onClick={() => void retry(id)}
        >
          {text('queue.retry')}
        </button>
      ),
    },
  ]
  return (
    <section>
      <h2>{text('queue.failed.title')}</h2>
      {jobs.length >= most ? <p className="gl-hint">{text('queue.failed.most', { count: most })}</p> : null}
      <RefusalNotice message={refusal?.message ?? null} />
      <DataTable
        label={text('queue.failed.title')}
        rows={jobs}
        rowKey={({ id }) => id}
        columns={columns}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/system/queue/export.csv', params)}
        empty={<EmptyState title={text('queue.failed.none')} />}
      />
    </section>
  )
}
