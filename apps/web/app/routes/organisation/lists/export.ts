import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { listSources } from '../employers/employer.ts'
import { knownOf } from '../unions/union.ts'

/** `GET /organisation/lists/export.csv` and `.xlsx`. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { rows } = await ask(args, (api) => api.lists.listLists({ pageSize: 200 }))
  return sendTable(
    args,
    translate(locale, 'lists.title'),
    [
      { title: translate(locale, 'lists.name'), value: ({ name }) => name },
      {
        title: translate(locale, 'lists.source'),
        value: ({ source }) => {
          const known = knownOf(listSources, source)
          return known === null ? source : translate(locale, `lists.source.${known}`)
        },
      },
      { title: translate(locale, 'lists.version'), value: (row) => row.list_version },
      { title: translate(locale, 'lists.asOf'), value: (row) => row.as_of },
      { title: translate(locale, 'lists.rows'), value: (row) => row.rows },
      { title: translate(locale, 'lists.matched'), value: ({ matched }) => matched },
      { title: translate(locale, 'lists.ambiguous'), value: ({ ambiguous }) => ambiguous },
      { title: translate(locale, 'lists.faulty'), value: ({ faulty }) => faulty },
    ],
    rows,
  )
}
