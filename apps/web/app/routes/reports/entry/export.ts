import type { LoaderFunctionArgs } from '@remix-run/node'
import { marks } from '@gonglian/indicators/figures'
import { formatPeriod, type EntryValue } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable, toFigure } from '../../../table-file.ts'
import { findFigureHand } from '../../../figure-hand.ts'
import { nameForm } from '../names.ts'
import { readEntries } from './cells.ts'
import { listEntryItems, showValues } from './report.ts'

/** `GET /reports/:form/:period/export.csv` and `.xlsx`: a report as it stands, one item a line. */
export async function loader(args: LoaderFunctionArgs) {
  const { form = '', period = '' } = args.params
  const { locale } = args.context
  const body = new URL(args.request.url).searchParams.get('body')
  const report = await ask(args, (api) => api.reports.getReport({ form, period, ...(body === null ? {} : { body }) }))
  const hand = findFigureHand(locale)
  // What is said with a word (about, over, a range) is a text; all else is a figure.
  const sayEntry = (entry: EntryValue, item: { unit: string; scale: number }) =>
    entry.mark === marks.exact && entry.upper == null ? toFigure(entry.value, item.scale) : hand.write(entry, item)
  const values = readEntries(report.draft ?? report.sheet)
  const items = listEntryItems(report, values, locale)
  const shown = showValues(items, values)
  let section = ''
  const rows = items.map((item) => {
    section = item.section ?? section
    return { item, section, entry: shown[item.key] }
  })
  return sendTable(
    args,
    `${nameForm(report.form, locale)} ${formatPeriod(period, locale)} ${report.body.name}`,
    [
      { title: translate(locale, 'reports.column.section'), value: (row) => row.section },
      { title: translate(locale, 'entry.item'), value: (row) => row.item.label },
      { title: translate(locale, 'entry.unit'), value: (row) => row.item.unit },
      {
        title: translate(locale, 'entry.lastPeriod'),
        value: (row) => toFigure(row.item.lastPeriod?.value, row.item.scale),
      },
      {
        title: translate(locale, 'entry.lastYear'),
        value: (row) => toFigure(row.item.lastYear?.value, row.item.scale),
      },
      {
        title: translate(locale, 'entry.declared'),
        value: ({ item, entry }) => (entry ? sayEntry(entry, item) : null),
      },
      { title: translate(locale, 'entry.note'), value: (row) => row.entry?.note },
    ],
    rows,
  )
}
