import type { TenantContext } from '@gonglian/tenancy'
import { countOpenMembers } from '../members/open-members.ts'

/** What a union's page says of its people and of how it was judged, beside its own row. */
export async function readUnionPeople(ctx: TenantContext, union: { readonly id: number; readonly tenant_id: number }) {
  const { db } = ctx
  const officers = await db
    .selectFrom('organisation.officer as o')
    .leftJoin('organisation.officer_person as p', 'p.officer_id', 'o.id')
    .select(['o.id', 'o.name', 'o.post', 'o.valid_from as since'])
    // The body keeps the numbers of the person; they are opened with a reason.
    .select((eb) => eb('p.id', 'is not', null).$castTo<boolean>().as('isKnown'))
    .where('o.tenant_id', '=', union.tenant_id)
    .where('o.union_id', '=', union.id)
    .where('o.valid_from', '<=', ctx.today)
    .where((eb) => eb.or([eb('o.valid_to', 'is', null), eb('o.valid_to', '>=', ctx.today)]))
    .orderBy('o.id')
    .limit(200)
    .execute()
  const ratings = await db
    .selectFrom('organisation.rating as r')
    .innerJoin('organisation.rating_scheme as s', 's.id', 'r.scheme_id')
    .select(['r.id', 'r.year', 'r.quarter', 'r.state', 's.name_zh as schemeZh', 's.name_en as schemeEn'])
    .where('r.tenant_id', '=', union.tenant_id)
    .where('r.union_id', '=', union.id)
    .orderBy('r.year', 'desc')
    .orderBy('r.id', 'desc')
    .limit(20)
    .execute()
  const appraisals = await db
    .selectFrom('organisation.appraisal')
    .select(['id', 'year', 'state', 'satisfied', 'basic', 'unsatisfied'])
    .where('tenant_id', '=', union.tenant_id)
    .where('union_id', '=', union.id)
    .where('state', '<>', 'void')
    .orderBy('year', 'desc')
    .limit(20)
    .execute()
  // Members are the owner's to know.
  const members = union.tenant_id === ctx.tenantId ? await countOpenMembers(ctx, union.id) : null
  return { officers, ratings, appraisals, members }
}

export type UnionPeople = Awaited<ReturnType<typeof readUnionPeople>>
