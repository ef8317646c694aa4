import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readYear } from '../day.ts'
import type { AppraisalRow } from './appraisal.ts'

const pageSize = 200

/** `GET /organisation/appraisals/export.csv` and `.xlsx`: the year's appraisals, or the unions that held none. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const isMissing = new URL(args.request.url).searchParams.get('missing') === 'yes'
  const year = readYear(args)
  const search = readTableQuery(new URL(args.request.url).searchParams, 'appraisals').search.trim().slice(0, 80)
  const rows = await ask(args, async (api) => {
    const gathered: AppraisalRow[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.appraisals.listAppraisals({ year, isMissing, search, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'appraisals.title'),
    [
      { title: translate(locale, 'registers.union'), value: ({ unionName }) => unionName },
      {
        title: translate(locale, 'appraisals.state'),
        value: ({ state }) => translate(locale, state === null ? 'appraisals.state.none' : `appraisals.state.${state}`),
      },
      { title: translate(locale, 'appraisals.closesOn'), value: ({ closesOn }) => closesOn },
      { title: translate(locale, 'appraisals.eligible'), value: ({ eligible }) => eligible },
      { title: translate(locale, 'appraisals.slips'), value: ({ slips }) => slips },
      { title: translate(locale, 'vote.satisfied'), value: ({ satisfied }) => satisfied },
      { title: translate(locale, 'vote.basic'), value: ({ basic }) => basic },
      { title: translate(locale, 'vote.unsatisfied'), value: ({ unsatisfied }) => unsatisfied },
      { title: translate(locale, 'appraisals.invalid'), value: ({ invalid }) => invalid },
      { title: translate(locale, 'appraisals.rectification'), value: ({ rectification }) => rectification },
    ],
    rows,
  )
}
