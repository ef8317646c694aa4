import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { TenantContext } from './context.ts'
import { found } from './error.ts'
import { createMemory } from './memory.ts'
import { paging } from './paging.ts'
import { requirePermission } from './permissions.ts'
import { spellTyped } from './spelling.ts'

/** From the top down. */
export const levels = ['national', 'province', 'city', 'county', 'township'] as const
export type Level = (typeof levels)[number]
export type Federation = {
  id: number
  code: string
  name: string
  shortName: string
  level: Level
  kind: 'regional' | 'industry'
  unionKind: string
  validFrom: string
  validTo: string | null
}
export type TreeNode = Federation & { childCount: number }

const columns = ['id', 'code', 'name', 'short_name', 'level', 'kind', 'union_kind', 'valid_from', 'valid_to'] as const
type Row = {
  id: number
  code: string
  name: string
  short_name: string
  level: Level
  kind: 'regional' | 'industry'
  union_kind: string
  valid_from: string
  valid_to: string | null
}

function toFederation(row: Row): Federation {
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    shortName: row.short_name,
    level: row.level,
    kind: row.kind,
    unionKind: row.union_kind,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }
}

export const FederationCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z][0-9A-Z-]{0,23}$/)

/** The body with this code, if it is within sight (own, below, or a superior). */
export async function getFederation(ctx: TenantContext, code: string): Promise<Federation> {
  requirePermission(ctx, 'federation:read')
  return toFederation(
    found(
      await ctx.db.selectFrom('tenancy.federation').select(columns).where('code', '=', code).executeTakeFirst(),
      'errors.bodyNotFound',
    ),
  )
}

/** Those of the given bodies that are within sight, by id; the others are left out. */
export async function findFederations(ctx: TenantContext, ids: readonly number[]): Promise<Map<number, Federation>> {
  requirePermission(ctx, 'federation:read')
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('tenancy.federation')
    .select(columns)
    .where('id', '=', sql<number>`any (${[...ids]})`)
    .execute()
  return new Map(rows.map((row) => [row.id, toFederation(row)]))
}

const rememberSuperiors = createMemory<readonly Federation[]>()

/** The superiors of a body within sight, from the top down, itself last. */
export async function listSuperiors(
  ctx: TenantContext,
  federationId: number,
  hierarchy: 'regional' | 'line' = 'regional',
): Promise<readonly Federation[]> {
  requirePermission(ctx, 'federation:read')
  // Forms, indicators and parameters each ask whose are in force: a desk asked ten times.
  return rememberSuperiors(ctx, `${hierarchy} ${federationId}`, () => readSuperiors(ctx, federationId, hierarchy))
}

async function readSuperiors(
  ctx: TenantContext,
  federationId: number,
  hierarchy: 'regional' | 'line',
): Promise<Federation[]> {
  const rows = await sql<Row>`
    with recursive up as (
      select ${federationId}::int as id, 0 as step
      union all
      select l.parent_id, step + 1 from up join tenancy.link l on l.federation_id = up.id and l.hierarchy = ${hierarchy} and l.valid_to is null
    )
    select f.id, f.code, f.name, f.short_name, f.level, f.kind, f.union_kind, f.valid_from, f.valid_to
    from up join tenancy.federation f on f.id = up.id
    -- Five ids as an index condition; the join alone would read all 44,704 bodies.
    where f.id = any (array(select id from up)) order by step desc`.execute(ctx.db)
  return rows.rows.map(toFederation)
}

/** The bodies directly below one, as the tree stands today, with how many each has below itself: all, to calculate with. Reads link_children only. */
export async function listChildren(
  ctx: TenantContext,
  parentId: number,
  hierarchy: 'regional' | 'line' = 'regional',
): Promise<TreeNode[]> {
  requirePermission(ctx, 'federation:read')
  return selectChildren(ctx, parentId, hierarchy, sql``)
}

export const ListChildrenPage = z.object({ hierarchy: z.enum(['regional', 'line']).default('regional'), ...paging })

/** The same a page at a time, to show. */
export async function listChildrenPage(
  ctx: TenantContext,
  parentId: number,
  { hierarchy, page, pageSize }: z.output<typeof ListChildrenPage>,
): Promise<{ rows: TreeNode[]; total: number }> {
  requirePermission(ctx, 'federation:read')
  const { total } = await ctx.db
    .selectFrom('tenancy.link as l')
    .innerJoin('tenancy.federation as f', 'f.id', 'l.federation_id')
    .where('l.parent_id', '=', parentId)
    .where('l.hierarchy', '=', hierarchy)
    .where('l.valid_to', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const part = sql`limit ${pageSize} offset ${(page - 1) * pageSize}`
  return { rows: await selectChildren(ctx, parentId, hierarchy, part), total }
}

async function selectChildren(
  ctx: TenantContext,
  parentId: number,
  hierarchy: 'regional' | 'line',
  part: RawBuilder<unknown>,
): Promise<TreeNode[]> {
  const rows = await sql<Row & { child_count: number }>`
    select f.id, f.code, f.name, f.short_name, f.level, f.kind, f.union_kind, f.valid_from, f.valid_to,
      (select count(*) from tenancy.link c where c.parent_id = f.id and c.hierarchy = ${hierarchy} and c.valid_to is null)::int as child_count
    from tenancy.link l join tenancy.federation f on f.id = l.federation_id
    where l.parent_id = ${parentId} and l.hierarchy = ${hierarchy} and l.valid_to is null
    order by f.kind desc, f.code ${part}`.execute(ctx.db)
  return rows.rows.map((row) => ({ ...toFederation(row), childCount: row.child_count }))
}

export const SearchFederations = z.object({
  text: z.string().trim().min(1).max(60),
  limit: z.int().min(1).max(50).default(20),
})

/**
 * Finds bodies within sight by name, code, full pinyin or pinyin initials, and by names they had (formerName then says which); the best match first.
 * One pass over the names in sight (row-level security forbids an index on a pattern: it may not look before the scope is
 * checked), 20 to 60 ms for the whole country; the lines of superiors are then walked once for all hits together.
 */
export async function searchFederations(
  ctx: TenantContext,
  input: z.output<typeof SearchFederations>,
): Promise<(Federation & { path: string; formerName: string | null })[]> {
  requirePermission(ctx, 'federation:read')
  const text = spellTyped(input.text)
  const literal = text.replaceAll(/[\\%_]/g, '\\$&')
  const fits = (table: string) => {
    const column = (name: string) => sql.ref(`${table}.${name}`)
    return sql`(${column('name')} like ${`%${literal}%`} or ${column('pinyin')} like ${`%${literal}%`} or ${column('initials')} like ${`${literal}%`})`
  }
  const rows = await sql<Row & { path: string; former_name: string | null }>`
    with recursive former as materialized (
      select distinct on (federation_id) federation_id, name from tenancy.former_name o where ${fits('o')} order by federation_id, valid_to desc
    ), hit as materialized (
      select f.*, case when not (${fits('f')} or f.code like ${`${literal.toUpperCase()}%`}) then (select name from former where federation_id = f.id) end as former_name,
        row_number() over (order by (f.code = ${text.toUpperCase()}) desc, (f.short_name = ${text}) desc, (f.initials = ${text}) desc,
        array_position(array['national', 'province', 'city', 'county', 'township'], f.level), f.code) as place
      from tenancy.federation f
      where f.valid_to is null and (
        ${fits('f')} or f.code like ${`${literal.toUpperCase()}%`} or f.id in (select federation_id from former))
      order by place
      limit ${input.limit}
    ), up as (
      select id as hit_id, id as body_id, 0 as step from hit
      union all
      select up.hit_id, l.parent_id, up.step + 1
      from up join tenancy.link l on l.federation_id = up.body_id and l.hierarchy = 'regional' and l.valid_to is null
    )
    select hit.id, hit.code, hit.name, hit.short_name, hit.level, hit.kind, hit.union_kind, hit.valid_from, hit.valid_to, hit.former_name,
      coalesce(string_agg(a.short_name, ' ' order by up.step desc) filter (where up.step > 0 and a.level <> 'national'), '') as path
    from hit join up on up.hit_id = hit.id join tenancy.federation a on a.id = up.body_id
    group by hit.id, hit.code, hit.name, hit.short_name, hit.level, hit.kind, hit.union_kind, hit.valid_from, hit.valid_to, hit.former_name, hit.place
    order by hit.place`.execute(ctx.db)
  return rows.rows.map((row) => ({ ...toFederation(row), path: row.path, formerName: row.former_name }))
}

export type LinkHistory = {
  hierarchy: 'regional' | 'line'
  parentName: string
  parentCode: string
  validFrom: string
  validTo: string | null
  reason: string
}

/** Every superior a body has had, in both hierarchies, newest first. */
export async function listLinks(ctx: TenantContext, federationId: number): Promise<LinkHistory[]> {
  requirePermission(ctx, 'federation:read')
  const rows = await ctx.db
    .selectFrom('tenancy.link as l')
    .innerJoin('tenancy.federation as p', 'p.id', 'l.parent_id')
    .select(['l.hierarchy', 'p.name', 'p.code', 'l.valid_from', 'l.valid_to', 'l.reason'])
    .where('l.federation_id', '=', federationId)
    .orderBy('l.hierarchy', 'desc')
    .orderBy('l.valid_from', 'desc')
    .execute()
  return rows.map((row) => ({
    hierarchy: row.hierarchy,
    parentName: row.name,
    parentCode: row.code,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    reason: row.reason,
  }))
}

/** Those of the given bodies that lie below the actor's own, in either hierarchy. */
export async function keepBelow(ctx: TenantContext, ids: readonly number[]): Promise<Set<number>> {
  requirePermission(ctx, 'federation:read')
  if (ids.length === 0) return new Set()
  const rows = await ctx.db
    .selectFrom('tenancy.closure')
    .select('descendant_id')
    .distinct()
    .where('ancestor_id', '=', ctx.tenantId)
    .where('depth', '>', 0)
    .where('descendant_id', 'in', ids)
    .execute()
  return new Set(rows.map((row) => row.descendant_id))
}

export type TreeLine = {
  id: number
  code: string
  shortName: string
  level: Level
  kind: 'regional' | 'industry'
  parentId: number | null
  isOpen: boolean
}

/** Every body within sight with its (last) superior, for loaders and operators: 44,704 lines of the country take a tenth of a second. */
export async function listTree(ctx: TenantContext): Promise<TreeLine[]> {
  requirePermission(ctx, 'federation:read')
  const { rows } = await sql<TreeLine>`
    select f.id, f.code, f.short_name as "shortName", f.level, f.kind, l.parent_id as "parentId", f.valid_to is null as "isOpen"
    from tenancy.federation f
    left join tenancy.link l on l.federation_id = f.id and l.hierarchy = 'regional' and l.valid_to is not distinct from f.valid_to
    order by f.id`.execute(ctx.db)
  return rows
}
