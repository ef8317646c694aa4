import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { foldName } from '../numbers/names.ts'

type SampleUnion = {
  name?: string
  kind?: 'BASIC_SINGLE' | 'BASIC_JOINT' | 'GROUP' | 'BASIC_PROJECT' | 'FEDERATION_TOWNSHIP'
  unitClass?: string
  ownership?: string
  headcount?: number
  women?: number
  approvedOn?: string
  endedOn?: string
}

let made = 0

/** Unions of a body for tests, active unless ended; their ids in the given order. */
export async function someUnions(deps: Deps, tenantId: number, unions: readonly SampleUnion[]): Promise<number[]> {
  if (unions.length === 0) return []
  const rows = unions.map((union) => {
    const number = ++made
    const name = union.name ?? `样例工会${number}`
    const headcount = union.headcount ?? 60
    return {
      tenant_id: tenantId,
      code: `SAMPLE-${String(number).padStart(6, '0')}`,
      name,
      name_key: foldName(name),
      kind: union.kind ?? ('BASIC_SINGLE' as const),
      unit_class: union.unitClass ?? 'enterprise',
      ownership: union.ownership ?? 'private',
      headcount,
      female_headcount: union.women ?? Math.floor(headcount / 3),
      approved_on: union.approvedOn ?? '2015-06-01',
      founded_on: union.approvedOn ?? '2015-06-01',
      state: union.endedOn === undefined ? ('active' as const) : ('revoked' as const),
      ended_on: union.endedOn ?? null,
    }
  })
  return withTenant(deps, systemActor('test', tenantId), async (ctx) => {
    const made = await ctx.db.insertInto('organisation.trade_union').values(rows).returning('id').execute()
    return made.map((row) => row.id)
  })
}
