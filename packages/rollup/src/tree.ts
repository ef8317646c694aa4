import { sql } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'

/** The two trees figures roll up along: 块 and 条. A body counts once in each (P3). */
export const hierarchies = ['regional', 'line'] as const
export type Hierarchy = (typeof hierarchies)[number]

/** One part of a body's total: the body itself (`id === body`) or a body directly below it. */
export type Member = {
  readonly body: number
  readonly id: number
  /** The part itself has to fill in the form. */
  readonly owes: boolean
}

type Branch = { hierarchy: Hierarchy; day: string; fillerLevels: readonly string[] }

const validOn = (day: string) => sql`l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date)`

/**
 * What the totals of the given bodies are made of, by the tree of that day (P5): each body itself and those directly below.
 * A body with nobody below it does not appear.
 */
export async function listMembers(ctx: TenantContext, branch: Branch, bodies: readonly number[]): Promise<Member[]> {
  const { rows } = await sql<Member>`
    with below as (
      select l.parent_id, l.federation_id from tenancy.link l
      where l.hierarchy = ${branch.hierarchy} and l.parent_id = any (${bodies}::int[]) and ${validOn(branch.day)}
    )
    select part.body, part.id, f.level = any (${branch.fillerLevels}::text[]) as owes
    from (select parent_id as body, federation_id as id from below union all select distinct parent_id, parent_id from below) part
    join tenancy.federation f on f.id = part.id`.execute(ctx.db)
  return rows
}

/** The members of every body that has bodies below it on that day, the deepest level first. Reads each link once. */
export async function listLevels(ctx: TenantContext, branch: Branch): Promise<Member[][]> {
  const { rows: links } = await sql<Member>`
    select l.parent_id as body, l.federation_id as id, f.level = any (${branch.fillerLevels}::text[]) as owes
    from tenancy.link l join tenancy.federation f on f.id = l.federation_id
    where l.hierarchy = ${branch.hierarchy} and ${validOn(branch.day)}`.execute(ctx.db)
  const above = new Map(links.map((link) => [link.id, link]))
  const parents = [...new Set(links.map((link) => link.body))]
  const tops = parents.filter((id) => !above.has(id))
  const { rows: own } = await sql<{ id: number; owes: boolean }>`
    select id, level = any (${branch.fillerLevels}::text[]) as owes from tenancy.federation where id = any (${tops}::int[])`.execute(
    ctx.db,
  )
  const owesAtTop = new Map(own.map((row) => [row.id, row.owes]))
  const depths = new Map<number, number>()
  const depthOf = (id: number): number => {
    const known = depths.get(id)
    if (known !== undefined) return known
    const link = above.get(id)
    const depth = link ? depthOf(link.body) + 1 : 0
    depths.set(id, depth)
    return depth
  }
  const levels: Member[][] = []
  const put = (member: Member) => (levels[depthOf(member.body)] ??= []).push(member)
  for (const id of parents) put({ body: id, id, owes: above.get(id)?.owes ?? owesAtTop.get(id) ?? false })
  for (const link of links) put(link)
  return levels.reverse()
}

/**
 * Of the given bodies, how deep each stands in the tree of that day; whoever is not in it stands at 0. Climbs links one by
 * one: four steps a body.
 */
export async function listDepths(
  ctx: TenantContext,
  hierarchy: Hierarchy,
  day: string,
  bodies: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; depth: number }>`
    with recursive up as (
      select body.id, body.id as at, 0 as depth from unnest(${bodies}::int[]) as body(id)
      union all
      select up.id, l.parent_id, up.depth + 1 from up
      join tenancy.link l on l.federation_id = up.at and l.hierarchy = ${hierarchy} and ${validOn(day)}
    )
    select id, max(depth) as depth from up group by id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.depth]))
}

/** The bodies directly above the given ones on that day. */
export async function listParents(
  ctx: TenantContext,
  hierarchy: Hierarchy,
  day: string,
  bodies: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct l.parent_id as id from tenancy.link l
    where l.federation_id = any (${bodies}::int[]) and l.hierarchy = ${hierarchy} and ${validOn(day)}`.execute(ctx.db)
  return rows.map((row) => row.id)
}

/**
 * The body at the top of today's tree. The worker acts for it: after a move, the old superior's closed periods still sum the
 * moved body's reports, which only the top still sees (P5).
 */
export async function readRoot(ctx: TenantContext): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select f.id from tenancy.federation f
    where f.valid_to is null and not exists (
      select 1 from tenancy.link l where l.federation_id = f.id and l.hierarchy = 'regional' and l.valid_to is null)
    order by f.id limit 1`.execute(ctx.db)
  return rows[0]?.id ?? null
}
