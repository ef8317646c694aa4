import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatPeriod, formatUnit } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../ask.ts'
import { sendTable, toFigure, type FileColumn } from '../../table-file.ts'
import { findBoardPeriod, type BoardRow } from './choice.ts'

/** `GET /progress/export.csv` and `.xlsx`: the board as it stands. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const period = findBoardPeriod(searchParams.get('period'), args.context.now)
  const body = searchParams.get('body')
  const board = await ask(args, (api) =>
    api.progress.getBoard({ itemId: Number(searchParams.get('item')), period, ...(body === null ? {} : { body }) }),
  )
  const { locale } = args.context
  const { measure } = board.item
  const name = locale === 'en' ? measure.nameEn : measure.nameZh
  const unit = formatUnit(measure.unit, locale)
  const inUnit = (title: string, value: (row: BoardRow) => number | null): FileColumn<BoardRow> => ({
    title: `${title} (${unit})`,
    value: (row) => toFigure(value(row), measure.scale),
  })
  return sendTable(
    args,
    `${translate(locale, 'progress.title')} ${name} ${board.total.body.name} ${formatPeriod(period, locale)}`,
    [
      { title: translate(locale, 'progress.rank'), value: (row) => row.rank },
      { title: translate(locale, 'progress.body'), value: (row) => row.body.name },
      {
        title: translate(locale, 'progress.light'),
        value: (row) => translate(locale, `states.light.${row.light ?? 'none'}`),
      },
      inUnit(translate(locale, 'progress.target'), (row) => row.target),
      inUnit(translate(locale, 'progress.reported'), (row) => row.reported.value),
      inUnit(translate(locale, 'progress.accepted'), (row) => row.accepted.value),
      inUnit(translate(locale, 'progress.expected'), (row) => row.expected),
      { title: `${translate(locale, 'progress.rate')} (%)`, value: (row) => toFigure(row.rate, 2) },
      { title: translate(locale, 'progress.gap'), value: (row) => toFigure(row.gap, 2) },
      { title: translate(locale, 'progress.counts.expected'), value: (row) => row.coverage?.expected },
      { title: translate(locale, 'progress.counts.reported'), value: (row) => row.coverage?.reported },
      { title: translate(locale, 'progress.counts.reviewed'), value: (row) => row.coverage?.reviewed },
      inUnit(translate(locale, 'progress.forecast'), (row) => row.forecast),
    ],
    [board.total, ...board.rows],
  )
}
