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
 * A condition on a row of reporting.report: it is accepted, and what the body has accepted below it is no longer what its superior took in (下级有变动，尚未重新认可).
 * Keyed look-ups of its acceptance and totals.
 *
 * @param report the alias of the row
 */
export function changedBelow(report: string): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${report}.${name}`)
  return sql<boolean>`(${column('state')} = 'accepted' and exists (
    select from reporting.acceptance a
    join rollup.total t on t.form_id = a.form_id and t.period = a.period and t.tenant_id = a.tenant_id
    left join reporting.accepted_total s on s.acceptance_id = a.id and s.hierarchy = t.hierarchy
    where a.report_id = ${column('id')} and a.ended_at is null and ${differs}))`
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
