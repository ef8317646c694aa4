import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'

/** `GET /organisation/imports/template/export.csv` and `.xlsx`: an empty file to fill in, with one line that shows how. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { head, example } = await ask(args, (api) => api.imports.readTemplate({ locale }))
  return sendTable(
    args,
    translate(locale, 'imports.template.file'),
    head.map((title, index) => ({ title, value: (row: readonly string[]) => row[index] })),
    [example],
  )
}
