import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { recordStep } from '../steps.ts'
import type { ElectedBody } from './slates.ts'

/** The same day some years later; 29 February becomes 28. */
export function addYears(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years
  const rest = day.slice(4)
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  return `${year}${rest === '-02-29' && !isLeap ? '-02-28' : rest}`
}

/** The open terms of a union (null: of the federation itself), held until the end of the transaction. */
export async function holdTerms(ctx: TenantContext, unionId: number | null) {
  let query = ctx.db
    .selectFrom('organisation.term')
    .selectAll()
    .where('tenant_id', '=', ctx.tenantId)
    .where('ended_on', 'is', null)
  query = unionId === null ? query.where('union_id', 'is', null) : query.where('union_id', '=', unionId)
  return query.orderBy('body').forUpdate().execute()
}

/** Begins the next term of each body on one day, all together; what ran until then ends on that day. */
export async function turnTerms(
  ctx: TenantContext,
  input: { unionId: number | null; bodies: readonly (ElectedBody | 'congress')[]; on: string; years: number },
): Promise<void> {
  await endTerms(ctx, { ...input, reason: '' })
  for (const body of input.bodies) {
    const { rows } = await sql<{ id: number; number: number }>`
      insert into organisation.term (tenant_id, union_id, body, number, starts_on, ends_on)
      select ${ctx.tenantId}, ${input.unionId}, ${body}, coalesce(max(number), 0) + 1, ${input.on}, ${addYears(input.on, input.years)}
      from organisation.term where tenant_id = ${ctx.tenantId} and union_id is not distinct from ${input.unionId} and body = ${body}
      returning id, number`.execute(ctx.db)
    for (const row of rows)
      await recordStep(ctx, {
        kind: 'term',
        id: row.id,
        from: '',
        to: 'running',
        details: { number: row.number, body },
      })
  }
}

/** Ends the open terms of the given bodies; of all where none are given. */
export async function endTerms(
  ctx: TenantContext,
  input: { unionId: number | null; bodies?: readonly string[]; on: string; reason: string },
): Promise<void> {
  const open = await holdTerms(ctx, input.unionId)
  for (const term of open.filter((one) => input.bodies === undefined || input.bodies.includes(one.body))) {
    await ctx.db
      .updateTable('organisation.term')
      .set({
        state: 'ended',
        ended_on: input.on < term.starts_on ? term.starts_on : input.on,
        version: term.version + 1,
      })
      .where('id', '=', term.id)
      .execute()
    await recordStep(ctx, { kind: 'term', id: term.id, from: term.state, to: 'ended', reason: input.reason })
  }
}

/** The open terms of the given bodies stand in an election, or do no longer. */
export async function markTerms(
  ctx: TenantContext,
  unionId: number | null,
  bodies: readonly string[],
  state: 'running' | 'in_election',
): Promise<void> {
  for (const term of (await holdTerms(ctx, unionId)).filter(
    (one) => bodies.includes(one.body) && one.state !== state,
  )) {
    await ctx.db
      .updateTable('organisation.term')
      .set({ state, version: term.version + 1 })
      .where('id', '=', term.id)
      .execute()
    await recordStep(ctx, { kind: 'term', id: term.id, from: term.state, to: state })
  }
}
