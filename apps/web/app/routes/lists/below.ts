import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../ask.ts'
import { readBody } from '../../body-filter.tsx'
import { wordsOf } from '../../records/words.ts'
import { sendTable } from '../../table-file.ts'

/** `GET /lists/:list/below/export.csv` and `.xlsx`: the list counted by the level below. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const list = args.params['list'] ?? ''
  const { groups, measures } = await ask(args, (api) =>
    api.overview.countListBelow({ domain: 'organisation', list, ...readBody(searchParams) }),
  )
  const { locale } = args.context
  const words = wordsOf(locale)
  return sendTable(
    args,
    translate(locale, 'below.title'),
    [
      {
        title: translate(locale, 'below.body'),
        value: (group: (typeof groups)[number]) =>
          group.isOwn ? translate(locale, 'below.own', { name: group.name }) : group.name,
      },
      ...measures.map((measure) => ({
        title: words(`below.${list}.${measure}`),
        value: (group: (typeof groups)[number]) => group.counts?.[measure] ?? null,
      })),
    ],
    groups,
  )
}
