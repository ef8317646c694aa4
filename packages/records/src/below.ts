import {
  findFederations,
  found,
  getFederation,
  listChildren,
  placeBelow,
  requirePermission,
  type Permission,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

/**
 * How a list that a superior reads is counted by the level below, before anybody reads rows: one line for each body directly below, with all that
 * stands under it. The text of a measure is `below.<name>.<measure>`.
 */
export type Grouping<Measure extends string = string> = {
  /** The name of its page and of its file: `unions`. */
  readonly name: string
  readonly permission: Permission
  /** One row for each record in sight that counts, with the column `tenant_id` and whatever the measures read. Row-level security decides what is in sight. */
  readonly rows: (ctx: TenantContext) => RawBuilder<unknown> | Promise<RawBuilder<unknown>>
  /** What is counted, as aggregates over the rows `r`. */
  readonly measures: Readonly<Record<Measure, RawBuilder<number>>>
  /** The measure by which the worst come first; `least`: the fewest are the worst. */
  readonly worst: { readonly measure: NoInfer<Measure>; readonly is: 'most' | 'least' }
}

export type Group = {
  readonly code: string
  readonly name: string
  /** What the body itself keeps, beside those below it. */
  readonly isOwn: boolean
  /** Has bodies below it: it can be opened. */
  readonly hasBelow: boolean
  /** By measure; null: the body has no record, which is not 0. */
  readonly counts: Readonly<Record<string, number>> | null
}

export type Groups = {
  readonly name: string
  readonly body: { readonly code: string; readonly name: string; readonly level: string }
  readonly measures: readonly string[]
  readonly worst: string
  /** The worst first; bodies without a record last. */
  readonly groups: readonly Group[]
  readonly total: Readonly<Record<string, number>>
  /** More than one body has records: rows of one body alone are no groups. */
  readonly isGrouped: boolean
}

/** Declares how a list is counted by the level below. */
export function defineGrouping<const Measure extends string>(grouping: Grouping<Measure>): Grouping<Measure> {
  return grouping
}

/**
 * Counts a list by the level below a body, all of it in one statement.
 *
 * @throws DomainError not_found for a body that is neither the actor's nor below it
 */
export async function countBelow(
  ctx: TenantContext,
  grouping: Grouping,
  input: { readonly body?: string | undefined },
): Promise<Groups> {
  requirePermission(ctx, grouping.permission)
  const root = input.body === undefined ? ctx.tenantId : (await getFederation(ctx, input.body)).id
  const names = Object.keys(grouping.measures)
  const sums = sql.join(
    Object.entries(grouping.measures).map(([name, count]) => sql`(${count})::bigint as ${sql.ref(name)}`),
  )
  const { rows } = await sql<Record<string, number> & { top: number | null }>`
    with listed as materialized (${await grouping.rows(ctx)}), keeper as materialized (select distinct tenant_id from listed),
    place as materialized (${placeBelow(root, sql`select tenant_id from keeper`)})
    select place.top, ${sums} from listed r join place on place.tenant_id = r.tenant_id group by grouping sets ((place.top), ())`.execute(
    ctx.db,
  )
  const known = new Map(rows.map((row) => [row.top, row]))
  const pick = (row: Record<string, number> | undefined) =>
    Object.fromEntries(names.map((name) => [name, row?.[name] ?? 0]))
  const { code, shortName, level } = found((await findFederations(ctx, [root])).get(root), 'errors.bodyNotFound')
  const own = { code, name: shortName, level }
  const children = await listChildren(ctx, root)
  const groups = [
    ...children.map(({ id, code, shortName, childCount }) => ({ id, code, name: shortName, hasBelow: childCount > 0 })),
    { id: root, code: own.code, name: own.name, hasBelow: false },
  ].map(({ id, code, name, hasBelow }): Group => {
    const row = known.get(id)
    return { code, name, hasBelow, isOwn: id === root, counts: row === undefined ? null : pick(row) }
  })
  return {
    name: grouping.name,
    body: own,
    measures: names,
    worst: grouping.worst.measure,
    groups: orderGroups(
      groups.filter(({ isOwn, counts }) => !isOwn || counts !== null),
      grouping.worst,
    ),
    total: pick(known.get(null)),
    isGrouped: groups.filter(({ counts }) => counts !== null).length > 1,
  }
}

/** The worst first, whoever has no record last, equals by code. */
function orderGroups(groups: readonly Group[], { measure, is }: Grouping['worst']): Group[] {
  const rank = ({ counts }: Group) =>
    counts === null ? Number.POSITIVE_INFINITY : (counts[measure] ?? 0) * (is === 'most' ? -1 : 1)
  return groups.toSorted((a, b) => {
    const [first, second] = [rank(a), rank(b)]
    return first === second ? (a.code < b.code ? -1 : 1) : first - second
  })
}
