import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDateTime, readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toAccountFilter } from './account.ts'

/** `GET /system/accounts/export.csv` and `.xlsx`: the accounts that the table's search and filters leave. The trail notes it. */
export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'accounts')
  const { locale } = args.context
  const accounts = await ask(args, (api) => api.accounts.exportAccounts(toAccountFilter(query)))
  return sendTable(
    args,
    translate(locale, 'accounts.export'),
    [
      { title: translate(locale, 'accounts.username'), value: ({ username }) => username },
      { title: translate(locale, 'accounts.name'), value: ({ displayName }) => displayName },
      {
        title: translate(locale, 'accounts.roles'),
        value: ({ roles }) => roles.map((role) => translate(locale, `bodies.role.${role}`)).join(' · '),
      },
      {
        title: translate(locale, 'accounts.status'),
        value: ({ status }) => translate(locale, `accounts.status.${status}`),
      },
      {
        title: translate(locale, 'accounts.seen'),
        value: ({ lastSeenAt }) => lastSeenAt && formatDateTime(lastSeenAt),
      },
      { title: translate(locale, 'accounts.created'), value: ({ createdAt }) => formatDateTime(createdAt) },
    ],
    accounts,
  )
}
