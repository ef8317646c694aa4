import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { findKind } from './import.ts'

/** A day of the example is a day, so that its cell shows how. */
const sayExample = (text: string | undefined, holds: string | undefined) =>
  holds === 'day' && text !== undefined && text !== '' ? { day: text } : text

/**
 * `GET /organisation/imports/template/export.csv` and `.xlsx`: an empty file to fill in, with one line that shows how. The workbook has
 * words to pick from, the rule of each column as a comment, and cells that keep all digits.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { key: kind } = findKind(new URL(args.request.url).searchParams.get('kind') ?? 'members')
  const { head, example, columns } = await ask(args, (api) => api.imports.readTemplate({ kind, locale }))
  return sendTable(
    args,
    translate(locale, `imports.template.file.${kind}`),
    head.map((title, index) => {
      const column = columns[index]
      const rules = [
        translate(
          locale,
          column?.isRequired === true ? 'imports.template.rule.required' : 'imports.template.rule.optional',
        ),
        ...(column?.holds === 'digits' || column?.holds === 'day' || column?.holds === 'choice'
          ? [translate(locale, `imports.template.rule.${column.holds}`)]
          : []),
      ]
      return {
        title,
        value: (row: readonly string[]) => sayExample(row[index], column?.holds),
        rule: rules.join('\n'),
        ...(column?.holds === 'digits'
          ? { holds: 'text' as const }
          : column?.holds === 'day'
            ? { holds: 'day' as const }
            : {}),
        ...(column && column.choices.length > 0 ? { choices: column.choices } : {}),
      }
    }),
    [example],
  )
}
