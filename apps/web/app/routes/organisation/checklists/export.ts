import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readEveryPage } from '../../../every-page.ts'
import { sendTable } from '../../../table-file.ts'
import type { ChecklistRow } from './checklist.ts'

/** `GET /organisation/checklists/export.csv` and `.xlsx`: the lists in force, as the search leaves them. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { search } = readTableQuery(new URL(args.request.url).searchParams, 'lists')
  const rows = await ask(args, (api) =>
    readEveryPage((part) =>
      api.checklists.listChecklists({ coming: true, search: search.trim().slice(0, 80), ...part }),
    ),
  )
  const columns = [
    {
      key: 'name',
      title: translate(locale, 'checklists.name'),
      value: ({ nameZh, nameEn }: ChecklistRow) => (locale === 'en' ? nameEn : nameZh),
    },
    {
      key: 'issuer',
      title: translate(locale, 'checklists.issuer'),
      value: ({ issuerName }: ChecklistRow) => issuerName,
    },
    {
      key: 'purpose',
      title: translate(locale, 'checklists.purpose'),
      value: ({ purpose }: ChecklistRow) => translate(locale, `checklists.purpose.${purpose}`),
    },
    {
      key: 'enforcement',
      title: translate(locale, 'checklists.enforcement'),
      value: ({ enforcement }: ChecklistRow) => translate(locale, `checklists.enforcement.${enforcement}`),
    },
    { key: 'edition', title: translate(locale, 'checklists.edition'), value: ({ edition }: ChecklistRow) => edition },
    {
      key: 'items',
      title: translate(locale, 'checklists.itemCount'),
      value: ({ items }: ChecklistRow) => Number(items ?? 0),
    },
    {
      key: 'from',
      title: translate(locale, 'checklists.validFrom'),
      value: ({ validFrom }: ChecklistRow) => validFrom,
    },
  ]
  return sendTable(args, translate(locale, 'checklists.title'), columns, rows)
}
