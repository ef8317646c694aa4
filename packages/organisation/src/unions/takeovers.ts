import { sql } from 'kysely'
import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, recordAudit, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { UnionKind } from '../checklists/checklists.ts'
import { checkIdNumber } from '../numbers/id-numbers.ts'
import { foldName } from '../numbers/names.ts'
import { memberAge, sealId } from '../members/persons.ts'
import { ownerships } from '../codes/unions.ts'

/** A union as another register kept it: approved long ago, with what it had. */
export const TakenUnion = z.object({
  code: z.string().regex(/^[0-9A-Z][0-9A-Z-]{3,31}$/),
  name: z.string().min(2).max(120),
  kind: UnionKind,
  /** The employer that it covers; an association or a work committee covers none by itself. */
  employer: z
    .object({
      name: z.string().min(2).max(120),
      headcount: z.int().min(0),
      femaleCount: z.int().min(0),
      unitClass: z.enum(['enterprise', 'institution', 'government', 'social_organisation']),
      ownership: z.enum(ownerships),
    })
    .nullable(),
  approvedOn: z.iso.date(),
  legalPersonOn: z.iso.date().nullable(),
  isVillage: z.boolean(),
  /** Committee, or one member in charge (ORG-02). */
  women: z.enum(['women_committee', 'women_member']).nullable(),
  /** Has every item of the given check-list. */
  isComplete: z.boolean(),
  /** Title held since its approval. */
  rank: z.int().min(1).max(20).nullable(),
})
export type TakenUnion = z.output<typeof TakenUnion>

function requireOperator(ctx: TenantContext): void {
  if (ctx.actor.kind !== 'system') throw new DomainError('forbidden', 'errors.forbidden')
}

/** Whether the body keeps unions here at all. For the operator's commands only. */
export async function hasUnions(ctx: TenantContext): Promise<boolean> {
  requireOperator(ctx)
  const row = await ctx.db
    .selectFrom('organisation.trade_union')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Takes over the unions of a body from a register kept elsewhere, set by set: nobody approves today what was approved long ago. For
 * the operator's commands only. Names are unique within one call.
 *
 * @param options.checklistId the list that `isComplete` speaks of
 * @param options.schemeId the scheme that `rank` speaks of; titles are valid for good
 * @returns the id of each union by its code
 */
export async function takeOverUnions(
  ctx: TenantContext,
  unions: readonly TakenUnion[],
  options: { source: string; checklistId?: number; schemeId?: number },
): Promise<Map<string, number>> {
  requireOperator(ctx)
  const rows = JSON.stringify(
    unions.map((union) => ({
      ...union,
      nameKey: foldName(union.name),
      employerKey: union.employer === null ? null : foldName(union.employer.name),
    })),
  )
  await sql`
    insert into organisation.employer (tenant_id, name, name_key, headcount, female_count, unit_class, ownership, source)
    select ${ctx.tenantId}, r.employer ->> 'name', r."employerKey", (r.employer ->> 'headcount')::int, (r.employer ->> 'femaleCount')::int,
      r.employer ->> 'unitClass', r.employer ->> 'ownership', ${options.source}
    from jsonb_to_recordset(${rows}::jsonb) as r (employer jsonb, "employerKey" text)
    where r."employerKey" is not null`.execute(ctx.db)
  const { rows: taken } = await sql<{ id: number; code: string }>`
    insert into organisation.trade_union (tenant_id, code, name, name_key, kind, employer_id, state, is_village, unit_class, ownership, headcount,
      female_headcount, applied_on, approved_on, approval_no, founded_on, legal_person_on, legal_person_no)
    select ${ctx.tenantId}, r.code, r.name, r."nameKey", r.kind, e.id, 'active', r."isVillage", coalesce(e.unit_class, 'enterprise'),
      coalesce(e.ownership, 'private'), coalesce(e.headcount, 0), coalesce(e.female_count, 0), r."approvedOn", r."approvedOn", r.code, r."approvedOn",
      r."legalPersonOn", case when r."legalPersonOn" is null then '' else r.code end
    from jsonb_to_recordset(${rows}::jsonb) as r (code text, name text, "nameKey" text, kind text, "employerKey" text, "isVillage" boolean,
      "approvedOn" date, "legalPersonOn" date)
    left join organisation.employer e on e.tenant_id = ${ctx.tenantId} and e.name_key = r."employerKey" and e.source = ${options.source}
    returning id, code`.execute(ctx.db)
  const ids = new Map(taken.map((row) => [row.code, row.id]))
  await sql`
    insert into organisation.covered_unit (tenant_id, union_id, employer_id, mode, valid_from)
    select tenant_id, id, employer_id, 'own', approved_on from organisation.trade_union
    where id = any (${[...ids.values()]}::bigint[]) and employer_id is not null
    order by id on conflict do nothing`.execute(ctx.db)
  await sql`
    insert into organisation.companion_body (tenant_id, union_id, kind, formed_on)
    select u.tenant_id, u.id, b.kind, u.approved_on
    from jsonb_to_recordset(${rows}::jsonb) as r (code text, women text)
    join organisation.trade_union u on u.code = r.code
    cross join lateral (values ('union_committee'), ('audit_committee'), (r.women)) b (kind)
    where b.kind is not null`.execute(ctx.db)
  if (options.checklistId !== undefined) await takeOverResults(ctx, rows, options.checklistId)
  if (options.schemeId !== undefined) await takeOverTitles(ctx, rows, options.schemeId)
  await recordAudit(ctx, {
    action: 'union.take_over',
    objectKind: 'union',
    objectId: options.source,
    after: { unions: unions.length },
  })
  wakeFeeds(ctx)
  return ids
}

async function takeOverResults(ctx: TenantContext, rows: string, checklistId: number): Promise<void> {
  await sql`
    insert into organisation.checklist_result (tenant_id, union_id, item_id, met, valid_from, checked_by)
    select u.tenant_id, u.id, i.id, true, u.approved_on, 'takeover'
    from jsonb_to_recordset(${rows}::jsonb) as r (code text, "isComplete" boolean)
    join organisation.trade_union u on u.code = r.code
    join organisation.checklist_item i on i.checklist_id = ${checklistId} and i.companion_kind is null
    where r."isComplete"`.execute(ctx.db)
}

async function takeOverTitles(ctx: TenantContext, rows: string, schemeId: number): Promise<void> {
  await sql`
    with rated as (
      insert into organisation.rating (tenant_id, grantor_id, scheme_id, union_id, year, quarter, target_rank, awarded_rank, state, published_on,
        notice_ends_on, awarded_on, awarded_by)
      select u.tenant_id, u.tenant_id, ${schemeId}, u.id, greatest(extract(year from u.approved_on), 2000), extract(quarter from u.approved_on), r.rank, r.rank,
        'awarded', u.approved_on, u.approved_on, u.approved_on + 1, 'takeover'
      from jsonb_to_recordset(${rows}::jsonb) as r (code text, rank int)
      join organisation.trade_union u on u.code = r.code
      where r.rank is not null
      returning id, tenant_id, grantor_id, union_id, scheme_id, awarded_rank, awarded_on)
    insert into organisation.home_title (tenant_id, grantor_id, rating_id, union_id, scheme_id, rank, certificate_no, held_from, valid_to)
    select tenant_id, grantor_id, id, union_id, scheme_id, awarded_rank, 'T' || id, awarded_on, date '2099-12-31' from rated`.execute(
    ctx.db,
  )
}

export type TakenMember = {
  readonly unionCode: string
  readonly name: string
  readonly idNumber: string
  readonly kind: 'normal' | 'migrant' | 'dispatch' | 'new_form'
  readonly joinedOn: string
}

/**
 * Takes over members of unions that are there, 5,000 to a statement. For the operator's commands only.
 *
 * @throws DomainError invalid with the row whose id number is none, or whose union is unknown
 */
export async function takeOverMembers(
  ctx: TenantContext,
  members: readonly TakenMember[],
  options: { unions: ReadonlyMap<string, number>; source: string },
): Promise<number> {
  requireOperator(ctx)
  const size = 5000
  for (let from = 0; from < members.length; from += size) {
    const part = members.slice(from, from + size).map((member, index) => {
      const verdict = checkIdNumber(member.idNumber, { today: ctx.today, minimumAge: memberAge })
      const unionId = options.unions.get(member.unionCode)
      if (!verdict.ok || unionId === undefined)
        throw new DomainError('invalid', 'errors.invalid', {
          fields: [
            { path: `members.${from + index}`, key: verdict.ok ? 'organisation.unionNotFound' : 'errors.invalid' },
          ],
        })
      return { ...member, unionId, ...sealId(ctx, verdict.id) }
    })
    await sql`
      insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, sex, birth, kind, channel, applied_on, joined_on)
      select ${ctx.tenantId}, r.union_id, 'active', r.name, r.sealed, r.print, r.sex, r.birth, r.kind, 'batch', r.joined_on, r.joined_on
      from unnest(${part.map((one) => one.unionId)}::bigint[], ${part.map((one) => one.name)}::text[], ${part.map((one) => one.id_sealed)}::bytea[],
        ${part.map((one) => one.id_print)}::bytea[], ${part.map((one) => one.sex)}::text[], ${part.map((one) => one.birth)}::date[],
        ${part.map((one) => one.kind)}::text[], ${part.map((one) => one.joinedOn)}::date[])
        as r (union_id, name, sealed, print, sex, birth, kind, joined_on)`.execute(ctx.db)
  }
  await recordAudit(ctx, {
    action: 'member.take_over',
    objectKind: 'member',
    objectId: options.source,
    after: { members: members.length },
  })
  wakeFeeds(ctx)
  return members.length
}
