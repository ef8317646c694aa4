import { DomainError, recordAudit, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { UnionKind } from './union-states.ts'

export type RegisteredHeadcount = { workers: number; women: number | null }

/** How many workers, and women among them, the employers of a union say; null: none says a number, and the union's own is typed (0052). */
export async function readRegisteredHeadcount(
  ctx: TenantContext,
  { unionId, kind, employerId }: { unionId: number | null; kind: string; employerId: number | null },
): Promise<RegisteredHeadcount | null> {
  const { rows } = await sql<{ workers: number | null; women: number | null }>`
    select workers, women from organisation.registered_headcount(${unionId}, ${kind}, ${employerId})`.execute(ctx.db)
  const [row] = rows
  return row === undefined || row.workers === null ? null : { workers: row.workers, women: row.women }
}

type Headcount = {
  readonly kind: UnionKind
  readonly employer_id: number | null
  readonly headcount: number
  readonly female_headcount: number
}

/**
 * Where the employers of a union say a number, another one typed for the union is refused, so that nobody believes to have corrected it; 0 means not typed.
 *
 * @throws DomainError invalid organisation.union.headcountRegistered
 */
export async function refuseOtherHeadcount(
  ctx: TenantContext,
  unionId: number | null,
  typed: Headcount,
): Promise<void> {
  const registered = await readRegisteredHeadcount(ctx, { unionId, kind: typed.kind, employerId: typed.employer_id })
  if (registered === null) return
  refuseOther('headcount', typed.headcount, registered.workers)
  if (registered.women !== null) refuseOther('femaleHeadcount', typed.female_headcount, registered.women)
}

function refuseOther(path: string, typed: number, registered: number): void {
  if (typed === 0 || typed === registered) return
  const key = 'organisation.union.headcountRegistered'
  const params = { count: registered }
  throw new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
}

/**
 * Writes a number typed for a union to its only employer, where that doesn't say it yet. The women are filled in beside the number of workers they were typed
 * with, and beside no other.
 */
export async function fillHeadcount(ctx: TenantContext, typed: Headcount): Promise<void> {
  if (typed.kind !== 'BASIC_SINGLE' || typed.employer_id === null || typed.headcount === 0) return
  // 0 women: not typed.
  const women = typed.female_headcount === 0 ? null : typed.female_headcount
  const filled = await ctx.db
    .updateTable('organisation.employer')
    .set(({ ref, fn, val }) => ({
      headcount: typed.headcount,
      female_count: fn.coalesce(ref('female_count'), val(women)),
      version: sql<number>`version + 1`,
    }))
    .where('id', '=', typed.employer_id)
    .where('tenant_id', '=', ctx.tenantId)
    .where(({ eb, or, and }) =>
      or([
        eb('headcount', 'is', null),
        ...(women === null ? [] : [and([eb('headcount', '=', typed.headcount), eb('female_count', 'is', null)])]),
      ]),
    )
    .returning(['id', 'headcount', 'female_count'])
    .executeTakeFirst()
  if (filled === undefined) return
  await recordAudit(ctx, {
    action: 'employer.change',
    objectKind: 'employer',
    objectId: filled.id,
    after: { headcount: filled.headcount, femaleCount: filled.female_count },
  })
}
