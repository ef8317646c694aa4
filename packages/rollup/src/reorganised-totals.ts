import { sql } from 'kysely'
import { getFormById, type Form } from '@gonglian/indicators'
import { findFederations, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import type { Total } from './totals.ts'
import type { Hierarchy } from './tree.ts'

type Values = { readonly before: number | null; readonly after: number | null }

/** A total that a reorganisation changes, in one form and period that is not over. */
export type TotalChange = {
  readonly bodyId: number
  readonly code: string
  readonly name: string
  readonly formId: number
  readonly formCode: string
  readonly nameZh: string
  readonly nameEn: string
  readonly period: string
  readonly hierarchy: Hierarchy
  /** Reports expected at or below the body, contained in reported, contained in accepted. */
  readonly expected: Values
  readonly reportedCount: Values
  readonly acceptedCount: Values
  /** Items of which a figure changes. */
  readonly items: readonly {
    readonly position: number
    readonly nameZh: string
    readonly nameEn: string
    readonly unit: string
    readonly reported: Values
    readonly accepted: Values
  }[]
}

export type Difference = {
  readonly place: { readonly formId: number; readonly period: string }
  readonly hierarchy: Hierarchy
  readonly tenantId: number
  readonly before: Total
  readonly after: Total
}

export const countsOf = (total: Total) => [total.expectedCount, total.reportedCount, total.acceptedCount]
export const figuresOf = (total: Total) => JSON.stringify([countsOf(total), total.reported, total.accepted])

/** The same total with nothing in it. */
export function nothing(total: Total): Total {
  const empty = total.reported.map(() => null)
  return {
    ...total,
    reported: empty,
    accepted: empty,
    expectedCount: 0,
    reportedCount: 0,
    reviewedCount: 0,
    acceptedCount: 0,
  }
}

/** Differences in the reader's sight with their names; what lies above the reader's own body is not told. */
export async function describeDifferences(
  ctx: TenantContext,
  differences: readonly Difference[],
  forms: ReadonlyMap<number, Form>,
): Promise<TotalChange[]> {
  const own = await listOwn(ctx, [...new Set(differences.map(({ tenantId }) => tenantId))])
  const bodies = await findFederations(ctx, own)
  return differences.flatMap(({ place, hierarchy, tenantId, before, after }) => {
    const body = bodies.get(tenantId)
    const form = forms.get(place.formId)
    if (!body || !form) return []
    const items = form.items.flatMap((item, index) => {
      const reported = { before: before.reported[index] ?? null, after: after.reported[index] ?? null }
      const accepted = { before: before.accepted[index] ?? null, after: after.accepted[index] ?? null }
      if (reported.before === reported.after && accepted.before === accepted.after) return []
      return [
        { position: item.position, nameZh: item.nameZh, nameEn: item.nameEn, unit: item.unit, reported, accepted },
      ]
    })
    return [
      {
        bodyId: body.id,
        code: body.code,
        name: body.name,
        formId: form.id,
        formCode: form.code,
        nameZh: form.nameZh,
        nameEn: form.nameEn,
        period: place.period,
        hierarchy,
        expected: { before: before.expectedCount, after: after.expectedCount },
        reportedCount: { before: before.reportedCount, after: after.reportedCount },
        acceptedCount: { before: before.acceptedCount, after: after.acceptedCount },
        items,
      },
    ]
  })
}

async function listOwn(ctx: TenantContext, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from unnest(${[...ids]}::int[]) as given(id) where id = any ((select tenancy.readable())::int[])`.execute(
    ctx.db,
  )
  return rows.map((row) => row.id)
}

/** Keeps what a reorganisation changed, for the reader who asks later why a total fell. */
export async function keepChanges(root: TenantContext, id: number, differences: readonly Difference[]): Promise<void> {
  for (const { place, hierarchy, tenantId, before, after } of differences)
    await root.db
      .insertInto('rollup.reorganised_total')
      .values({
        reorganisation_id: id,
        tenant_id: tenantId,
        form_id: place.formId,
        period: place.period,
        hierarchy,
        reported_before: before.reported,
        reported_after: after.reported,
        accepted_before: before.accepted,
        accepted_after: after.accepted,
        counts_before: countsOf(before),
        counts_after: countsOf(after),
      })
      .execute()
}

export const ReadReorganisation = z.object({ id: z.int().positive() })

/** What a reorganisation changed in the totals of the reader's own body and those below, as it was when it took effect. */
export async function readReorganisedTotals(
  ctx: TenantContext,
  { id }: z.output<typeof ReadReorganisation>,
): Promise<TotalChange[]> {
  requirePermission(ctx, 'rollup:read')
  const rows = await ctx.db
    .selectFrom('rollup.reorganised_total')
    .selectAll()
    .where('reorganisation_id', '=', id)
    .orderBy('form_id')
    .orderBy('period')
    .orderBy('tenant_id')
    .execute()
  const forms = new Map<number, Form>()
  for (const { form_id } of rows) if (!forms.has(form_id)) forms.set(form_id, await getFormById(ctx, form_id))
  const total = (
    row: { tenant_id: number; period: string },
    counts: number[],
    reported: (number | null)[],
    accepted: (number | null)[],
  ): Total => ({
    tenantId: row.tenant_id,
    period: row.period,
    reported,
    accepted,
    reportedInexact: [],
    acceptedInexact: [],
    expectedCount: counts[0] ?? 0,
    reportedCount: counts[1] ?? 0,
    reviewedCount: 0,
    acceptedCount: counts[2] ?? 0,
    changedAt: null,
  })
  return describeDifferences(
    ctx,
    rows.map((row) => ({
      place: { formId: row.form_id, period: row.period },
      hierarchy: row.hierarchy,
      tenantId: row.tenant_id,
      before: total(row, row.counts_before, row.reported_before, row.accepted_before),
      after: total(row, row.counts_after, row.reported_after, row.accepted_after),
    })),
    forms,
  )
}
