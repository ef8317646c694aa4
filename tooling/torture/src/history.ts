import { sql } from 'kysely'
import type { Database } from '@gonglian/db'

/** One line of the history of a report, with the time of its commit. */
export type StoredStep = {
  readonly reportId: number
  readonly version: number
  readonly event: string
  readonly figures: readonly (number | null)[] | null
  readonly marks: readonly number[] | null
  /** Of the first cell. */
  readonly note: string | null
  readonly at: number
}
export type StoredReport = {
  readonly id: number
  readonly body: string
  readonly form: string
  readonly period: string
  readonly version: number
  readonly state: string
}
/** What a superior accepted: of the body alone where nothing was accepted below it. */
export type StoredAcceptance = {
  readonly reportId: number
  readonly version: number
  readonly by: string
  readonly isInForce: boolean
  readonly parts: readonly {
    readonly hierarchy: 'regional' | 'line'
    readonly figures: readonly (number | null)[]
    readonly inexact: readonly number[]
    readonly count: number
  }[]
}
export type StoredReorganisation = { readonly id: number; readonly reason: string; readonly at: number }

/** What the database holds at the end. The oracle takes from it in which order things were committed, and compares all else. */
export type StoredHistory = {
  readonly bodies: readonly {
    readonly id: number
    readonly code: string
    readonly level: string
    readonly isOpen: boolean
  }[]
  readonly reports: readonly StoredReport[]
  readonly steps: readonly StoredStep[]
  readonly acceptances: readonly StoredAcceptance[]
  readonly reorganisations: readonly StoredReorganisation[]
  /** Of reports and reorganisations: "action number version", once for each line of the trails. */
  readonly audit: readonly string[]
}

const committed = sql`extract(epoch from pg_xact_commit_timestamp(t.xmin))::float8 * 1000`

export async function readHistory(owner: Database): Promise<StoredHistory> {
  const ask = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(owner)).rows
  return {
    bodies: await ask(sql<StoredHistory['bodies'][number]>`
      select id, code, level, valid_to is null as "isOpen" from tenancy.federation order by id`),
    reports: await ask(sql<StoredReport>`
      select r.id::int as id, b.code as body, f.code as form, r.period, r.version, r.state
      from reporting.report r join tenancy.federation b on b.id = r.tenant_id join indicators.form f on f.id = r.form_id`),
    steps: await ask(sql<StoredStep>`
      select t.report_id::int as "reportId", t.version, t.event, t.figures, t.marks, t.notes ->> '1' as note, ${committed} as at
      from reporting.report_version t where t.event <> 'changed_below' order by t.id`),
    acceptances: await ask(sql<StoredAcceptance>`
      select a.report_id::int as "reportId", a.version, b.code as by, a.ended_at is null as "isInForce", coalesce((
        select jsonb_agg(jsonb_build_object('hierarchy', s.hierarchy, 'figures', s.figures, 'inexact', coalesce(s.inexact, '{}'), 'count', s.accepted_count))
        from reporting.accepted_total s where s.acceptance_id = a.id), '[]') as parts
      from reporting.acceptance a join tenancy.federation b on b.id = a.by_tenant_id order by a.id`),
    reorganisations: await ask(sql<StoredReorganisation>`
      select t.id::int as id, t.reason, ${committed} as at from tenancy.reorganisation t order by t.id`),
    audit: (
      await ask(sql<{ line: string }>`
        select action || ' ' || object_id || coalesce(' ' || (after ->> 'version'), '') as line from tenancy.audit
        where object_kind = 'report' and action in ('report.submit', 'report.withdraw', 'report.request_correction', 'report.accept',
          'report.accept_again', 'report.return', 'report.reopen')`)
    ).map((row) => row.line),
  }
}
