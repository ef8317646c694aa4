import type { RouterOutputs } from '@gonglian/api'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'

const pageSize = 200

/** `GET /organisation/exports/export.csv` and `.xlsx`: the log of files that were taken out of the register. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const rows = await ask(args, async (api) => {
    const gathered: RouterOutputs['members']['listExports']['rows'] = []
    for (let page = 1; page <= 1000; page += 1) {
      const part = await api.members.listExports({ page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) break
    }
    return gathered
  })
  return sendTable(
    args,
    translate(locale, 'takings.files'),
    [
      { title: translate(locale, 'takings.number'), value: ({ number }) => number },
      { title: translate(locale, 'takings.at'), value: ({ createdAt }) => createdAt.toISOString() },
      { title: translate(locale, 'takings.by'), value: ({ actor }) => actor },
      {
        title: translate(locale, 'takings.open'),
        value: ({ isOpen }) => translate(locale, isOpen ? 'takings.open.yes' : 'takings.open.no'),
      },
      { title: translate(locale, 'members.open.reason'), value: ({ reason }) => reason },
      { title: translate(locale, 'takings.rows'), value: (row) => row.rows },
    ],
    rows,
  )
}
