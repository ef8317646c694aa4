import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDateTime } from '@gonglian/ui'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { selectTableRows } from '../../../table-export.ts'
import type { FailedJob } from './failed-jobs.tsx'

const readers = [
  { key: 'name', value: ({ name }: FailedJob) => name },
  { key: 'reason', value: ({ reason }: FailedJob) => reason },
  { key: 'attempts', value: ({ attempts }: FailedJob) => attempts },
  { key: 'failedAt', value: ({ failedAt }: FailedJob) => failedAt },
  { key: 'id', value: ({ id }: FailedJob) => id },
]

/** `GET /system/queue/export.csv` and `.xlsx`: the failed jobs as the table shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const text: Translate = (key, ...params) => translate(args.context.locale, key, ...params)
  const { failed } = await ask(args, (api) => api.queue.readQueue())
  return sendTable(
    args,
    text('queue.failed.title'),
    [
      { title: text('queue.id'), value: ({ id }) => id },
      { title: text('queue.job'), value: ({ name }) => name },
      { title: text('queue.reason'), value: ({ reason }) => reason },
      { title: text('queue.attempts'), value: ({ attempts }) => attempts },
      {
        title: text('queue.failedAt'),
        value: ({ failedAt }) => (failedAt === null ? null : formatDateTime(new Date(failedAt))),
      },
    ],
    selectTableRows(failed, readers, new URL(args.request.url).searchParams, 'failed'),
  )
}
