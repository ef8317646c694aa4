import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import { toLetters } from './letter.ts'

/** `GET /organisation/letters/export.csv` and `.xlsx`. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const wanted = toLetters(new URL(args.request.url).searchParams)
  const rows = await ask(args, (api) => readEveryPage((part) => api.leads.listLetters({ ...wanted, ...part })))
  return sendTable(
    args,
    translate(locale, 'letters.joint.title'),
    [
      { title: translate(locale, 'letters.joint.no'), value: (row) => row.letter_no },
      { title: translate(locale, 'employers.name'), value: ({ employerName }) => employerName },
      { title: translate(locale, 'leads.refusal'), value: ({ refusalReason }) => refusalReason },
      { title: translate(locale, 'letters.joint.departments'), value: ({ departments }) => departments.join('、') },
      { title: translate(locale, 'letters.joint.sent'), value: (row) => row.sent_on },
      { title: translate(locale, 'letters.joint.due'), value: (row) => row.due_on },
      {
        title: translate(locale, 'letters.joint.outcome'),
        value: ({ outcome }) => (outcome === null ? null : translate(locale, `letters.joint.outcome.${outcome}`)),
      },
      { title: translate(locale, 'letters.joint.answered'), value: (row) => row.outcome_on },
      { title: translate(locale, 'unions.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
