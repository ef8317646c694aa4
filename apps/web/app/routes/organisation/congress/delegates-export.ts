import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'

/**
 * `GET /organisation/congresses/:id/delegates/export.csv` and `.xlsx`: the delegates in sight of one body (`?quota=`), or of all that send
 * some; after a fresh proof.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const congressId = Number(args.params['id'])
  const quotaId = Number(new URL(args.request.url).searchParams.get('quota') ?? '0')
  const rows = await ask(args, async (api) => {
    await api.congresses.getCongress({ congressId })
    return api.congresses.exportDelegates({ congressId, ...(quotaId > 0 ? { quotaId } : {}) })
  })
  return sendTable(
    args,
    translate(locale, 'delegates.title'),
    [
      { title: translate(locale, 'delegates.receiver'), value: ({ receiverName }) => receiverName },
      { title: translate(locale, 'unions.person'), value: ({ name }) => name },
      { title: translate(locale, 'slate.gender'), value: ({ gender }) => translate(locale, `slate.${gender}`) },
      {
        title: translate(locale, 'delegates.frontLine'),
        value: (row) => translate(locale, row.is_front_line ? 'delegates.frontLine.yes' : 'delegates.frontLine.no'),
      },
      { title: translate(locale, 'slate.votes'), value: ({ votes }) => votes },
      { title: translate(locale, 'slate.eligible'), value: ({ eligible }) => eligible },
      { title: translate(locale, 'delegates.electedOn'), value: (row) => row.elected_on },
    ],
    rows,
  )
}
