import { useState } from 'react'
import { Icon } from './icons.tsx'
import { Popup } from './popup.tsx'
import type { DataColumn } from './table-column.ts'
import { useText } from './text.tsx'

export type TableFilterProps = {
  readonly title: string
  readonly filters: NonNullable<DataColumn<unknown>['filters']>
  readonly chosen: readonly string[]
  readonly onChoose: (chosen: readonly string[]) => void
}

/** The funnel in a column's head: rows with any of the chosen values stay. */
export function TableFilter({ title, filters, chosen, onChoose }: TableFilterProps) {
  const text = useText()
  const label =
    chosen.length === 0
      ? text('tables.filter', { column: title })
      : text('tables.filter.on', { column: title, count: chosen.length })
  return (
    <Popup
      floating
      className={`gl-table-filter ${chosen.length === 0 ? '' : 'gl-table-filtered'}`}
      label={label}
      button={<Icon name="filter" size={14} />}
    >
      {(close) => (
        <FilterChoice
          filters={filters}
          chosen={chosen}
          onChoose={(next) => {
            close()
            onChoose(next)
          }}
        />
      )}
    </Popup>
  )
}

function FilterChoice({ filters, chosen, onChoose }: Omit<TableFilterProps, 'title'>) {
  const text = useText()
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set(chosen))
  const toggle = (value: string, on: boolean) => {
    const next = new Set(picked)
    if (on) next.add(value)
    else next.delete(value)
    setPicked(next)
  }
  return (
    <form
      className="gl-table-choices"
      onSubmit={(event) => {
        event.preventDefault()
        onChoose(filters.flatMap(({ value }) => (picked.has(value) ? [value] : [])))
      }}
    >
      <div className="gl-table-values">
        {filters.map(({ value, label }) => (
          <label key={value} className="gl-choice">
            <input
              type="checkbox"
              checked={picked.has(value)}
              onChange={(event) => toggle(value, event.target.checked)}
            />
            {label}
          </label>
        ))}
      </div>
      <div className="gl-table-choices-foot">
        <button type="button" className="gl-link-button" disabled={picked.size === 0} onClick={() => onChoose([])}>
          {text('tables.clear')}
        </button>
        <button type="submit" className="gl-button gl-button-main">
          {text('pages.confirm')}
        </button>
      </div>
    </form>
  )
}
