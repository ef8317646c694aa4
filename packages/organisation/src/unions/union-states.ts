import { DomainError, found, type TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder, type Selectable, type Updateable } from 'kysely'
import type { DB } from '@gonglian/db'
import { recordStep } from '../steps.ts'
import { unionStates } from '../codes/unions.ts'
export { unionStates } from '../codes/unions.ts'

export const unionKinds = [
  'BASIC_SINGLE',
  'BASIC_JOINT',
  'BASIC_PROJECT',
  'UNION_ASSOC_BASIC',
  'UNION_ASSOC_INDUSTRY',
  'FEDERATION_TOWNSHIP',
  'WORK_COMMITTEE',
  'ORGANISER_ONLY',
  'PREPARATORY',
  'GROUP',
] as const
export type UnionKind = (typeof unionKinds)[number]

export type UnionState = (typeof unionStates)[number]

/** Handbook 5.3 and appendix A. Nothing leaves `merged` and `revoked`. */
export const unionMoves: Readonly<Record<UnionState, readonly UnionState[]>> = {
  preparatory: ['applied', 'revoked'],
  applied: ['approved', 'preparatory'],
  approved: ['active', 'revoked'],
  active: ['restructuring', 'merged', 'revoked'],
  restructuring: ['active', 'merged', 'revoked'],
  merged: [],
  revoked: [],
}

/** What is counted as a basic union (基层工会, handbook 2.2); groups, preparations, associations and dispatched bodies are none. */
export const basicKinds = ['BASIC_SINGLE', 'BASIC_JOINT', 'BASIC_PROJECT'] as const satisfies readonly UnionKind[]
export const associationKinds = ['UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY'] as const satisfies readonly UnionKind[]

/** Whether a kind is one of those listed; the lists above are narrower than what is asked. */
export const isOneOf = (kinds: readonly UnionKind[], kind: UnionKind): boolean => kinds.includes(kind)

/** Whether a union whose kind stands in this column is counted as a basic one. */
export function isBasicUnion(column = 'u.kind'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} in (${sql.join(basicKinds.map((kind) => sql.lit(kind)))})`
}

const legalPersonKinds = ['BASIC_SINGLE', 'BASIC_JOINT'] as const satisfies readonly UnionKind[]

/** In SQL, whether a union counts among those that can be a legal person (ORG-20): whoever counts legal persons counts among these. */
export function canBeLegalPerson(column = 'u.kind'): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} in (${sql.join(legalPersonKinds.map((kind) => sql.lit(kind)))})`
}

export type UnionRow = Selectable<DB['organisation.trade_union']>

/** A union of the body's own, held until the end of the transaction. */
export async function holdUnion(ctx: TenantContext, unionId: number, version?: number): Promise<UnionRow> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.trade_union')
      .selectAll()
      .where('id', '=', unionId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.union.notFound',
  )
  if (version !== undefined && row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

/**
 * Moves a held union to another state together with what changes by it.
 *
 * @throws DomainError conflict organisation.union.move
 */
export async function moveUnion(
  ctx: TenantContext,
  union: UnionRow,
  to: UnionState,
  changes: Updateable<DB['organisation.trade_union']>,
  step: {
    /** The one state that this act begins in, where acts of several lead to the same. */
    from?: UnionState
    reason?: string
    details?: Readonly<Record<string, string | number | boolean | null>>
  } = {},
): Promise<number> {
  const { from = union.state, ...told } = step
  if (union.state !== from || !unionMoves[union.state].includes(to))
    throw new DomainError('conflict', 'organisation.union.move', { params: { from: union.state, to } })
  const row = await ctx.db
    .updateTable('organisation.trade_union')
    .set({ ...changes, state: to, version: union.version + 1 })
    .where('id', '=', union.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  await recordStep(ctx, { kind: 'union', id: union.id, from: union.state, to, ...told })
  return row.version
}

/** A day that has come and is not before another. */
export function checkDay(ctx: TenantContext, path: string, day: string, notBefore?: string | null): void {
  if (day > ctx.today || (notBefore !== undefined && notBefore !== null && day < notBefore))
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path, key: 'organisation.day' }] })
}
