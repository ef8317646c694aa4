import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readListing } from './transfer.ts'

/** `GET /organisation/transfers/export.csv` and `.xlsx`: transfers of a direction and state, after a fresh proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const listing = readListing(new URL(args.request.url).searchParams)
  const rows = await ask(args, (api) => api.transfers.exportTransfers(listing))
  return sendTable(
    args,
    `${translate(locale, 'transfers.title')} ${translate(locale, `transfers.${listing.direction}`)}`,
    [
      { title: translate(locale, 'members.name'), value: ({ name }) => name },
      { title: translate(locale, 'members.idNumber'), value: ({ idNumber }) => idNumber },
      {
        title: translate(locale, 'members.sex'),
        value: ({ sex }) => (sex === null ? '' : translate(locale, `members.sex.${sex}`)),
      },
      { title: translate(locale, 'members.age'), value: ({ age }) => age },
      { title: translate(locale, 'members.kind'), value: ({ kind }) => translate(locale, `members.kind.${kind}`) },
      { title: translate(locale, 'transfers.from'), value: ({ fromUnion }) => fromUnion },
      { title: translate(locale, 'transfers.from.body'), value: ({ fromBody }) => fromBody },
      { title: translate(locale, 'transfers.to'), value: ({ toUnion }) => toUnion },
      { title: translate(locale, 'transfers.to.body'), value: ({ toBody }) => toBody },
      { title: translate(locale, 'transfers.reason'), value: ({ reason }) => reason },
      { title: translate(locale, 'transfers.asked'), value: ({ requestedOn }) => requestedOn },
      {
        title: translate(locale, 'members.state'),
        value: ({ state }) => translate(locale, `transfers.state.${state}`),
      },
      { title: translate(locale, 'transfers.decided'), value: ({ decidedOn }) => decidedOn },
      { title: translate(locale, 'transfers.answer'), value: ({ answer }) => answer },
    ],
    rows,
  )
}
