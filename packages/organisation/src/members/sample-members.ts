import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { RegisterMember, registerMember } from './enrolment.ts'
import { findIdCheckDigit } from '../numbers/id-numbers.ts'
import { foldName } from '../numbers/names.ts'
import { z } from 'zod'

/** The id number of an invented adult, another for each number from 0 to about 27 million; odd numbers are men. */
export function anIdNumber(number: number): string {
  const born = new Date(Date.UTC(1950, 0, 1) + (Math.floor(number / 999) % 18_000) * 86_400_000)
  const digits = `${513221 + Math.floor(number / (999 * 18_000))}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(
    1 + (number % 999),
  ).padStart(3, '0')}`
  return digits + findIdCheckDigit(digits)
}

/** An active union of a body, for tests that need one to stand there. */
export async function aUnion(
  deps: Deps,
  tenantId: number,
  code: string,
  kind: 'BASIC_SINGLE' | 'BASIC_JOINT' | 'UNION_ASSOC_INDUSTRY' | 'BASIC_PROJECT' = 'BASIC_SINGLE',
): Promise<number> {
  return withTenant(deps, systemActor('test', tenantId), async (ctx) => {
    const row = await ctx.db
      .insertInto('organisation.trade_union')
      .values({
        tenant_id: tenantId,
        code,
        name: `工会${code}`,
        name_key: foldName(`工会${code}`),
        kind,
        state: 'active',
        approved_on: '2020-01-01',
        founded_on: '2020-01-01',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  })
}

/** A registered member with everything known unless said otherwise. */
export async function aMember(
  deps: Deps,
  tenantId: number,
  typed: Partial<z.input<typeof RegisterMember>> & { unionId: number; idNumber: string },
): Promise<{ memberId: number; version: number }> {
  return withTenant(deps, systemActor('test', tenantId), (ctx) =>
    registerMember(
      ctx,
      RegisterMember.parse({
        name: '张三丰',
        mobile: '13800138000',
        hukou: 'rural',
        consent: { version: '2026', on: '2026-01-01', channel: 'paper' },
        joinedOn: '2026-01-10',
        ...typed,
      }),
    ),
  )
}
