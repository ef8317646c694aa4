import { sql, type RawBuilder } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'
import type { Hierarchy } from './tree.ts'

/**
 * Of what the total `t` is at present and what was accepted `s`, whether they differ. A body that had accepted nothing below at its acceptance (no `s`)
 * differs as soon as it has. A form that got more items since has longer vectors: missing stays missing.
 */
const differs = sql`case when s.acceptance_id is null then t.accepted_count <> 1
  else (t.accepted, t.accepted_count, coalesce(t.accepted_inexact, '{}')) is distinct from (
    s.figures || array_fill(null::bigint, array[greatest(0, cardinality(t.accepted) - cardinality(s.figures))]), s.accepted_count, coalesce(s.inexact, '{}')) end`

/**
 * A common table expression `changed` (report_id): the accepted reports of bodies of which what they have accepted below is no longer what their superior
 * took in (下级有变动，尚未重新认可). Each table is read once for all of them: a look-up per report prepares the reader's array of bodies each time.
 *
 * The joins are full ones, of which only what stands on both sides is kept, because PostgreSQL hashes full joins. It expects one row of each table, since
 * two conditions limit the body, and would compare every row with every other.
 *
 * @param bodies the bodies asked about as an array, a few dozen
 * @param asked a further condition on the acceptance `a` (form_id, period)
 */
export function changedReports(
  bodies: RawBuilder<number[]>,
  asked: RawBuilder<boolean> = sql<boolean>`true`,
): RawBuilder<unknown> {
  return sql`changed as materialized (
    with taken as materialized (
      select a.id, a.report_id, a.form_id, a.period, a.tenant_id from reporting.acceptance a
      where a.tenant_id = any (${bodies}) and a.ended_at is null and ${asked}
    ), present as materialized (
      select t.form_id, t.period, t.tenant_id, t.hierarchy, t.accepted, t.accepted_count, t.accepted_inexact from rollup.total t
      where t.tenant_id = any (array(select tenant_id from taken)) and t.form_id = any (array(select form_id from taken))
    ), before as materialized (
      select s.acceptance_id, s.hierarchy, s.figures, s.inexact, s.accepted_count from reporting.accepted_total s
      where s.acceptance_id = any (array(select id from taken))
    )
    select distinct a.report_id from taken a
    full join present t on t.form_id = a.form_id and t.period = a.period and t.tenant_id = a.tenant_id
    full join before s on s.acceptance_id = a.id and s.hierarchy = t.hierarchy
    where coalesce(a.id, 0) > 0 and coalesce(t.form_id, 0) > 0 and ${differs})`
}

/**
 * A condition on a row of reporting.report: it is accepted, and `changed` names it.
 *
 * @param report the alias of the row
 */
export function isChanged(report: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${report}.${name}`)
  return sql<boolean>`(${column('state')} = 'accepted' and ${column('id')} in (select report_id from changed))`
}

/** What was accepted of a body and everything below it, beside what it would be now. */
export type ChangedBelow = {
  readonly hierarchy: Hierarchy
  /** By position: as accepted, and at present. Only summed items. */
  readonly accepted: readonly (number | null)[]
  readonly present: readonly (number | null)[]
  /** Positions that differ, also in being exact. */
  readonly positions: readonly number[]
  /** Reports contained. */
  readonly acceptedCount: number
  readonly presentCount: number
  /** Who accepted, and when. */
  readonly by: string
  readonly at: Date
  /** Names the present state: whoever accepts again says what was seen. */
  readonly mark: string
}

type Row = {
  hierarchy: Hierarchy
  figures: (number | null)[] | null
  inexact: number[] | null
  accepted_count: number | null
  present: (number | null)[]
  present_inexact: number[] | null
  present_count: number
  differs: boolean
  actor: string
  at: Date
  mark: string
}

/**
 * How what has been accepted below a body differs from what its superior took in. Null where nothing differs, or nothing is accepted. The caller
 * has checked that the report is in sight and accepted; the present state is the one of the worker's last run.
 */
export async function readChangedBelow(
  ctx: TenantContext,
  report: { id: number; figures: readonly (number | null)[] | null },
): Promise<ChangedBelow | null> {
  const { rows } = await sql<Row>`
    select t.hierarchy, s.figures, s.inexact, s.accepted_count, t.accepted as present, t.accepted_inexact as present_inexact,
      t.accepted_count as present_count, ${differs} as differs, a.actor, a.at,
      md5(string_agg(t.hierarchy || t.accepted::text || ' ' || t.accepted_count, ',') over (order by t.hierarchy
        rows between unbounded preceding and unbounded following)) as mark
    from reporting.acceptance a
    join rollup.total t on t.form_id = a.form_id and t.period = a.period and t.tenant_id = a.tenant_id
    left join reporting.accepted_total s on s.acceptance_id = a.id and s.hierarchy = t.hierarchy
    where a.report_id = ${report.id}::bigint and a.ended_at is null
    order by t.hierarchy = 'regional' desc`.execute(ctx.db)
  const row = rows.find((line) => line.differs)
  if (!row) return null
  const before = row.figures ?? row.present.map((_, index) => report.figures?.[index] ?? null)
  const wasInexact = new Set(row.inexact ?? [])
  const isInexact = new Set(row.present_inexact ?? [])
  const accepted = row.present.map((_, index) => before[index] ?? null)
  return {
    hierarchy: row.hierarchy,
    accepted,
    present: row.present,
    positions: row.present.flatMap((value, index) => {
      const isSame =
        value === accepted[index] && (row.figures === null || wasInexact.has(index + 1) === isInexact.has(index + 1))
      return isSame ? [] : [index + 1]
    }),
    acceptedCount: row.accepted_count ?? 1,
    presentCount: row.present_count,
    by: row.actor,
    at: row.at,
    mark: row.mark,
  }
}
