import {
  DomainError,
  found,
  paging,
  recordAudit,
  requirePermission,
  spellName,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { escapeLike } from '../numbers/names.ts'
import { associationKinds, basicKinds, unionKinds } from '../unions/union-states.ts'
import { checklistPurposes, evidenceKinds } from '../codes/ratings.ts'
import { companionKinds } from '../codes/unions.ts'

export const UnionKind = z.enum(unionKinds)

const CompanionKind = z.enum(companionKinds)

export const RuleCode = z.string().regex(/^[a-z][a-z0-9_]{2,39}$/, 'organisation.ruleCode')
export const EvidenceKindInput = z.enum(evidenceKinds)

/** For whom a list or a scheme holds. */
export const audience = {
  kinds: z
    .array(UnionKind)
    .min(1)
    .default([...basicKinds, ...associationKinds]),
  unitClasses: z.array(z.string().max(40)).max(20).default([]),
  minHeadcount: z.int().min(0).max(2_000_000).default(0),
  maxHeadcount: z.int().min(0).max(2_000_000).nullable().default(null),
}

/** What a list or a scheme is called: nobody has to think of a code, nor of English. */
export const naming = {
  /** Of the edition before; left out: one is made from the name. */
  code: RuleCode.optional(),
  nameZh: z.string().trim().min(2).max(60),
  nameEn: z.string().trim().max(120).default(''),
}
type Naming = { code?: string | undefined; nameZh: string; nameEn: string }
type Editions = 'organisation.checklist' | 'organisation.rating_scheme'

/** The code and the English name that are stored: a new code from the initials of the name, the Chinese name where no English one is given. */
export async function nameEdition(
  ctx: TenantContext,
  table: Editions,
  input: Naming,
): Promise<{ code: string; nameEn: string }> {
  const nameEn = input.nameEn.length < 2 ? input.nameZh : input.nameEn
  if (input.code !== undefined) return { code: input.code, nameEn }
  await sql`select pg_advisory_xact_lock(7021, ${ctx.tenantId})`.execute(ctx.db)
  const initials = spellName(input.nameZh)
    .initials.toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  const base = `l_${initials}`.slice(0, 30)
  const rows = await ctx.db.selectFrom(table).select('code').where('tenant_id', '=', ctx.tenantId).execute()
  const taken = new Set(rows.map((row) => row.code))
  for (let number = 1; ; number += 1) {
    const code = `${base}_${number}`
    if (!taken.has(code)) return { code, nameEn }
  }
}

export const DefineChecklist = z.object({
  ...naming,
  purpose: z.enum(checklistPurposes),
  ...audience,
  approvedFrom: z.iso.date().nullable().default(null),
  enforcement: z.enum(['blocking', 'warning']),
  validFrom: z.iso.date(),
  source: z.string().trim().max(300).default(''),
  items: z
    .array(
      z.object({
        textZh: z.string().trim().min(1).max(200),
        textEn: z.string().trim().min(1).max(300),
        evidenceKind: EvidenceKindInput.default('none'),
        companionKind: CompanionKind.nullable().default(null),
      }),
    )
    .min(1)
    .max(200),
})

/**
 * Ends the edition in force (if any) and gives the number of the next.
 *
 * @throws DomainError conflict organisation.editionDate when the new one would begin before the one in force
 */
export async function succeedEdition(
  ctx: TenantContext,
  table: Editions,
  code: string,
  validFrom: string,
): Promise<number> {
  await sql`select pg_advisory_xact_lock(7021, ${ctx.tenantId})`.execute(ctx.db)
  const last = await ctx.db
    .selectFrom(table)
    .select(['id', 'edition', 'valid_from', 'valid_to'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('code', '=', code)
    .orderBy('edition', 'desc')
    .executeTakeFirst()
  if (!last) return 1
  if (validFrom <= (last.valid_to ?? last.valid_from))
    throw new DomainError('conflict', 'organisation.editionDate', {
      params: { from: last.valid_from },
      fields: [{ path: 'validFrom', key: 'organisation.editionDate', params: { from: last.valid_from } }],
    })
  if (last.valid_to === null)
    await ctx.db.updateTable(table).set({ valid_to: validFrom }).where('id', '=', last.id).execute()
  return last.edition + 1
}

/**
 * Issues a check-list, or its next edition: items differ by place, so they are data of whoever issues them (M051, M113).
 *
 * @throws DomainError conflict organisation.editionDate
 */
export async function defineChecklist(
  ctx: TenantContext,
  input: z.output<typeof DefineChecklist>,
): Promise<{ checklistId: number; edition: number }> {
  requirePermission(ctx, 'organisation:approve')
  const { code, nameEn } = await nameEdition(ctx, 'organisation.checklist', input)
  const edition = await succeedEdition(ctx, 'organisation.checklist', code, input.validFrom)
  const { id } = await ctx.db
    .insertInto('organisation.checklist')
    .values({
      tenant_id: ctx.tenantId,
      code,
      edition,
      name_zh: input.nameZh,
      name_en: nameEn,
      purpose: input.purpose,
      kinds: input.kinds,
      unit_classes: input.unitClasses,
      min_headcount: input.minHeadcount,
      max_headcount: input.maxHeadcount,
      approved_from: input.approvedFrom,
      enforcement: input.enforcement,
      valid_from: input.validFrom,
      source: input.source,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await ctx.db
    .insertInto('organisation.checklist_item')
    .values(
      input.items.map((item, index) => ({
        checklist_id: id,
        tenant_id: ctx.tenantId,
        position: index + 1,
        text_zh: item.textZh,
        text_en: item.textEn,
        evidence_kind: item.evidenceKind,
        companion_kind: item.companionKind,
      })),
    )
    .execute()
  await recordAudit(ctx, {
    action: 'checklist.define',
    objectKind: 'checklist',
    objectId: id,
    after: { code, edition, items: input.items.length, validFrom: input.validFrom },
  })
  return { checklistId: id, edition }
}

export const ListChecklists = z.object({
  on: z.iso.date().optional(),
  /** Those too that come into force later. */
  coming: z.boolean().optional(),
  /** In the name of the list or of its issuer. */
  search: z.string().trim().max(80).default(''),
  ...paging,
})

/** The lists in force on a day (default today) that the body issued, must follow, or sees below. */
export async function listChecklists(ctx: TenantContext, input: z.output<typeof ListChecklists>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const needle = `%${escapeLike(input.search)}%`
  const query = ctx.db
    .selectFrom('organisation.checklist as c')
    .innerJoin('tenancy.federation as f', 'f.id', 'c.tenant_id')
    .$if(input.coming !== true, (some) => some.where('c.valid_from', '<=', on))
    .where((eb) => eb.or([eb('c.valid_to', 'is', null), eb('c.valid_to', '>', on)]))
    .$if(input.search !== '', (some) =>
      some.where((eb) =>
        eb.or([eb('c.name_zh', 'ilike', needle), eb('c.name_en', 'ilike', needle), eb('f.name', 'ilike', needle)]),
      ),
    )
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['c.id as checklistId', 'c.code', 'c.edition', 'c.name_zh as nameZh', 'c.name_en as nameEn', 'c.purpose'])
    .select(['c.enforcement', 'c.valid_from as validFrom', 'c.source', 'f.code as issuer', 'f.name as issuerName'])
    .select((eb) =>
      eb
        .selectFrom('organisation.checklist_item as i')
        .whereRef('i.checklist_id', '=', 'c.id')
        .select((inner) => inner.fn.countAll<number>().as('items'))
        .as('items'),
    )
    .orderBy('c.code')
    .orderBy('f.code')
    .orderBy('c.valid_from')
    .orderBy('c.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}

export const GetChecklist = z.object({ checklistId: z.int().positive() })

/** A list with its items. @throws DomainError not_found organisation.checklistNotFound */
export async function getChecklist(ctx: TenantContext, input: z.output<typeof GetChecklist>) {
  requirePermission(ctx, 'organisation:read')
  const head = found(
    await ctx.db
      .selectFrom('organisation.checklist')
      .selectAll()
      .where('id', '=', input.checklistId)
      .executeTakeFirst(),
    'organisation.checklistNotFound',
  )
  const items = await ctx.db
    .selectFrom('organisation.checklist_item')
    .select(['id as itemId', 'position', 'text_zh as textZh', 'text_en as textEn'])
    .select(['evidence_kind as evidenceKind', 'companion_kind as companionKind'])
    .where('checklist_id', '=', head.id)
    .orderBy('position')
    .execute()
  return {
    checklistId: head.id,
    issuerId: head.tenant_id,
    code: head.code,
    edition: head.edition,
    nameZh: head.name_zh,
    nameEn: head.name_en,
    purpose: head.purpose,
    kinds: head.kinds,
    unitClasses: head.unit_classes,
    minHeadcount: head.min_headcount,
    maxHeadcount: head.max_headcount,
    approvedFrom: head.approved_from,
    enforcement: head.enforcement,
    validFrom: head.valid_from,
    validTo: head.valid_to,
    source: head.source,
    items,
  }
}

/** In SQL: a list or scheme `rules` holds for a union `u` (of its kind, class and size). Whether it was issued to it is asked apart. */
export const fitsUnion = sql<boolean>`(u.kind = any (rules.kinds) and (rules.unit_classes = '{}' or u.unit_class = any (rules.unit_classes))
  and u.headcount >= rules.min_headcount and (rules.max_headcount is null or u.headcount <= rules.max_headcount))`

/** In SQL: the union `u` was a union, approved and not ended, on a day. */
export const livedOn = (on: string) =>
  sql<boolean>`(u.approved_on <= ${on} and (u.ended_on is null or u.ended_on > ${on}))`
