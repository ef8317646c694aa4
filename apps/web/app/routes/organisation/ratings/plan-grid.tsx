import type { RouterOutputs } from '@gonglian/api'
import { useLocale, useText } from '@gonglian/ui'
import { nameLevel, quarters, type Scheme } from './rating.ts'

export type PlanGridProps = {
  readonly scheme: Scheme
  readonly grid: RouterOutputs['ratings']['readPlanGrid']
  readonly year: number
}

/** Per level and quarter: how many unions hold it of those planned. */
export function PlanGrid({ scheme, grid, year }: PlanGridProps) {
  const text = useText()
  const locale = useLocale()
  return (
    <section>
      <h2>{text('ratings.grid', { year: String(year) })}</h2>
      <div className="register-side">
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('ratings.level')}</th>
              {quarters.map((quarter) => (
                <th key={quarter} scope="col" className="gl-figure">
                  {text('ratings.quarterOf', { quarter })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scheme.levels.map(({ rank }) => (
              <tr key={rank}>
                <th scope="row">{nameLevel(scheme, rank, locale)}</th>
                {quarters.map((quarter) => {
                  const cell = grid.cells.find((one) => one.rank === rank && one.quarter === Number(quarter))
                  return (
                    <td key={quarter} className="gl-figure">
                      {cell === undefined ? '—' : `${cell.reached} / ${cell.planned}`}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="gl-hint">{text('ratings.grid.of')}</p>
    </section>
  )
}
