import { tables as organisation } from '@gonglian/organisation/isolation'
import { platformTables, type TableEntries } from '@gonglian/tenancy/isolation'

const all = [platformTables, organisation]

const join = <T>(records: readonly Readonly<Record<string, T>>[]) =>
  Object.fromEntries(records.flatMap(Object.entries<T>))

/** All tables, for the test of what each of them shows to whom. */
export const tableEntries: TableEntries = {
  rules: join(all.map(({ rules }) => rules)),
  plants: join(all.map(({ plants }) => plants)),
  keys: join(all.map(({ keys }) => keys)),
  definers: join(all.map(({ definers }) => definers)),
  definerPolicies: all.flatMap(({ definerPolicies }) => definerPolicies).toSorted(),
}
