import { defineJob } from '@gonglian/jobs'
import {
  DomainError,
  recordAudit,
  requirePermission,
  systemActor,
  withTenant,
  type Deps,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { holdList } from './lists.ts'

export const HandDownList = z.object({
  listId: z.int().positive(),
  version: z.int().min(1),
  /** The level whose bodies keep the employers. */
  to: z.enum(['city', 'county', 'township']),
})

export const HandDown = defineJob({
  name: 'organisation.lists.handDown',
  schema: z.object({ listId: z.int().positive(), tenantId: z.int().positive() }),
})

/**
 * Gives the rows of an own list to the bodies below in whose area they lie, as lists of their own of the same source and version: who keeps
 * the employers matches them. The worker does it; the list says how far it is.
 *
 * @throws DomainError conflict organisation.list.matched for a list that was matched or handed down already
 */
export async function handDownList(
  ctx: TenantContext,
  input: z.output<typeof HandDownList>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const list = await holdList(ctx, input.listId, input.version)
  if (list.state !== 'open') throw new DomainError('conflict', 'organisation.list.matched')
  const version = list.version + 1
  await ctx.db
    .updateTable('organisation.employer_list')
    .set({ state: 'handing_down', handed_to: input.to, version })
    .where('id', '=', list.id)
    .execute()
  await recordAudit(ctx, { action: 'list.handDown', objectKind: 'list', objectId: list.id, after: { to: input.to } })
  ctx.enqueue(HandDown, { listId: list.id, tenantId: ctx.tenantId }, { key: `${HandDown.name}:${list.id}` })
  return { version }
}

/**
 * The worker's part: one transaction, so that a list is at all bodies or at none, and a second run finds nothing to do. A row goes to the body
 * whose code its area code begins with. Whoever has this version already keeps theirs.
 *
 * Set-based: rows join the few thousand codes of a level by the beginning of their area code, a hash of equal length.
 */
export async function runHandDown(deps: Deps, job: z.output<typeof HandDown.schema>): Promise<void> {
  await withTenant(deps, systemActor('lists', job.tenantId), async (ctx) => {
    const list = await holdList(ctx, job.listId)
    if (list.state !== 'handing_down' || list.handed_to === null) return
    const { rows: parts } = await sql<{ tenant_id: number; id: number; rows: number }>`
      with place as materialized (
        select f.id, f.code from tenancy.closure c join tenancy.federation f on f.id = c.descendant_id
        where c.ancestor_id = ${ctx.tenantId} and c.depth > 0 and c.hierarchy = 'regional' and f.kind = 'regional'
          and f.level = ${list.handed_to} and f.valid_to is null
      ), part as materialized (
        select place.id as body_id, r.* from place cross join (select distinct length(code) as length from place) width
        join (select * from organisation.list_row where list_id = ${list.id}) r on left(r.area_code, width.length) = place.code
        where length(place.code) = width.length
      ), made as (
        insert into organisation.employer_list (tenant_id, source, list_version, name, as_of, from_list_id)
        select distinct body_id, ${list.source}, ${list.list_version}, ${list.name}, ${list.as_of}::date, ${list.id}::bigint from part
        on conflict (tenant_id, source, list_version) do nothing
        returning id, tenant_id
      ), written as (
        insert into organisation.list_row (list_id, tenant_id, row_no, credit_code, name, name_key, area_code, address, park, industry,
          ownership, unit_class, headcount, female_count, faults)
        select made.id, made.tenant_id, row_number() over (partition by made.id order by part.row_no), part.credit_code, part.name,
          part.name_key, part.area_code, part.address, part.park, part.industry, part.ownership, part.unit_class, part.headcount,
          part.female_count, part.faults
        from made join part on part.body_id = made.tenant_id
        returning list_id
      )
      select made.tenant_id, made.id, (select count(*)::int from written where list_id = made.id) as rows from made
      union all
      select body_id, 0, count(*)::int from part where body_id not in (select tenant_id from made) group by body_id`.execute(
      ctx.db,
    )
    const { total } = await ctx.db
      .selectFrom('organisation.list_row')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('list_id', '=', list.id)
      .executeTakeFirstOrThrow()
    const given = parts.filter((part) => part.id > 0)
    const placed = parts.reduce((sum, part) => sum + part.rows, 0)
    const result = {
      handed_bodies: given.length,
      handed_rows: given.reduce((sum, part) => sum + part.rows, 0),
      left_rows: total - placed,
      skipped_bodies: parts.length - given.length,
    }
    await ctx.db
      .updateTable('organisation.employer_list')
      .set({ ...result, state: 'handed_down', version: list.version + 1 })
      .where('id', '=', list.id)
      .execute()
    for (const part of given)
      await recordAudit(ctx, {
        action: 'list.receive',
        objectKind: 'list',
        objectId: part.id,
        after: { source: list.source, version: list.list_version, rows: part.rows },
        tenantId: part.tenant_id,
      })
    await recordAudit(ctx, { action: 'list.handedDown', objectKind: 'list', objectId: list.id, after: result })
  })
}
