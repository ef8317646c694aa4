import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toTrainings, type Training } from '../cadres/cadre.ts'
import { readYear } from '../day.ts'

const pageSize = 200

/** `GET /organisation/cadres/trainings/export.csv` and `.xlsx`: the trainings of the year that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const query = readTableQuery(new URL(args.request.url).searchParams, 'trainings')
  const wanted = toTrainings(query, readYear(args))
  const rows = await ask(args, async (api) => {
    const gathered: Training[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.cadres.listTrainings({ ...wanted, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'cadres.trainings'),
    [
      { title: translate(locale, 'cadres.training'), value: ({ name }) => name },
      {
        title: translate(locale, 'cadres.training.kind'),
        value: ({ kind }) => translate(locale, `cadres.trainingKind.${kind}`),
      },
      {
        title: translate(locale, 'cadres.training.topic'),
        value: ({ topic }) => translate(locale, `cadres.topic.${topic}`),
      },
      { title: translate(locale, 'cadres.training.host'), value: ({ host }) => host },
      { title: translate(locale, 'cadres.training.starts'), value: ({ startsOn }) => startsOn },
      { title: translate(locale, 'cadres.training.ends'), value: ({ endsOn }) => endsOn },
      {
        title: translate(locale, 'cadres.training.state'),
        value: ({ state }) => translate(locale, `cadres.trainingState.${state}`),
      },
      { title: translate(locale, 'cadres.training.planned'), value: ({ plannedPersons }) => plannedPersons },
      { title: translate(locale, 'cadres.training.persons'), value: ({ personTimes }) => personTimes },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
