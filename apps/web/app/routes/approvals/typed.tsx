import type { RouterOutputs } from '@gonglian/api'
import { useWords } from '../../records/words.ts'

type Shown = RouterOutputs['approvals']['getApplication']['shown']

/** What was typed, as the domain shows it: facts, and tables of people. */
export function Typed({ shown }: { readonly shown: Shown }) {
  const words = useWords()
  return (
    <>
      <dl className="facts">
        {shown.facts.map(({ label, value, words: codes }) => (
          <div key={label} className="fact">
            <dt>{words(label)}</dt>
            <dd>{codes === undefined ? value : words(`${codes}.${value}`)}</dd>
          </div>
        ))}
      </dl>
      {shown.tables.map(({ label, columns, rows }) => (
        <table key={label} className="gl-plain-table">
          <caption>{words(label)}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {words(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, place) => (
                  <td key={place}>{typeof cell === 'string' ? cell : words(`${cell.words}.${cell.value}`)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  )
}
