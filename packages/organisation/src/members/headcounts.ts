import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, FederationCode, getFederation, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { employments, memberKinds } from './facets.ts'
import { isSmall, joinSmallColumns, smallest, suppressLines, type CountLine } from './suppression.ts'
import { groupings } from '../codes/members.ts'

export const CountMembersBelow = z.object({
  /** A body below, or one's own: left out. */
  body: FederationCode.optional(),
  groupBy: z.enum(groupings).default('none'),
  /** The last day of a month that is over; left out: of the last one. */
  on: z.iso.date().optional(),
})

export type Headcount = {
  readonly body: string
  readonly name: string
  /** The body's own records, beside those of the bodies below it. */
  readonly isOwn: boolean
  /** Null: fewer than five, or hidden so that a smaller one can't be reckoned. */
  readonly total: number | null
  readonly cells: readonly (number | null)[]
}

export type Headcounts = {
  readonly on: string
  readonly total: number | null
  /** What the cells hold: the groups counted together, one as a rule. */
  readonly columns: readonly (readonly string[])[]
  readonly cells: readonly (number | null)[]
  readonly lines: readonly Headcount[]
}

const groups = { none: [], sex: ['male', 'female'], kind: memberKinds, employment: employments } as const

type Counted = Map<number, Map<string, number>>

/** Counts by body (each child with all below it, and the body itself) of two days, as the database answers them: numbers, no rows (5.6). */
async function countBelow(
  ctx: TenantContext,
  root: number,
  days: { on: string; before: string },
  groupBy: string,
): Promise<{ counted: Counted; earlier: Counted }> {
  const { rows } = await sql<{ body_id: number; cell: string; members: number; earlier: number }>`
    select * from organisation.count_members_below(${root}, ${days.on}, ${days.before}, ${groupBy})`.execute(ctx.db)
  const counted: Counted = new Map()
  const earlier: Counted = new Map()
  const note = (into: Counted, bodyId: number, cell: string, members: number) => {
    const cells = into.get(bodyId) ?? new Map<string, number>()
    cells.set(cell, members)
    into.set(bodyId, cells)
  }
  for (const row of rows) {
    if (row.members > 0) note(counted, row.body_id, row.cell, row.members)
    if (row.earlier > 0) note(earlier, row.body_id, row.cell, row.earlier)
  }
  return { counted, earlier }
}

/** The last day of the month before the one a day lies in. */
function endOfMonthBefore(day: string): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, 0)).toISOString().slice(0, 10)
}

/**
 * Counts are answered for ends of months alone: two days apart they would differ by one person.
 *
 * @throws DomainError invalid organisation.monthEnd
 */
function requireMonthEnd(ctx: TenantContext, on: string | undefined): string {
  const tomorrow = new Date(Date.parse(`${ctx.today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const last = endOfMonthBefore(tomorrow)
  const day = on ?? last
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  if (day <= last && next.endsWith('-01')) return day
  throw new DomainError('invalid', 'organisation.monthEnd', {
    params: { last },
    fields: [{ path: 'on', key: 'organisation.monthEnd', params: { last } }],
  })
}

/** How far a line moved in a month. */
function compareLine(line: CountLine, before: CountLine): CountLine {
  const cells = line.cells.map((count, index) => Math.abs(count - (before.cells[index] ?? 0)))
  return { ...line, moved: { total: Math.abs(line.total - before.total), cells } }
}

function toLine(counts: Map<string, number> | undefined, columns: readonly (readonly string[])[]): CountLine {
  const total = [...(counts?.values() ?? [])].reduce((sum, count) => sum + count, 0)
  const cells = columns.map((names) => names.reduce((sum, name) => sum + (counts?.get(name) ?? 0), 0))
  return { total, cells }
}

/** The bodies from one's own down to the one asked about. */
async function listWay(ctx: TenantContext, bodyId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive way (id, depth) as (
      select ${bodyId}::int, 0
      union all
      select l.parent_id, way.depth + 1 from way join tenancy.link l on l.federation_id = way.id and l.hierarchy = 'regional'
        and l.valid_from <= ${ctx.today} and (l.valid_to is null or l.valid_to > ${ctx.today})
      where way.id <> ${ctx.tenantId} and way.depth < 8)
    select id from way order by depth desc`.execute(ctx.db)
  const ids = rows.map((row) => row.id)
  // An industry's body may stand in no area of the asker's: then it is judged by itself.
  return ids.includes(ctx.tenantId) ? ids.slice(ids.indexOf(ctx.tenantId)) : [bodyId]
}

/**
 * Members of bodies below, counted (14.2): each child with all below it. Counts under five are hidden, and as many others as it takes that
 * none can be reckoned from sums, from the body above or from the bodies below. To answer the same whichever body is asked about, the
 * way down is judged from the asker's own body: what was hidden in a table is hidden as the head of the next. A figure that one to four
 * persons moved since the month before is hidden like a small one.
 *
 * @throws DomainError invalid for a day that is no end of a month; DomainError not_found for a body out of sight
 */
export async function countMembersBelow(
  ctx: TenantContext,
  input: z.output<typeof CountMembersBelow>,
): Promise<Headcounts> {
  requirePermission(ctx, 'organisation:read')
  const on = requireMonthEnd(ctx, input.on)
  const before = endOfMonthBefore(on)
  const target = input.body === undefined ? ctx.tenantId : (await getFederation(ctx, input.body)).id
  const way = await listWay(ctx, target)
  const names: readonly string[] = groups[input.groupBy]
  let columns: string[][] = []
  let head: CountLine = { total: 0, cells: [] }
  let above = { total: true, cells: true }
  let lines: { id: number; line: CountLine }[] = []
  for (const [depth, root] of way.entries()) {
    const { counted, earlier } = await countBelow(ctx, root, { on, before }, input.groupBy)
    if (depth === 0) {
      const sums = names.map((name) => [...counted.values()].reduce((sum, cells) => sum + (cells.get(name) ?? 0), 0))
      columns = joinSmallColumns(sums).map((group) => group.map((column) => names[column] ?? ''))
      const whole = [...counted.values()].reduce((sum, cells) => sum + toLine(cells, []).total, 0)
      above = { total: whole === 0 || whole >= smallest, cells: whole === 0 || whole >= smallest }
      head = { total: whole, cells: columns.map((group) => sumOf(counted, group)) }
    }
    const children = await listChildIds(ctx, root)
    lines = [...children, root].map((id) => ({
      id,
      line: compareLine(toLine(counted.get(id), columns), toLine(earlier.get(id), columns)),
    }))
    // A head moves with its lines: what few persons moved is hidden at every level.
    const sumMoved = (pick: (line: CountLine) => number) => lines.reduce((sum, { line }) => sum + pick(line), 0)
    above = {
      total: above.total && !isSmall(sumMoved((line) => line.moved?.total ?? 0)),
      cells: above.cells && !columns.some((_, index) => isSmall(sumMoved((line) => line.moved?.cells[index] ?? 0))),
    }
    const next = way[depth + 1]
    if (next === undefined) break
    const shown = suppressLines(
      lines.map((one) => one.line),
      above,
    )
    const at = lines.findIndex((one) => one.id === next)
    above = { total: shown[at]?.total !== null, cells: shown[at]?.cells.every((cell) => cell !== null) ?? false }
    head = lines[at]?.line ?? head
  }
  const shown = suppressLines(
    lines.map((one) => one.line),
    above,
  )
  const bodies = await ctx.db
    .selectFrom('tenancy.federation')
    .select(['id', 'code', 'name'])
    .where(
      'id',
      'in',
      lines.map((one) => one.id),
    )
    .execute()
  const byId = new Map(bodies.map((body) => [body.id, body]))
  return {
    on,
    columns,
    total: above.total ? head.total : null,
    cells: head.cells.map((count) => (above.total && above.cells ? count : null)),
    lines: lines.map(({ id }, index) => ({
      body: byId.get(id)?.code ?? '',
      name: byId.get(id)?.name ?? '',
      isOwn: id === target,
      total: shown[index]?.total ?? null,
      cells: shown[index]?.cells ?? [],
    })),
  }
}

function sumOf(counted: Counted, group: readonly string[]): number {
  let sum = 0
  for (const cells of counted.values()) for (const name of group) sum += cells.get(name) ?? 0
  return sum
}

async function listChildIds(ctx: TenantContext, root: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select l.federation_id as id from tenancy.link l join tenancy.federation f on f.id = l.federation_id
    where l.parent_id = ${root} and l.hierarchy = 'regional' and l.valid_from <= ${ctx.today}
      and (l.valid_to is null or l.valid_to > ${ctx.today}) order by f.code`.execute(ctx.db)
  return rows.map((row) => row.id)
}
