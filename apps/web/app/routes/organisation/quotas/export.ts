import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { toQuotas } from '../cadres/cadre.ts'

/** `GET /organisation/cadres/quotas/export.csv` and `.xlsx`: approved posts that search and filter leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const wanted = toQuotas(readTableQuery(new URL(args.request.url).searchParams, 'quotas'))
  const rows = await ask(args, (api) => readEveryPage((part) => api.cadres.listQuotas({ ...wanted, ...part })))
  return sendTable(
    args,
    translate(locale, 'cadres.quotas'),
    [
      { title: translate(locale, 'cadres.quota.unit'), value: ({ unitName }) => unitName },
      {
        title: translate(locale, 'cadres.quota.category'),
        value: ({ category }) => translate(locale, `cadres.category.${category}`),
      },
      { title: translate(locale, 'cadres.quota.document'), value: ({ document }) => document },
      { title: translate(locale, 'cadres.quota.posts'), value: ({ posts }) => posts },
      { title: translate(locale, 'cadres.quota.filled'), value: ({ filled }) => filled },
      { title: translate(locale, 'cadres.quota.open'), value: ({ open }) => open },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
