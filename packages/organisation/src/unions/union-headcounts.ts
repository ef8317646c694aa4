import { DomainError, recordAudit, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { EmployerRow } from '../census/employers.ts'
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

/**
 * Takes what was typed for a union to the one place of its headcount. Where its employers say a number, another one is refused, so that nobody believes to
 * have corrected it; 0 means not typed. A number that the union's only employer doesn't say yet is written to the employer.
 *
 * @throws DomainError invalid organisation.union.headcountRegistered
 */
export async function giveHeadcount(
  ctx: TenantContext,
  { unionId, kind, employer }: { unionId: number | null; kind: UnionKind; employer: EmployerRow | null },
  { headcount, femaleHeadcount }: { headcount: number; femaleHeadcount: number },
): Promise<void> {
  const registered = await readRegisteredHeadcount(ctx, { unionId, kind, employerId: employer?.id ?? null })
  if (registered !== null) {
    refuseOther('headcount', headcount, registered.workers)
    if (registered.women !== null) refuseOther('femaleHeadcount', femaleHeadcount, registered.women)
  }
  if (kind !== 'BASIC_SINGLE' || employer === null) return
  const missing = {
    ...(employer.headcount === null && headcount > 0 ? { headcount } : {}),
    ...(employer.female_count === null && femaleHeadcount > 0 ? { female_count: femaleHeadcount } : {}),
  }
  if (Object.keys(missing).length === 0) return
  await ctx.db
    .updateTable('organisation.employer')
    .set({ ...missing, version: employer.version + 1 })
    .where('id', '=', employer.id)
    .execute()
  await recordAudit(ctx, {
    action: 'employer.change',
    objectKind: 'employer',
    objectId: employer.id,
    before: { headcount: employer.headcount, femaleCount: employer.female_count },
    after: {
      headcount: missing.headcount ?? employer.headcount,
      femaleCount: missing.female_count ?? employer.female_count,
    },
  })
}

function refuseOther(path: string, typed: number, registered: number): void {
  if (typed === 0 || typed === registered) return
  const key = 'organisation.union.headcountRegistered'
  const params = { count: registered }
  throw new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
}
