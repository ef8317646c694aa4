import { codeOf, type SplitView } from './rows.ts'

/** The body of a row, as short as it is known by. */
export function nameRow(view: Pick<SplitView, 'rows'>, code: string): string {
  return view.rows.find((row) => codeOf(row) === code)?.body.shortName || code
}

const named = 5

/** The first few of some rows by name. */
export function nameRows(view: Pick<SplitView, 'rows'>, codes: readonly string[]): string {
  return codes
    .slice(0, named)
    .map((code) => nameRow(view, code))
    .join('、')
}
