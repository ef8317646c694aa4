import { issued, ordinary, personal, type Verb } from './sight.ts'
import { plantSimply, type SimplePlant, type TableEntries } from './world.ts'

const kinds = { ordinary, personal, issued } as const

/**
 * A table as most are: `ordinary` is read by its body and all above, `personal` by its body alone (handbook 14.2), `issued` by all below,
 * too. Its body does with rows what `may` says.
 */
export type DescribedTable = SimplePlant & { readonly kind: keyof typeof kinds; readonly may: readonly Verb[] }

/**
 * The tables of a domain: those that one line describes, and whatever needs more words.
 *
 * @param schema of the database
 */
export function describeTables(
  schema: string,
  tables: Readonly<Record<string, DescribedTable>>,
  more: Partial<TableEntries> = {},
): TableEntries {
  const described = Object.entries(tables).map(([table, of]) => ({ name: `${schema}.${table}`, of }))
  return {
    rules: { ...Object.fromEntries(described.map(({ name, of }) => [name, kinds[of.kind](...of.may)])), ...more.rules },
    plants: { ...Object.fromEntries(described.map(({ name, of }) => [name, plantSimply(of)])), ...more.plants },
    keys: { ...more.keys },
    definers: { ...more.definers },
    definerPolicies: more.definerPolicies ?? [],
  }
}
