import { listFiles, type AttachedFile } from '@gonglian/files'
import { defineList } from '@gonglian/records'
import { found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { applicationFiles, type Shown } from './approval.ts'
import { findApproval, type Approvals } from './deciding.ts'
import { receivedView, sentView } from './declared.ts'
import type { ApplicationState } from './states.ts'

function selectRows(ctx: TenantContext, part: 'from_tenant_id' | 'to_tenant_id') {
  return ctx.db
    .selectFrom('approvals.application as a')
    .innerJoin('tenancy.federation as f', 'f.id', part === 'to_tenant_id' ? 'a.from_tenant_id' : 'a.to_tenant_id')
    .where(`a.${part}`, '=', ctx.tenantId)
    .select([
      'a.id',
      'a.kind',
      'a.title',
      'f.short_name as body',
      'a.state',
      'a.applied_on as appliedOn',
      'a.due_on as dueOn',
      'a.decided_on as decidedOn',
      'a.paper_no as paperNo',
    ])
    .select(sql<boolean>`a.state in ('applied', 'proposed') and a.due_on < ${ctx.today}::date`.as('isLate'))
}

const inTitle = (words: string) => sql<boolean>`r.title like ${`%${words.replaceAll(/[\\%_]/g, '\\$&')}%`}`

export const listReceived = defineList(receivedView, {
  rows: (ctx) => selectRows(ctx, 'to_tenant_id'),
  search: inTitle,
  order: sql`r.state in ('applied', 'proposed') desc, r."dueOn"`,
})
export const listSent = defineList(sentView, { rows: (ctx) => selectRows(ctx, 'from_tenant_id'), search: inTitle })

export const GetApplication = z.object({ applicationId: z.int().positive() })

export type ApplicationStep = {
  readonly at: Date
  readonly actor: string
  readonly body: string
  readonly from: string
  readonly to: string
  /** Of a proposal; null where what was handed in is the proposal itself, since the own body decides. */
  readonly proposal: 'approve' | 'return' | null
  readonly note: string
}
export type ApplicationView = {
  readonly applicationId: number
  readonly kind: string
  readonly objectId: number
  readonly title: string
  readonly from: string
  readonly to: string
  readonly state: ApplicationState
  readonly shown: Shown
  readonly files: readonly AttachedFile[]
  readonly appliedOn: string
  readonly appliedBy: string
  readonly dueOn: string
  readonly lapsesOn: string
  readonly isLate: boolean
  readonly proposal: 'approve' | 'return' | null
  readonly opinion: string
  readonly proposedBy: string
  readonly decidedOn: string | null
  readonly decidedBy: string
  readonly reason: string
  readonly paperNo: string
  /** The own part in it. */
  readonly isApplicant: boolean
  readonly isSuperior: boolean
  readonly steps: readonly ApplicationStep[]
  readonly version: number
}

/**
 * An application with everything that was typed, its papers and its history, for the two bodies.
 *
 * @throws DomainError not_found approvals.notFound
 */
export async function getApplication(
  ctx: TenantContext,
  approvals: Approvals,
  input: z.output<typeof GetApplication>,
): Promise<ApplicationView> {
  requirePermission(ctx, 'approval:read')
  const row = found(
    await ctx.db
      .selectFrom('approvals.application as a')
      .innerJoin('tenancy.federation as f', 'f.id', 'a.from_tenant_id')
      .innerJoin('tenancy.federation as t', 't.id', 'a.to_tenant_id')
      .selectAll('a')
      .select(['f.name as fromName', 't.name as toName'])
      .where('a.id', '=', input.applicationId)
      .executeTakeFirst(),
    'approvals.notFound',
  )
  const approval = findApproval(approvals, row.kind)
  return {
    applicationId: row.id,
    kind: row.kind,
    objectId: row.object_id,
    title: row.title,
    from: row.fromName,
    to: row.toName,
    state: row.state,
    shown: approval.show(row.typed),
    files: await listFiles(ctx, applicationFiles, row.id),
    appliedOn: row.applied_on,
    appliedBy: row.applied_by,
    dueOn: row.due_on,
    lapsesOn: row.lapses_on,
    isLate: ['applied', 'proposed'].includes(row.state) && row.due_on < ctx.today,
    proposal: row.proposal,
    opinion: row.opinion,
    proposedBy: row.proposed_by,
    decidedOn: row.decided_on,
    decidedBy: row.decided_by,
    reason: row.reason,
    paperNo: row.paper_no,
    isApplicant: row.from_tenant_id === ctx.tenantId,
    isSuperior: row.to_tenant_id === ctx.tenantId,
    steps: await listSteps(ctx, row.id),
    version: row.version,
  }
}

async function listSteps(ctx: TenantContext, applicationId: number): Promise<ApplicationStep[]> {
  const rows = await ctx.db
    .selectFrom('approvals.step as s')
    .leftJoin('tenancy.federation as f', 'f.id', 's.tenant_id')
    .select(['s.at', 's.actor', 'f.short_name', 's.from_state', 's.to_state', 's.proposal', 's.note'])
    .where('s.application_id', '=', applicationId)
    .orderBy('s.id')
    .execute()
  return rows.map((row) => ({
    at: row.at,
    actor: row.actor,
    body: row.short_name ?? '',
    from: row.from_state,
    to: row.to_state,
    proposal: row.proposal,
    note: row.note,
  }))
}
