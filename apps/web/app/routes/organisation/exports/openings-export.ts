import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { sayReason } from './opening-reasons.ts'
import { nameFields, type Opening } from './opening.ts'

const pageSize = 200

/** `GET /organisation/openings/export.csv` and `.xlsx`: who looked at whose whole numbers, and why. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const text: Translate = (key, ...params) => translate(locale, key, ...params)
  const rows = await ask(args, async (api) => {
    const gathered: Opening[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.members.listOpenings({ page, pageSize })
      gathered.push(...part.openings)
      if (part.openings.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    text('takings.openings'),
    [
      { title: text('takings.at'), value: ({ at }) => at.toISOString() },
      { title: text('takings.by'), value: ({ actor }) => actor },
      {
        title: text('takings.what'),
        value: ({ objectKind, objectId }) =>
          objectKind === 'member' ? text('takings.member', { id: objectId }) : objectId,
      },
      { title: text('takings.fields'), value: (opening) => nameFields(opening, text) },
      { title: text('members.open.reason'), value: (opening) => sayReason(opening, text) },
    ],
    rows,
  )
}
