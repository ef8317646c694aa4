import { mayDo, spellTyped, type Permission, type TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

/** A record that the search of the frame found. */
export type FoundRecord = {
  readonly id: string
  readonly title: string
  /** What tells it from others of the same name: its body, its union. */
  readonly detail: string
  /** The address of its page. */
  readonly to: string
}

/** What was typed: as it is, and as names are spelled in pinyin. */
export type Typed = { readonly text: string; readonly spelled: string }

/** One kind of record that Ctrl-K finds. Its name is the text `search.<kind>`. */
export type Search = {
  readonly kind: string
  readonly permission: Permission
  /** The best of what begins with, or in the own body holds, what was typed; no more than the limit. */
  readonly find: (ctx: TenantContext, typed: Typed, limit: number) => Promise<FoundRecord[]>
}

/**
 * Rows whose name or initials begin with what was typed. Written with comparisons: row-level security lets them use an index, which it
 * forbids to patterns.
 *
 * @param name a column with an index of its own in the order of code points
 */
export function beginsWith(typed: Typed, name: string, initials: string): RawBuilder<boolean> {
  const starts = (column: string, text: string) =>
    sql`(${sql.ref(column)} >= ${text} and ${sql.ref(column)} < ${`${text}\u{10FFFF}`})`
  if (!/^[a-z0-9]+$/.test(typed.spelled)) return sql<boolean>`${starts(name, typed.text)}`
  return sql<boolean>`(${starts(name, typed.text)} or ${starts(initials, typed.spelled)})`
}

/** Asks every kind that the actor may see; kinds without a hit are left out. */
export async function searchRecords(
  searches: readonly Search[],
  ctx: TenantContext,
  text: string,
  limit: number,
): Promise<(FoundRecord & { kind: string })[]> {
  const typed = { text, spelled: spellTyped(text) }
  const hits: (FoundRecord & { kind: string })[] = []
  for (const { kind, permission, find } of searches) {
    if (!mayDo(ctx.actor.roles, permission)) continue
    hits.push(...(await find(ctx, typed, limit)).map((hit) => ({ ...hit, kind })))
  }
  return hits
}
