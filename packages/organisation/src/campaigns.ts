import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { listWithin, paging, within } from './scope.ts'

const fields = {
  name: z.string().trim().min(2).max(80),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  unionGoal: z.int().min(0).max(1_000_000).nullable().default(null),
  unitGoal: z.int().min(0).max(1_000_000).nullable().default(null),
}
export const OpenCampaign = z.object(fields)
export const ChangeCampaign = z.object({ ...fields, campaignId: z.int().positive(), version: z.int().min(1) })

function checkDays(input: { startsOn: string; endsOn: string }): void {
  if (input.endsOn < input.startsOn)
    throw new DomainError('invalid', 'organisation.campaign.days', {
      fields: [{ path: 'endsOn', key: 'organisation.campaign.days' }],
    })
}

export type Campaign = Selectable<DB['organisation.campaign']>

/**
 * Opens a campaign month (建会集中行动月) of the body and those below it.
 *
 * @throws DomainError invalid for an end before the beginning; conflict for one of the same name and beginning
 */
export async function openCampaign(
  ctx: TenantContext,
  input: z.output<typeof OpenCampaign>,
): Promise<{ campaignId: number; version: number }> {
  requirePermission(ctx, 'organisation:write')
  checkDays(input)
  const row = await ctx.db
    .insertInto('organisation.campaign')
    .values({
      tenant_id: ctx.tenantId,
      name: input.name,
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      union_goal: input.unionGoal,
      unit_goal: input.unitGoal,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'name', 'starts_on']).doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!row)
    throw new DomainError('conflict', 'organisation.campaign.taken', {
      fields: [{ path: 'name', key: 'organisation.campaign.taken' }],
    })
  await recordAudit(ctx, {
    action: 'campaign.open',
    objectKind: 'campaign',
    objectId: row.id,
    after: { name: input.name },
  })
  return { campaignId: row.id, version: row.version }
}

/** Changes the days or goals of a campaign of the body's own. */
export async function changeCampaign(
  ctx: TenantContext,
  input: z.output<typeof ChangeCampaign>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  checkDays(input)
  const before = found(
    await ctx.db
      .selectFrom('organisation.campaign')
      .selectAll()
      .where('id', '=', input.campaignId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.campaign.notFound',
  )
  if (before.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  const version = before.version + 1
  await ctx.db
    .updateTable('organisation.campaign')
    .set({
      name: input.name,
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      union_goal: input.unionGoal,
      unit_goal: input.unitGoal,
      version,
    })
    .where('id', '=', before.id)
    .execute()
  await recordAudit(ctx, {
    action: 'campaign.change',
    objectKind: 'campaign',
    objectId: before.id,
    before: { startsOn: before.starts_on, endsOn: before.ends_on },
    after: { startsOn: input.startsOn, endsOn: input.endsOn },
  })
  return { version }
}

export const ListCampaigns = z.object({ ...within, ...paging })

/** What happened between the first and the last day of a campaign, in the body that runs it and below. */
export type CampaignYield = {
  visits: number
  contacted: number
  refused: number
  applied: number
  unions: number
  units: number
}

export type ListedCampaign = Campaign & {
  /** The federation that runs it. */
  bodyName: string
  brought: CampaignYield
}

/** Campaigns in sight, the latest first, each with what it brought: counted from the records, not typed. */
export async function listCampaigns(
  ctx: TenantContext,
  input: z.output<typeof ListCampaigns>,
): Promise<{ rows: ListedCampaign[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.campaign as c')
    .innerJoin('tenancy.federation as f', 'f.id', 'c.tenant_id')
  if (bodies) query = query.where('c.tenant_id', '=', sql<number>`any (${bodies})`)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll('c')
    .select('f.short_name as bodyName')
    .orderBy('c.starts_on', 'desc')
    .orderBy('c.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const brought = []
  for (const row of rows) brought.push({ ...row, brought: await countYield(ctx, row) })
  return { rows: brought, total }
}

async function countYield(ctx: TenantContext, campaign: Campaign): Promise<CampaignYield> {
  const { starts_on: from, ends_on: to } = campaign
  const { rows } = await sql<CampaignYield>`
    with recursive under as (
      select ${campaign.tenant_id}::int as id
      union all
      select l.federation_id from under join tenancy.link l on l.parent_id = under.id and l.hierarchy = 'regional' and l.valid_to is null
    ), mine as materialized (select array_agg(id) as ids from under)
    select
      (select count(*) from organisation.visit where tenant_id = any ((select ids from mine)::int[]) and visited_on between ${from}::date and ${to}::date) as visits,
      (select count(*) from organisation.lead where tenant_id = any ((select ids from mine)::int[]) and contacted_on between ${from}::date and ${to}::date) as contacted,
      (select count(*) from organisation.lead where tenant_id = any ((select ids from mine)::int[]) and refused_on between ${from}::date and ${to}::date) as refused,
      (select count(*) from organisation.lead where tenant_id = any ((select ids from mine)::int[]) and applied_on between ${from}::date and ${to}::date) as applied,
      (select count(*) from organisation.trade_union where tenant_id = any ((select ids from mine)::int[])
        and founded_on between ${from}::date and ${to}::date and kind <> 'GROUP') as unions,
      (select count(distinct c.employer_id) from organisation.covered_unit c where c.tenant_id = any ((select ids from mine)::int[])
        and c.valid_from between ${from}::date and ${to}::date and c.mode <> 'custody') as units`.execute(ctx.db)
  return rows[0] ?? { visits: 0, contacted: 0, refused: 0, applied: 0, unions: 0, units: 0 }
}
