import { Icon, useText } from '@gonglian/ui'
import type { Translate } from '@gonglian/ui/messages'
import { readRows, type ActColumn, type ActValues } from './act-values.ts'

export type RowsFieldProps = {
  readonly label: string
  readonly required?: boolean
  readonly columns: readonly ActColumn[]
  readonly value: string
  readonly wrong: string | null
  /** What the rows come to. */
  readonly hint?: string | undefined
  /** The rows are those that are given: none is added, none taken away. */
  readonly isFixed?: boolean
  readonly onChange: (value: string) => void
}

/** A small table that is filled in: people, votes, quotas. Always one row more than is filled. */
export function RowsField({
  label,
  required = false,
  columns,
  value,
  wrong,
  hint,
  isFixed = false,
  onChange,
}: RowsFieldProps) {
  const text = useText()
  const rows = readRows(value)
  const shown = rows.length === 0 ? [{}] : rows
  const write = (next: readonly ActValues[]) => onChange(JSON.stringify(next))
  const change = (index: number, name: string, typed: string) =>
    write(shown.map((row, place) => (place === index ? { ...row, [name]: typed } : row)))
  return (
    <fieldset className="act-rows" data-required={required ? '' : undefined} aria-invalid={wrong !== null}>
      <legend>{label}</legend>
      <div className="act-rows-box">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.label}
                </th>
              ))}
              {isFixed ? null : <td />}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column.name}>
                    <Cell
                      column={column}
                      label={text('acts.cell', { label: column.label, row: index + 1 })}
                      value={row[column.name] ?? ''}
                      onChange={(typed) => change(index, column.name, typed)}
                    />
                  </td>
                ))}
                {isFixed ? null : (
                  <td>
                    <button
                      type="button"
                      className="gl-icon-button"
                      aria-label={text('acts.row.remove', { row: index + 1 })}
                      onClick={() => write(shown.filter((_, place) => place !== index))}
                    >
                      <Icon name="close" />
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {isFixed ? null : (
        <button
          type="button"
          className="gl-button"
          onClick={() => write([...shown, repeatChoices(columns, shown.at(-1))])}
        >
          {text('acts.row.add')}
        </button>
      )}
      {hint === undefined ? null : (
        <p className="gl-hint" role="status">
          {hint}
        </p>
      )}
      {wrong === null ? null : (
        <p className="gl-error-text" role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

/** What is wrong with the rows of a field, each with the number of its row; null: nothing. */
export function sayRows(
  text: Translate,
  name: string,
  faults: readonly { readonly path: string; readonly message: string }[],
): string | null {
  if (faults.length === 0) return null
  return faults
    .map(({ path, message }) => {
      const row = /^\.(\d+)/.exec(path.slice(name.length))?.[1]
      return row === undefined ? message : text('acts.row.wrong', { row: Number(row) + 1, message })
    })
    .join(' ')
}

/** The next row is mostly like the last: for the same body. */
function repeatChoices(columns: readonly ActColumn[], last: ActValues = {}): ActValues {
  const chosen = columns.filter(({ kind }) => kind === 'choice').map(({ name }) => [name, last[name] ?? ''])
  return Object.fromEntries(chosen)
}

type CellProps = {
  readonly column: ActColumn
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function Cell({ column, label, value, onChange }: CellProps) {
  if (column.kind === 'said') return <span>{value}</span>
  if (column.kind === 'check')
    return (
      <input
        type="checkbox"
        aria-label={label}
        checked={value === 'yes'}
        onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
      />
    )
  if (column.kind === 'choice')
    return (
      <select
        className="gl-input"
        aria-label={label}
        value={value === '' ? column.options?.[0]?.value : value}
        onChange={(event) => onChange(event.target.value)}
      >
        {column.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )
  return (
    <input
      className="gl-input"
      aria-label={label}
      value={value}
      maxLength={column.kind === 'number' ? 12 : (column.maxLength ?? 60)}
      inputMode={column.kind === 'number' ? 'numeric' : 'text'}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
