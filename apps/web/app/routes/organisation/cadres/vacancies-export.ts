import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toVacancies, type Vacancy } from './cadre.ts'

const pageSize = 200

/** `GET /organisation/cadres/vacancies/export.csv` and `.xlsx`: every post that stands empty. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const wanted = toVacancies(readTableQuery(searchParams, 'vacancies'), searchParams)
  const rows = await ask(args, async (api) => {
    const gathered: Vacancy[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.cadres.listVacancies({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'cadres.vacancies'),
    [
      { title: translate(locale, 'cadres.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { title: translate(locale, 'cadres.post'), value: ({ post }) => translate(locale, `cadres.post.${post}`) },
      { title: translate(locale, 'cadres.vacancy.since'), value: ({ since }) => since },
      { title: translate(locale, 'cadres.vacancy.due'), value: ({ dueOn }) => dueOn },
      {
        title: translate(locale, 'cadres.untrained.overdue'),
        value: ({ isOverdue }) => translate(locale, isOverdue ? 'cadres.yes' : 'cadres.no'),
      },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
