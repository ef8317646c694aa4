import type { LoaderFunctionArgs } from '@remix-run/node'
import { quotasOfOneCongress } from '@gonglian/organisation/codes'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { selectTableRows } from '../../../table-export.ts'
import { sendTable } from '../../../table-file.ts'

/** `GET /organisation/congresses/:id/export.csv` and `.xlsx`: how many delegates each body sends, and how many it elected. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const congressId = Number(args.params['id'])
  const quotas = await ask(args, async (api) => {
    await api.congresses.getCongress({ congressId })
    return (await api.congresses.listDelegateQuotas({ congressId, pageSize: quotasOfOneCongress })).rows
  })
  const rows = selectTableRows(
    quotas,
    [
      { key: 'receiver', value: ({ receiverName }) => receiverName },
      { key: 'quota', value: ({ quota }) => quota },
      { key: 'women', value: (row) => row.women_least },
      { key: 'front', value: (row) => row.front_line_least },
      { key: 'due', value: (row) => row.due_on },
      { key: 'elected', value: ({ elected }) => elected },
      { key: 'electedWomen', value: ({ women }) => women },
      { key: 'electedFront', value: ({ frontLine }) => frontLine },
      { key: 'state', value: ({ state }) => state },
    ],
    new URL(args.request.url).searchParams,
    'quotas',
  )
  return sendTable(
    args,
    translate(locale, 'delegates.quotas'),
    [
      { title: translate(locale, 'delegates.receiver'), value: ({ receiverName }) => receiverName },
      { title: translate(locale, 'delegates.quota'), value: ({ quota }) => quota },
      { title: translate(locale, 'delegates.womenLeast'), value: (row) => row.women_least },
      { title: translate(locale, 'delegates.frontLeast'), value: (row) => row.front_line_least },
      { title: translate(locale, 'delegates.due'), value: (row) => row.due_on },
      { title: translate(locale, 'delegates.elected'), value: ({ elected }) => elected },
      { title: translate(locale, 'delegates.electedWomen'), value: ({ women }) => women },
      { title: translate(locale, 'delegates.electedFront'), value: ({ frontLine }) => frontLine },
      {
        title: translate(locale, 'unions.state'),
        value: ({ state }) => translate(locale, `delegates.state.${state}`),
      },
    ],
    rows,
  )
}
