import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, type Translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { sayReason } from './opening-reasons.ts'
import { nameFields } from './opening.ts'

/** `GET /organisation/openings/export.csv` and `.xlsx`: who looked at whose whole numbers, and why; after a fresh proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const text: Translate = (key, ...params) => translate(locale, key, ...params)
  const rows = await ask(args, (api) => api.members.exportOpenings({}))
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
