import { DomainError, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { foldName } from '../numbers/names.ts'
import { recordStep } from '../steps.ts'
import { refuseTakenName } from './union-drafts.ts'
import { checkDay, holdUnion, moveUnion } from './union-states.ts'

export const AddGroup = z.object({
  unionId: z.int().positive(),
  name: z.string().trim().min(2).max(120),
  on: z.iso.date(),
  headcount: z.int().min(0).max(2_000_000).default(0),
  femaleHeadcount: z.int().min(0).max(2_000_000).default(0),
})

/**
 * A group or branch below a union (分会、工会小组, 职工小家): the union forms it itself, no approval is needed, and it never counts as a
 * union. Its number is the union's with a serial.
 *
 * @throws DomainError conflict for a union that is not at work
 */
export async function addGroup(
  ctx: TenantContext,
  input: z.output<typeof AddGroup>,
): Promise<{ unionId: number; version: number; code: string }> {
  requirePermission(ctx, 'organisation:write')
  const parent = await holdUnion(ctx, input.unionId)
  if (parent.state !== 'active' || parent.kind === 'GROUP' || parent.code === null)
    throw new DomainError('conflict', 'organisation.union.notActive')
  checkDay(ctx, 'on', input.on, parent.founded_on)
  if (input.femaleHeadcount > input.headcount)
    throw new DomainError('invalid', 'organisation.employer.partExceeds', {
      fields: [{ path: 'femaleHeadcount', key: 'organisation.employer.partExceeds' }],
    })
  await refuseTakenName(ctx, foldName(input.name))
  const { count } = await ctx.db
    .selectFrom('organisation.trade_union')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('parent_union_id', '=', parent.id)
    .executeTakeFirstOrThrow()
  const code = `${parent.code}-G${String(count + 1).padStart(2, '0')}`
  const group = await ctx.db
    .insertInto('organisation.trade_union')
    .values({
      tenant_id: ctx.tenantId,
      code,
      name: input.name,
      name_key: foldName(input.name),
      kind: 'GROUP',
      parent_union_id: parent.id,
      employer_id: parent.employer_id,
      state: 'active',
      unit_class: parent.unit_class,
      ownership: parent.ownership,
      industry: parent.industry,
      area_code: parent.area_code,
      headcount: input.headcount,
      female_headcount: input.femaleHeadcount,
      approved_on: input.on,
      founded_on: input.on,
    })
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow()
  await recordStep(ctx, { kind: 'union', id: group.id, from: '', to: 'active', details: { parent: parent.id } })
  return { unionId: group.id, version: group.version, code }
}

export const EndGroup = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  on: z.iso.date(),
  reason: z.string().trim().min(2).max(300),
})

/** Dissolves a group; its members are the union's as before. */
export async function endGroup(ctx: TenantContext, input: z.output<typeof EndGroup>): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const group = await holdUnion(ctx, input.unionId, input.version)
  if (group.kind !== 'GROUP') throw new DomainError('conflict', 'organisation.union.noGroup')
  checkDay(ctx, 'on', input.on, group.founded_on)
  const version = await moveUnion(
    ctx,
    group,
    'revoked',
    { ended_on: input.on, end_reason: input.reason },
    { reason: input.reason },
  )
  return { version }
}
