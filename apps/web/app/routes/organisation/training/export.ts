import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'
import { attendances } from '../cadres/cadre.ts'
import { knownOf } from '../unions/union.ts'

/** `GET /organisation/cadres/trainings/:id/export.csv` and `.xlsx`: who was there, as the table shows it, after a fresh proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const trainingId = Number(args.params['id'])
  const attendance = await ask(args, (api) => api.cadres.exportAttendance({ trainingId }))
  const rows = selectTableRows(
    attendance,
    [
      { key: 'name', value: ({ name }) => name },
      { key: 'post', value: ({ post }) => translate(locale, `cadres.post.${post}`) },
      { key: 'place', value: ({ unionName, bodyName }) => unionName ?? bodyName },
      { key: 'result', value: ({ result }) => result },
    ],
    new URL(args.request.url).searchParams,
    'attendance',
  )
  return sendTable(
    args,
    translate(locale, 'cadres.attendance.list'),
    [
      { title: translate(locale, 'cadres.name'), value: ({ name }) => name },
      { title: translate(locale, 'cadres.post'), value: ({ post }) => translate(locale, `cadres.post.${post}`) },
      { title: translate(locale, 'cadres.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      {
        title: translate(locale, 'cadres.attendance'),
        value: ({ result }) => {
          const known = knownOf(attendances, result)
          return known === null ? '' : translate(locale, `cadres.attendance.${known}`)
        },
      },
    ],
    rows,
  )
}
