import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toListing, type Lead } from './lead.ts'

const pageSize = 200

/** `GET /organisation/census/export.csv` and `.xlsx`: every lead that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const listing = toListing(readTableQuery(new URL(args.request.url).searchParams, 'leads'))
  const rows = await ask(args, async (api) => {
    const gathered: Lead[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.leads.listLeads({ ...listing, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'leads.title'),
    [
      { title: translate(locale, 'employers.name'), value: ({ employerName }) => employerName },
      { title: translate(locale, 'unions.headcount'), value: ({ headcount }) => headcount },
      { title: translate(locale, 'employers.park'), value: ({ park }) => park },
      { title: translate(locale, 'leads.state'), value: ({ state }) => translate(locale, `leads.state.${state}`) },
      { title: translate(locale, 'leads.assignedTo'), value: (row) => row.assigned_to },
      { title: translate(locale, 'leads.due'), value: (row) => row.due_on },
      { title: translate(locale, 'leads.found'), value: (row) => row.found_on },
      { title: translate(locale, 'leads.refusal'), value: (row) => row.refusal_reason },
    ],
    rows,
  )
}
