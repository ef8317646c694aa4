import { applyFor } from '@gonglian/approvals'
import { GivenFiles } from '@gonglian/files'
import {
  actorName,
  DomainError,
  found,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { readLimit } from '../limits.ts'
import { foldName } from '../numbers/names.ts'
import { recordStep } from '../steps.ts'
import { addYears } from './term-turns.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { holdUnion } from '../unions/union-states.ts'
import { nameApplicant } from '../approvals/applicants.ts'
import { termExtension } from '../approvals/term-extension.ts'
import { termBodies } from '../codes/terms.ts'
import { termEnd } from './term-end.ts'
export { termBodies } from '../codes/terms.ts'

/** Computed from the days, except in_election and ended (handbook 5.3). */
export const termStates = ['running', 'due_soon', 'in_election', 'extended', 'overdue', 'ended'] as const
export type TermState = (typeof termStates)[number]
export type Term = Selectable<DB['organisation.term']>

/** The state of the term `t` on a day, warned so many days ahead. An election that drags on past the end is overdue all the same. */
function stateOn(today: string, warningDays: number): RawBuilder<TermState> {
  return sql<TermState>`case
    when t.ended_on is not null then 'ended'
    when ${termEnd} < ${today}::date then 'overdue'
    when t.state = 'in_election' then 'in_election'
    when ${termEnd} < ${today}::date + ${warningDays}::int then 'due_soon'
    when t.extension_state = 'approved' then 'extended' else 'running' end`
}

export const ListTerms = z.object({
  states: z.array(z.enum(termStates)).max(6).default([]),
  bodies: z.array(z.enum(termBodies)).max(4).default([]),
  unionId: z.int().positive().optional(),
  /** own: of the federation itself alone. */
  of: z.enum(['all', 'unions', 'federations']).default('all'),
  search: z.string().trim().max(80).default(''),
  endsBy: z.iso.date().optional(),
  ...within,
  ...paging,
})

export type ListedTerm = {
  id: number
  tenantId: number
  bodyName: string
  unionId: number | null
  unionName: string | null
  body: (typeof termBodies)[number]
  number: number
  startsOn: string
  endsOn: string
  extendedTo: string | null
  extensionState: Term['extension_state']
  state: TermState
  /** Days left; negative: days over. */
  daysLeft: number
  version: number
}

/**
 * Terms with how they stand today, the earliest end first (M242): what must be renewed, what is overdue. By term_due
 * (tenant_id, ends_on) of the open terms.
 */
export async function listTerms(
  ctx: TenantContext,
  input: z.output<typeof ListTerms>,
): Promise<{ rows: ListedTerm[]; total: number; counts: Partial<Record<TermState, number>> }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const state = stateOn(ctx.today, await readLimit(ctx, unionLimits.termWarningDays))
  const conditions: RawBuilder<unknown>[] = [
    input.states.includes('ended') || input.unionId !== undefined ? sql`true` : sql`t.ended_on is null`,
  ]
  if (bodies) conditions.push(sql`t.tenant_id = any (${bodies}::int[])`)
  if (input.bodies.length > 0) conditions.push(sql`t.body = any (${input.bodies}::text[])`)
  if (input.unionId !== undefined) conditions.push(sql`t.union_id = ${input.unionId}`)
  if (input.of !== 'all') conditions.push(input.of === 'unions' ? sql`t.union_id is not null` : sql`t.union_id is null`)
  if (input.endsBy !== undefined) conditions.push(sql`${termEnd} <= ${input.endsBy}::date`)
  if (input.search !== '')
    conditions.push(sql`u.name_key like ${`%${foldName(input.search).replaceAll(/[\\%_]/g, '\\$&')}%`}`)
  const named = input.search === '' ? sql`` : sql`join organisation.trade_union u on u.id = t.union_id`
  const where = sql.join(conditions, sql` and `)
  const counted = await sql<{ state: TermState; count: number }>`
    select ${state} as state, count(*) as count from organisation.term t ${named} where ${where} group by 1`.execute(
    ctx.db,
  )
  const counts: Partial<Record<TermState, number>> = {}
  for (const row of counted.rows) counts[row.state] = row.count
  const chosen: readonly TermState[] = input.states.length > 0 ? input.states : termStates
  const inState = input.states.length > 0 ? sql`${state} = any (${[...chosen]}::text[])` : sql`true`
  const { rows } = await sql<ListedTerm>`
    select t.id, t.tenant_id as "tenantId", f.name as "bodyName", t.union_id as "unionId", u.name as "unionName", t.body, t.number,
      t.starts_on as "startsOn", t.ends_on as "endsOn", t.extended_to as "extendedTo", t.extension_state as "extensionState",
      ${state} as state, ${termEnd} - ${ctx.today}::date as "daysLeft", t.version
    from (select t.id from organisation.term t ${named} where ${where} and ${inState} order by ${termEnd}, t.id
      limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}) page
    join organisation.term t on t.id = page.id
    left join organisation.trade_union u on u.id = t.union_id join tenancy.federation f on f.id = t.tenant_id
    order by ${termEnd}, t.id`.execute(ctx.db)
  return { rows, total: chosen.reduce((sum, one) => sum + (counts[one] ?? 0), 0), counts }
}

async function holdTerm(ctx: TenantContext, termId: number, version: number): Promise<Term> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.term')
      .selectAll()
      .where('id', '=', termId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.term.notFound',
  )
  if (row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

export const RecordTerm = z.object({
  /** Null: of the federation itself. */
  unionId: z.int().positive().nullable(),
  body: z.enum(termBodies),
  number: z.int().min(1).max(99),
  startsOn: z.iso.date(),
  years: z.int().min(1).max(10),
})

/**
 * Enters a term that began before this register was kept. Later ones come from elections.
 *
 * @throws DomainError invalid organisation.term.years (ORG-06); conflict where one is open or the number is used
 */
export async function recordTerm(
  ctx: TenantContext,
  input: z.output<typeof RecordTerm>,
): Promise<{ termId: number; version: number }> {
  requirePermission(ctx, 'organisation:write')
  const union = input.unionId === null ? null : await holdUnion(ctx, input.unionId)
  if (union && union.state !== 'active') throw new DomainError('conflict', 'organisation.union.notActive')
  const years = await readLimit(ctx, unionLimits.termYears, { on: input.startsOn })
  const allowed = union ? years.basic : years.federation
  const path = {
    params: { years: allowed.join(' / ') },
    fields: [{ path: 'years', key: 'organisation.term.years', params: { years: allowed.join(' / ') } }],
  }
  if (!allowed.includes(input.years)) throw new DomainError('invalid', 'organisation.term.years', path)
  if (input.startsOn > ctx.today || (union?.founded_on && input.startsOn < union.founded_on))
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'startsOn', key: 'organisation.day' }] })
  const row = await ctx.db
    .insertInto('organisation.term')
    .values({
      tenant_id: ctx.tenantId,
      union_id: input.unionId,
      body: input.body,
      number: input.number,
      starts_on: input.startsOn,
      ends_on: addYears(input.startsOn, input.years),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!row) throw new DomainError('conflict', 'organisation.term.taken')
  await recordStep(ctx, {
    kind: 'term',
    id: row.id,
    from: '',
    to: 'running',
    details: { number: input.number, body: input.body },
  })
  return { termId: row.id, version: row.version }
}

export const AskExtension = z.object({
  termId: z.int().positive(),
  version: z.int().min(1),
  to: z.iso.date(),
  reason: z.string().trim().min(4).max(300),
  files: GivenFiles.default([]),
})
/**
 * Applies to extend a term (延期换届); until it is approved the term ends when it ends. That of a federation itself goes to its superior; of a union of the
 * register the body is the next level.
 *
 * @throws DomainError invalid for a day before the end or further off than the place allows; conflict for a second extension (DL-04: once)
 */
export async function askExtension(
  ctx: TenantContext,
  input: z.output<typeof AskExtension>,
): Promise<{ version: number; applicationId: number; dueOn: string }> {
  requirePermission(ctx, 'organisation:write')
  const term = await holdTerm(ctx, input.termId, input.version)
  if (term.ended_on !== null || term.extension_state === 'approved' || term.extension_state === 'asked')
    throw new DomainError('conflict', 'organisation.term.extended')
  const months = await readLimit(ctx, unionLimits.extensionMonths)
  const limit = await sql<{
    last: string
  }>`select (${term.ends_on}::date + make_interval(months => ${months}::int))::date as last`.execute(ctx.db)
  const last = limit.rows[0]?.last ?? term.ends_on
  if (input.to <= term.ends_on || input.to > last)
    throw new DomainError('invalid', 'organisation.term.extension', {
      params: { last },
      fields: [{ path: 'to', key: 'organisation.term.extension', params: { last } }],
    })
  const version = term.version + 1
  await ctx.db
    .updateTable('organisation.term')
    .set({
      extension_state: 'asked',
      extended_to: input.to,
      extension_reason: input.reason,
      extension_asked_by: actorName(ctx.actor),
      version,
    })
    .where('id', '=', term.id)
    .execute()
  await recordAudit(ctx, {
    action: 'term.askExtension',
    objectKind: 'term',
    objectId: term.id,
    after: { to: input.to },
  })
  const name = await nameApplicant(ctx, term.union_id)
  const applied = await applyFor(ctx, termExtension, {
    objectId: term.id,
    title: name,
    typed: {
      name,
      body: term.body,
      number: term.number,
      endsOn: term.ends_on,
      to: input.to,
      reason: input.reason,
    },
    files: input.files,
    level: term.union_id === null ? 'superior' : 'own',
  })
  return { version, ...applied }
}
