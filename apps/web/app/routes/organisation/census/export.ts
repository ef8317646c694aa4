import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { toListing } from './lead.ts'

/** `GET /organisation/census/export.csv` and `.xlsx`: every lead that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const listing = { ...toListing(readTableQuery(searchParams, 'leads')), ...readBody(searchParams) }
  const rows = await ask(args, (api) => readEveryPage((part) => api.leads.listLeads({ ...listing, ...part })))
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
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
