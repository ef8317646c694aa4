import { sql } from 'kysely'
import { Period, getForm, parsePeriod, type Form, type FormHead } from '@gonglian/indicators'
import { readExpected } from '@gonglian/rollup'
import { namesBody, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { childrenEver } from './children.ts'
import { countDaysLeft } from './obligations.ts'
import { FormCode, findDueDay, findDueDays, getBody } from './reports.ts'

export const ListMissing = z.object({
  form: FormCode,
  period: Period,
  /** Only bodies directly below, or everybody below. */
  scope: z.enum(['children', 'all']).default('children'),
  search: z.string().trim().max(60).default(''),
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(500).default(50),
})

export type MissingReport = {
  readonly bodyId: number
  readonly code: string
  readonly name: string
  /** The superior who waits for it first. */
  readonly parentId: number
  readonly state: 'not_started' | 'draft' | 'returned'
  /** When it was sent back. */
  readonly returnedAt: Date | null
  readonly dueOn: string | null
  /** 0 before the deadline. */
  readonly daysLate: number
}

type Row = Omit<MissingReport, 'daysLate'>

function toMissing(ctx: TenantContext, row: Row, dueOn: string | null): MissingReport {
  const { bodyId, code, name, parentId, state, returnedAt } = row
  const due = row.dueOn ?? dueOn
  const daysLate = Math.max(0, -(countDaysLeft(ctx, due) ?? 0))
  return { bodyId, code, name, parentId, state, returnedAt, dueOn: due, daysLate }
}

/**
 * Who owes a report and has not given it, by the tree of the period's end: whoever stood below the reader then, not today. A body that
 * has moved away since is out of sight and not listed, but expected all the same: where there is a stored total, its count is the answer.
 * Hash joins: the bodies below (for the nation 44,704, for the children a few dozen by their keys), their links and the reports of
 * (form, period), each read once.
 */
export async function listMissing(
  ctx: TenantContext,
  input: z.output<typeof ListMissing>,
): Promise<{ missing: MissingReport[]; total: number; expected: number }> {
  requirePermission(ctx, 'report:read')
  const form = await getForm(ctx, input.form)
  const span = parsePeriod(input.period)
  const dueOn = await findDueDay(ctx, form, span)
  // All below are most of what is in sight: there the policy's array alone is the index condition, and a second one would only lead to
  // the index by body, with all periods in it.
  const isChildren = input.scope === 'children'
  const below = sql`
    with recursive down as (
      select l.federation_id as id, l.parent_id from tenancy.link l where l.parent_id = ${ctx.tenantId} and ${linkedOn(span.end)}
      union all
      select l.federation_id, l.parent_id from down join tenancy.link l on l.parent_id = down.id and ${linkedOn(span.end)} where ${!isChildren}
    )
    select id, parent_id from down`
  const ofChildren = isChildren ? sql`and tenant_id = any (${childrenEver(ctx)})` : sql``
  const matches = input.search === '' ? sql`true` : namesBody('f', input.search)
  const { rows } = await sql<Row & { total: number; expected: number }>`
    with own as materialized (
      select tenant_id, state, decided_at, due_on from reporting.report
      where form_id = ${form.id} and period = ${input.period} ${ofChildren}
    ), owing as (
      select f.id, f.code, f.name, body.parent_id, coalesce(own.state, 'not_started') as state, own.decided_at, own.due_on, ${matches} as matches
      from (${below}) body
      join tenancy.federation f on f.id = body.id
      left join own on own.tenant_id = f.id
      where f.level = any (${form.fillerLevels}::text[])
    ), counted as (select count(*)::int as expected from owing)
    select o.id as "bodyId", o.code, o.name, o.parent_id as "parentId", o.state, case when o.state = 'returned' then o.decided_at end as "returnedAt",
      o.due_on as "dueOn", count(*) over ()::int as total, counted.expected
    from counted left join owing o on o.matches and o.state in ('not_started', 'draft', 'returned')
    order by o.code limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`.execute(ctx.db)
  const [first] = rows
  const missing = rows.filter((row) => row.bodyId !== null)
  const stored = isChildren ? null : await countExpectedBelow(ctx, form, input.period)
  return {
    expected: stored ?? first?.expected ?? 0,
    total: missing.length > 0 ? (first?.total ?? 0) : 0,
    missing: missing.map((row) => toMissing(ctx, row, dueOn)),
  }
}

const linkedOn = (day: string) =>
  sql`l.hierarchy = 'regional' and l.valid_from <= ${day}::date and (l.valid_to is null or l.valid_to > ${day}::date)`

/** How many reports are owed below the reader, as its stored total says; null where there is none. */
async function countExpectedBelow(
  ctx: TenantContext,
  form: Pick<Form, 'id' | 'fillerLevels'>,
  period: string,
): Promise<number | null> {
  const expected = await readExpected(ctx, { formId: form.id, period })
  if (expected === null) return null
  const { level } = await getBody(ctx, ctx.tenantId)
  return expected - (form.fillerLevels.includes(level) ? 1 : 0)
}

export type MissingChildren = {
  readonly formId: number
  readonly period: string
  /** Directly below, who fill in the form. */
  readonly expected: number
  readonly missing: readonly MissingReport[]
}

/**
 * As `listMissing`, of the bodies directly below, for several forms and periods with one statement: the children's reports by their keys
 * (form, period, body), joined with who owes one.
 */
export async function listMissingChildren(
  ctx: TenantContext,
  places: readonly { readonly form: Pick<FormHead, 'id' | 'fillerLevels' | 'due'>; readonly period: string }[],
): Promise<MissingChildren[]> {
  requirePermission(ctx, 'report:read')
  if (places.length === 0) return []
  const spans = places.map(({ period }) => parsePeriod(period))
  const ids = places.map(({ form }) => form.id)
  const periods = places.map(({ period }) => period)
  const { rows } = await sql<Row & { place: number }>`
    with given as materialized (
      select r.form_id, r.period, r.tenant_id, r.state, r.decided_at, r.due_on from reporting.report r
      where r.form_id = any (${ids}::int[]) and r.period = any (${periods}::text[]) and r.tenant_id = any (${childrenEver(ctx)})
    )
    select w.place::int as place, f.id as "bodyId", f.code, f.name, l.parent_id as "parentId", coalesce(r.state, 'not_started') as state,
      case when r.state = 'returned' then r.decided_at end as "returnedAt", r.due_on as "dueOn"
    from unnest(${ids}::int[], ${periods}::text[], ${spans.map((span) => span.end)}::date[],
      ${places.map(({ form }) => form.fillerLevels.join(','))}::text[]) with ordinality as w(form_id, period, ends, levels, place)
    join tenancy.link l on l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional'
      and l.valid_from <= w.ends and (l.valid_to is null or l.valid_to > w.ends)
    join tenancy.federation f on f.id = l.federation_id and f.level = any (string_to_array(w.levels, ','))
    left join given r on r.form_id = w.form_id and r.period = w.period and r.tenant_id = f.id
    order by w.place, f.code`.execute(ctx.db)
  const findDue = await findDueDays(ctx)
  return places.map(({ form, period }, index) => {
    const owing = rows.filter((row) => row.place === index + 1)
    const dueOn = findDue(form, parsePeriod(period))
    return {
      formId: form.id,
      period,
      expected: owing.length,
      missing: owing.filter((row) => isMissing(row.state)).map((row) => toMissing(ctx, row, dueOn)),
    }
  })
}

function isMissing(state: string): boolean {
  return state === 'not_started' || state === 'draft' || state === 'returned'
}
