import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toElections } from './election.ts'

const pageSize = 200

/** `GET /organisation/elections/export.csv` and `.xlsx`. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const wanted = toElections(new URL(args.request.url).searchParams)
  const rows = await ask(args, async (api) => {
    const gathered = []
    for (let page = 1; ; page += 1) {
      const part = await api.terms.listElections({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'elections.title'),
    [
      { title: translate(locale, 'unions.name'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      {
        title: translate(locale, 'elections.bodies'),
        value: ({ bodies }) => bodies.map((body) => translate(locale, `unions.termOf.${body}`)).join('、'),
      },
      { title: translate(locale, 'elections.planned'), value: (row) => row.planned_on },
      { title: translate(locale, 'elections.held'), value: (row) => row.held_on },
      { title: translate(locale, 'unions.state'), value: ({ state }) => translate(locale, `elections.state.${state}`) },
      { title: translate(locale, 'unions.approve.no'), value: (row) => row.approval_no },
    ],
    rows,
  )
}
