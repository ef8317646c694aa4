import { FigureCell, formatUnit, useLocale, useText, type EntryItem, type EntryValues } from '@gonglian/ui'
import { isSameEntry } from './cells.ts'
import { Difference } from '../difference.tsx'

type Props = {
  readonly items: readonly EntryItem[]
  readonly after: EntryValues
  /** Null: compared with the period before. */
  readonly before: EntryValues | null
  readonly title: string
}

/** The items whose figure differs from before, with by how much. */
export function SheetChanges({ items, after, before, title }: Props) {
  const text = useText()
  const locale = useLocale()
  const rows = items.flatMap((item) => {
    const now = after[item.key]
    if (!now) return []
    const given = before?.[item.key]
    const past = before ? (given ?? null) : item.lastPeriod
    const isSame = given ? isSameEntry(now, given) : (past?.value ?? null) === now.value
    return isSame ? [] : [{ item, now, past }]
  })
  return (
    <section>
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="gl-hint">{text('reports.changes.none')}</p>
      ) : (
        <table className="gl-plain-table report-changes">
          <thead>
            <tr>
              <th scope="col">{text('entry.item')}</th>
              <th scope="col">{text('entry.unit')}</th>
              <th scope="col" className="gl-figure">
                {text(before ? 'reports.changes.before' : 'entry.lastPeriod')}
              </th>
              <th scope="col" className="gl-figure">
                {text('reports.changes.now')}
              </th>
              <th scope="col" className="gl-figure">
                {text('reports.changes.by')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ item, now, past }) => (
              <tr key={item.key}>
                <th scope="row">{item.label}</th>
                <td>{formatUnit(item.unit, locale)}</td>
                <td className="gl-figure">
                  <FigureCell value={past?.value} mark={past?.mark} upper={past?.upper ?? null} scale={item.scale} />
                </td>
                <td className="gl-figure">
                  <FigureCell value={now.value} mark={now.mark} upper={now.upper ?? null} scale={item.scale} />
                </td>
                <td className="gl-figure">
                  <Difference now={now.value} before={past?.value ?? null} unit={item.unit} scale={item.scale} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length === items.length ? null : (
        <p className="gl-hint">{text('reports.changes.same', { count: items.length - rows.length })}</p>
      )}
    </section>
  )
}
