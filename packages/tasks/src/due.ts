import { mayDo, placeBelow, type Permission, type TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

/** A kind of day that comes: what of the records has one, and the page that lists them. Its name is the text `due.<key>`. */
export type DueKind = {
  /** `<domain>.<name>` */
  readonly key: string
  readonly permission: Permission
  /** One row (tenant_id, due) for each open record in sight with its last day, no later than `until`; by an index of it. */
  readonly rows: (place: { readonly today: string; readonly until: string }) => RawBuilder<unknown>
  /** The page that lists what falls due until a day. */
  readonly to: (until: string) => string
}

/** Declares a kind of day that comes. */
export function defineDue(kind: DueKind): DueKind {
  return kind
}

/** This far ahead a start page looks. */
export const dueDays = 90

export type DueLine = {
  readonly key: string
  /** Past its last day already. */
  readonly overdue: number
  /** By `months` of the answer. */
  readonly months: readonly number[]
  readonly to: string
}

export type DueDays = {
  readonly until: string
  /** `2026-11`, the running month first. */
  readonly months: readonly string[]
  /** Kinds with a record, as they are declared. */
  readonly lines: readonly DueLine[]
  /** By body directly below, and the own one: what is overdue, what falls due. */
  readonly below: ReadonlyMap<number, { readonly overdue: number; readonly due: number }>
}

/** Counts what falls due until a day, by month and by the level below: one statement for all kinds that the roles may see. */
export async function countDue(ctx: TenantContext, kinds: readonly DueKind[], until: string): Promise<DueDays> {
  const months = listMonths(ctx.today, until)
  const asked = kinds.filter(({ permission }) => mayDo(ctx.actor.roles, permission))
  if (asked.length === 0) return { until, months, lines: [], below: new Map() }
  const parts = asked.map(
    ({ key, rows }) => sql`
      select ${key}::text as key, d.tenant_id, case when d.due < ${ctx.today}::date then 'overdue' else to_char(d.due, 'YYYY-MM') end as month,
        count(*)::int as days
      from (${rows({ today: ctx.today, until })}) d where d.due <= ${until}::date group by 2, 3`,
  )
  const { rows } = await sql<{ key: string; month: string; top: number; days: number }>`
    with due as materialized (${sql.join(parts, sql` union all `)}), keeper as materialized (select distinct tenant_id from due),
    place as materialized (${placeBelow(ctx.tenantId, sql`select tenant_id from keeper`)})
    select due.key, due.month, place.top, sum(due.days)::int as days from due join place on place.tenant_id = due.tenant_id
    group by 1, 2, 3`.execute(ctx.db)
  const sum = (pick: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(pick).reduce((all, row) => all + row.days, 0)
  const below = new Map<number, { overdue: number; due: number }>()
  for (const { top, month, days } of rows) {
    const counted = below.get(top) ?? { overdue: 0, due: 0 }
    counted[month === 'overdue' ? 'overdue' : 'due'] += days
    below.set(top, counted)
  }
  const lines = asked.map(({ key, to }) => ({
    key,
    overdue: sum((row) => row.key === key && row.month === 'overdue'),
    months: months.map((month) => sum((row) => row.key === key && row.month === month)),
    to: to(until),
  }))
  return {
    until,
    months,
    lines: lines.filter((line) => line.overdue > 0 || line.months.some((days) => days > 0)),
    below,
  }
}

/** Every month from the one of a day to that of another. */
function listMonths(from: string, until: string): string[] {
  const months: string[] = []
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  for (;;) {
    const name = `${year}-${String(month).padStart(2, '0')}`
    if (name > until.slice(0, 7)) return months
    months.push(name)
    if (month === 12) [year, month] = [year + 1, 1]
    else month += 1
  }
}
