import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate, translateUnknown } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { readLevel } from './problems.ts'

/** `GET /organisation/imports/:id/export.csv` and `.xlsx`: what is wrong with which line, to mend the file by; after a fresh proof. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const importId = Number(args.params['id'])
  const level = readLevel(new URL(args.request.url).searchParams)
  const rows = await ask(args, (api) => api.imports.exportImportProblems({ importId, ...level }))
  return sendTable(
    args,
    translate(locale, 'imports.problems'),
    [
      { title: translate(locale, 'imports.line'), value: ({ line }) => line },
      { title: translate(locale, 'imports.cell'), value: ({ cell }) => cell },
      { title: translate(locale, 'imports.column'), value: ({ column }) => column },
      { title: translate(locale, 'imports.value'), value: ({ value }) => value },
      { title: translate(locale, 'imports.level'), value: (row) => translate(locale, `imports.level.${row.level}`) },
      {
        title: translate(locale, 'imports.problem'),
        value: ({ key, params }) => translateUnknown(locale, key, params),
      },
    ],
    rows,
  )
}
