import { formatFigure, useLocale, useText, type EntryItem } from '@gonglian/ui'
import { isSameEntry, readEntry } from './cells.ts'
import type { KeptSheet } from './keeper.ts'
import type { Report } from './report.ts'

type Props = { readonly items: readonly EntryItem[]; readonly known: Report; readonly kept: KeptSheet }

/** What one typed and could not save any more, because the report was handed in meanwhile: it stays to be read and copied. */
export function UnsavedCells({ items, known, kept }: Props) {
  const text = useText()
  const locale = useLocale()
  if (kept.saving.kind === 'saved') return null
  const unsaved = items.filter((item) => {
    const entry = kept.values[item.key]
    return item.editable && entry && !isSameEntry(entry, readEntry(known.sheet, Number(item.key)))
  })
  if (unsaved.length === 0) return null
  return (
    <section className="report-notice report-notice-refusal" aria-label={text('reports.unsaved')}>
      <p>{text('reports.unsaved')}</p>
      <ul>
        {unsaved.map((item) => {
          const entry = kept.values[item.key]
          return (
            <li key={item.key}>
              {item.label}:{' '}
              {formatFigure(entry?.value, {
                locale,
                scale: item.scale,
                unit: item.unit,
                mark: entry?.mark,
                upper: entry?.upper ?? null,
              })}{' '}
              {entry?.note}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
