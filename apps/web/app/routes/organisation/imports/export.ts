import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { findKind, type Import } from './import.ts'

const pageSize = 200

/** `GET /organisation/imports/export.csv` and `.xlsx`: every import of the body. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const rows = await ask(args, async (api) => {
    const gathered: Import[] = []
    for (let page = 1; page <= 1000; page += 1) {
      const part = await api.imports.listImports({ page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) break
    }
    return gathered
  })
  return sendTable(
    args,
    translate(locale, 'imports.title'),
    [
      { title: translate(locale, 'imports.file'), value: ({ fileName }) => fileName },
      {
        title: translate(locale, 'imports.kind'),
        value: ({ kind }) => translate(locale, `imports.kind.${findKind(kind).key}`),
      },
      { title: translate(locale, 'members.state'), value: ({ state }) => translate(locale, `imports.state.${state}`) },
      { title: translate(locale, 'imports.rows'), value: (row) => row.rows },
      { title: translate(locale, 'imports.good'), value: (row) => row.good },
      { title: translate(locale, 'imports.bad'), value: (row) => row.bad },
      { title: translate(locale, 'imports.written'), value: (row) => row.done },
      { title: translate(locale, 'imports.actor'), value: ({ actor }) => actor },
      { title: translate(locale, 'imports.at'), value: ({ createdAt }) => createdAt.toISOString() },
    ],
    rows,
  )
}
