import { firstYear, lastYear } from '@gonglian/records/declared'
import { Icon, useText } from '@gonglian/ui'
import { useAddress } from './address.ts'

/** The year of a register, and the ones beside it. `table`: whose pages begin anew. */
export function YearSteps({ year, table }: { readonly year: number; readonly table?: string }) {
  const text = useText()
  const { change } = useAddress()
  const step = (by: number) =>
    change({ year: String(year + by), ...(table === undefined ? {} : { [`${table}.page`]: null }) })
  return (
    <div className="year-steps" role="group" aria-label={text('registers.year')}>
      <button
        type="button"
        className="gl-icon-button"
        aria-label={text('registers.year.before')}
        disabled={year <= firstYear}
        onClick={() => step(-1)}
      >
        <Icon name="left" />
      </button>
      <span className="gl-figure-text">{text('registers.yearOf', { year: String(year) })}</span>
      <button
        type="button"
        className="gl-icon-button"
        aria-label={text('registers.year.after')}
        disabled={year >= lastYear}
        onClick={() => step(1)}
      >
        <Icon name="right" />
      </button>
    </div>
  )
}
