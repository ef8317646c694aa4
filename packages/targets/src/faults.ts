import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, type FieldError, type TenantContext } from '@gonglian/tenancy'
import type { Family, FamilyFault } from './families.ts'
import { writeTarget, type Measure } from './measures.ts'

/** The fault in words: which cell, which rule, by how much. */
export function refuseFamily(
  item: { readonly measure: Measure },
  family: Family,
  fault: FamilyFault,
  pathOf: (receiverId: number) => string,
): DomainError {
  const write = (value: number) => writeTarget(item.measure, value)
  const unit = item.measure.unit
  switch (fault.kind) {
    case 'unbalanced': {
      const key = fault.difference > 0 ? 'errors.splitLeft' : 'errors.splitExceeds'
      const params = {
        share: write(family.share),
        sum: write(fault.sum),
        reserve: write(family.reserve),
        difference: write(Math.abs(fault.difference)),
        unit,
      }
      return new DomainError('invalid', key, { params, fields: [{ path: 'reserve', key, params }] })
    }
    case 'overLimit': {
      const params = { over: write(fault.over), limit: write(fault.limit), unit }
      return new DomainError('invalid', 'errors.splitOverLimit', {
        params,
        fields: [{ path: 'reserve', key: 'errors.splitOverLimit', params }],
      })
    }
    case 'offFloor': {
      const key =
        family.method === 'each'
          ? 'errors.splitUnequal'
          : family.direction > 0
            ? 'errors.splitBelowFloor'
            : 'errors.splitAboveCeiling'
      const params = { share: write(family.share), unit }
      const fields = fault.receiverIds.map((receiverId): FieldError => ({ path: pathOf(receiverId), key, params }))
      return new DomainError('invalid', key, { params: { ...params, count: fault.receiverIds.length }, fields })
    }
  }
}

const Violation = z.object({ code: z.literal('23514'), constraint: z.string() })
const keys = new Map([
  ['allocation_conserved', 'errors.splitUnbalancedBelow'],
  ['allocation_over_limit', 'errors.splitUnbalancedBelow'],
  ['allocation_floor', 'errors.splitFloorBelow'],
])

/**
 * Lets the database check the families touched so far, now instead of at the commit: it also sees what the writer does not, the
 * drafts of the bodies below.
 *
 * @throws DomainError conflict where a family further down would no longer hold
 */
export async function holdFamilies(ctx: TenantContext): Promise<void> {
  try {
    await sql`set constraints targets.allocation_conserved immediate`.execute(ctx.db)
    await sql`set constraints targets.allocation_conserved deferred`.execute(ctx.db)
  } catch (error) {
    const violation = Violation.safeParse(error)
    const key = violation.success ? keys.get(violation.data.constraint) : undefined
    if (key === undefined) throw error
    throw new DomainError('conflict', key)
  }
}
