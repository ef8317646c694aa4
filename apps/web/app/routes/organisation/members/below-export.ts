import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { nameGroups, readCounting } from './below.ts'

/** `GET /organisation/members/below/export.csv` and `.xlsx`: the counts of the bodies below, what is hidden being empty. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const text: Translate = (key, ...params) => translate(locale, key, ...params)
  const counting = readCounting(new URL(args.request.url).searchParams)
  const counts = await ask(args, (api) => api.members.countMembersBelow(counting))
  const hidden = (count: number | null | undefined) => count ?? text('members.below.hidden')
  const sum = { name: text('members.below.sum'), isOwn: false, total: counts.total, cells: counts.cells }
  return sendTable(
    args,
    text('members.below.label'),
    [
      {
        title: text('members.below.body'),
        value: ({ name, isOwn }: { name: string; isOwn: boolean }) => (isOwn ? text('members.below.own') : name),
      },
      { title: text('members.below.total'), value: ({ total }) => hidden(total) },
      ...counts.columns.map((names, index) => ({
        title: nameGroups(names, counting.groupBy, text),
        value: ({ cells }: { cells: readonly (number | null)[] }) => hidden(cells[index]),
      })),
    ],
    [sum, ...counts.lines],
  )
}
