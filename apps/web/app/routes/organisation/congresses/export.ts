import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'

/** `GET /organisation/congresses/export.csv` and `.xlsx`. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { rows } = await ask(args, (api) => api.congresses.listCongresses({ pageSize: 200 }))
  return sendTable(
    args,
    translate(locale, 'congresses.title'),
    [
      { title: translate(locale, 'unions.name'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      {
        title: translate(locale, 'congresses.kind'),
        value: ({ kind }) => translate(locale, `congresses.kind.${kind}`),
      },
      { title: translate(locale, 'terms.number'), value: ({ number }) => number },
      { title: translate(locale, 'elections.planned'), value: (row) => row.planned_on },
      { title: translate(locale, 'congresses.held'), value: (row) => row.held_from },
      { title: translate(locale, 'congresses.delegates'), value: (row) => row.delegates_planned },
      { title: translate(locale, 'congresses.present'), value: (row) => row.delegates_present },
      {
        title: translate(locale, 'unions.state'),
        value: ({ state }) => translate(locale, `congresses.state.${state}`),
      },
    ],
    rows,
  )
}
