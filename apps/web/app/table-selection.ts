import type { TableSelection } from '@gonglian/ui'

type Naming<Row> = Pick<TableSelection<Row>, 'label' | 'refusal'> & { readonly id: (row: Row) => number }

/** The rows of a table chosen by their numbers; undefined where nobody may choose. */
export function chooseRows<Row>(
  chosen: ReadonlySet<number>,
  onChoose: ((chosen: ReadonlySet<number>) => void) | null,
  { id, ...naming }: Naming<Row>,
): TableSelection<Row> | undefined {
  if (onChoose === null) return undefined
  return {
    ...naming,
    isChosen: (row) => chosen.has(id(row)),
    onChoose: (rows, on) => {
      const next = new Set(chosen)
      for (const row of rows) {
        if (on) next.add(id(row))
        else next.delete(id(row))
      }
      onChoose(next)
    },
  }
}
