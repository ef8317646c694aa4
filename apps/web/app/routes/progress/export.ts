import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../ask.ts'
import { findBoardPeriod } from './choice.ts'

/** `GET /progress/export.csv`: the board as it stands, for Excel and WPS. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const period = findBoardPeriod(searchParams.get('period'), new Date())
  const body = searchParams.get('body')
  const board = await ask(args, (api) =>
    api.progress.getBoard({ itemId: Number(searchParams.get('item')), period, ...(body === null ? {} : { body }) }),
  )
  const { locale } = args.context
  const { scale } = board.item.measure
  const plain = (value: number | null) =>
    value === null ? '' : scale === 0 ? String(value) : (value / 10 ** scale).toFixed(scale)
  const percent = (value: number | null) => (value === null ? '' : (value / 100).toFixed(2))
  const heads = ['rank', 'body', 'light', 'target', 'reported', 'accepted', 'expected', 'rate', 'gap'] as const
  const lines = [board.total, ...board.rows].map((row) =>
    [
      row.rank === null ? '' : String(row.rank),
      row.body.name,
      translate(locale, `states.light.${row.light ?? 'none'}`),
      plain(row.target),
      plain(row.reported.value),
      plain(row.accepted.value),
      plain(row.expected),
      percent(row.rate),
      percent(row.gap),
    ].map(quote),
  )
  const text = [heads.map((head) => quote(translate(locale, `progress.${head}`))), ...lines]
    .map((line) => line.join(','))
    .join('\r\n')
  return new Response(`\uFEFF${text}\r\n`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="progress-${period}.csv"`,
    },
  })
}

/** A cell that begins like a formula must not become one in a spreadsheet. */
function quote(cell: string): string {
  const safe = /^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
