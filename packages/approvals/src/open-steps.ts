import { defineNextStep, type FoundStep } from '@gonglian/tasks'
import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { AnyApproval } from './approval.ts'
import type { ApplicationState } from './states.ts'

const propose = defineNextStep({ key: 'approvals.next.propose', permission: 'approval:propose', where: 'elsewhere' })
const decide = defineNextStep({ key: 'approvals.next.decide', permission: 'approval:decide', where: 'elsewhere' })
const mend = defineNextStep({ key: 'approvals.next.mend', permission: 'approval:apply', where: 'elsewhere' })

export const applicationSteps = [propose, decide, mend]

/** What an open application about a record waits for. */
export type OpenApplication = {
  readonly kind: string
  readonly state: ApplicationState
  /** Why it came back. */
  readonly reason: string
  readonly step: FoundStep
}

type Row = {
  id: number
  kind: string
  state: ApplicationState
  from: number
  to: number
  by: string
  proposedBy: string
  reason: string
  due: string
  since: string | null
}

/** The open applications about a record, with what each waits for: for the two bodies, others get none. The caller has checked that the record is in sight. */
export async function listOpenApplications(
  ctx: TenantContext,
  approvals: readonly AnyApproval[],
  objectId: number,
): Promise<OpenApplication[]> {
  const { rows } = await sql<Row>`
    select a.id, a.kind, a.state, a.from_tenant_id as "from", a.to_tenant_id as "to", a.applied_by as by, a.proposed_by as "proposedBy",
      a.reason, a.due_on as due,
      (select (max(s.at) at time zone 'Asia/Shanghai')::date from approvals.step s where s.application_id = a.id) as since
    from approvals.application a
    where a.kind = any (${approvals.map(({ key }) => key)}::text[]) and a.object_id = ${objectId}
      and a.state in ('applied', 'proposed', 'returned')
    order by a.id`.execute(ctx.db)
  return rows.map((row) => ({ kind: row.kind, state: row.state, reason: row.reason, step: toStep(row) }))
}

function toStep(row: Row): FoundStep {
  const known = { about: `approvals.kind.${row.kind}`, since: row.since, to: `/approvals/${row.id}` }
  if (row.state === 'returned') return { ...known, kind: mend, bodyId: row.from, params: { reason: row.reason } }
  // As the desk has it: whoever applied doesn't propose, and neither of the two decides.
  return {
    ...known,
    kind: row.state === 'proposed' ? decide : propose,
    bodyId: row.to,
    due: row.due,
    except: [row.by, row.proposedBy],
  }
}
