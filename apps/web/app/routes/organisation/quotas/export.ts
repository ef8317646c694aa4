import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'

/** `GET /organisation/cadres/quotas/export.csv` and `.xlsx`: approved posts as the table shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const quotas = await ask(args, (api) => api.cadres.listQuotas({}))
  const rows = selectTableRows(
    quotas.rows,
    [
      { key: 'unit', value: ({ unitName }) => unitName },
      { key: 'category', value: ({ category }) => category },
      { key: 'document', value: ({ document }) => document || null },
      { key: 'posts', value: ({ posts }) => posts },
      { key: 'filled', value: ({ filled }) => filled },
      { key: 'open', value: ({ open }) => open },
      { key: 'body', value: ({ bodyName }) => bodyName },
    ],
    new URL(args.request.url).searchParams,
    'quotas',
  )
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
