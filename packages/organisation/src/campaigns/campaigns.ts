import { checkVersion, defineCommand, defineList, refuseTaken } from '@gonglian/records'
import { found } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'
import { campaignView, changeForm, openForm, type CampaignValues } from './campaign.ts'

const rowOf = (input: CampaignValues) => ({
  name: input.name,
  starts_on: input.startsOn,
  ends_on: input.endsOn,
  union_goal: input.unionGoal,
  unit_goal: input.unitGoal,
})

/** @throws DomainError conflict for one of the same name and beginning */
export const openCampaign = defineCommand(openForm, {
  action: 'campaign.open',
  object: 'campaign',
  run: async (ctx, input) => {
    const row = await ctx.db
      .insertInto('organisation.campaign')
      .values({ tenant_id: ctx.tenantId, ...rowOf(input) })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'name', 'starts_on']).doNothing())
      .returning(['id', 'version'])
      .executeTakeFirst()
    if (!row) throw refuseTaken('name', 'organisation.campaign.taken')
    return { answer: { campaignId: row.id, version: row.version }, objectId: row.id, after: { name: input.name } }
  },
})

/** @throws DomainError conflict where somebody else changed it meanwhile; not_found for a campaign of another body */
export const changeCampaign = defineCommand(changeForm, {
  action: 'campaign.change',
  object: 'campaign',
  run: async (ctx, input) => {
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
    checkVersion(before, input.version)
    const version = before.version + 1
    await ctx.db
      .updateTable('organisation.campaign')
      .set({ ...rowOf(input), version })
      .where('id', '=', before.id)
      .execute()
    return {
      answer: { version },
      objectId: before.id,
      before: { startsOn: before.starts_on, endsOn: before.ends_on },
      after: { startsOn: input.startsOn, endsOn: input.endsOn },
    }
  },
})

/** The body that runs the campaign `c`, and all below it. */
const under = sql`(
  with recursive under as (
    select c.tenant_id as id
    union all
    select l.federation_id from under join tenancy.link l on l.parent_id = under.id and l.hierarchy = 'regional' and l.valid_to is null
  ) select array_agg(id) from under)::int[]`
/** A number of records `x` whose day lies in the campaign `c`. As a part of the selection it is counted for the rows of the page alone. */
const during = (table: string, day: string, counted: RawBuilder<unknown> = sql`count(*)`) => sql<number>`(
  select ${counted} from ${sql.table(table)} as x
  where x.tenant_id = any (${under}) and ${sql.ref(`x.${day}`)} between c.starts_on and c.ends_on`

export const listCampaigns = defineList(campaignView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('organisation.campaign as c')
      .innerJoin('tenancy.federation as f', 'f.id', 'c.tenant_id')
      .select(['c.id', 'c.tenant_id as tenantId', 'c.version', 'c.name', 'f.short_name as body'])
      .select([
        'c.starts_on as startsOn',
        'c.ends_on as endsOn',
        'c.union_goal as unionGoal',
        'c.unit_goal as unitGoal',
      ])
      .select([
        sql<number>`${during('organisation.visit', 'visited_on')})`.as('visits'),
        sql<number>`${during('organisation.lead', 'contacted_on')})`.as('contacted'),
        sql<number>`${during('organisation.lead', 'refused_on')})`.as('refused'),
        sql<number>`${during('organisation.lead', 'applied_on')})`.as('applied'),
        sql<number>`${during('organisation.trade_union', 'founded_on')} and x.kind <> 'GROUP')`.as('unions'),
        sql<number>`${during('organisation.covered_unit', 'valid_from', sql`count(distinct x.employer_id)`)} and x.mode <> 'custody')`.as(
          'units',
        ),
      ]),
})
