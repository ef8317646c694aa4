import { holdFiles } from '@gonglian/files'
import { defineCommand, type Done } from '@gonglian/records'
import {
  DomainError,
  actorName,
  found,
  listRoots,
  lockTree,
  recordAudit,
  requirePermission,
  systemActor,
  withBodyReach,
  withTenant,
  type Deps,
  type TenantContext,
} from '@gonglian/tenancy'
import { applicationFiles, type AnyApproval, type Decided } from './approval.ts'
import { approveForm, proposeForm, returnForm, withdrawForm } from './declared.ts'
import { holdApplication, recordMove, type ApplicationRow } from './moves.ts'
import { takePaperNumber } from './papers.ts'

export type Approvals = ReadonlyMap<string, AnyApproval>

/**
 * The approvals by key.
 *
 * @throws Error where two have one key
 */
export function collectApprovals(approvals: readonly AnyApproval[]): Approvals {
  const byKey = new Map<string, AnyApproval>()
  for (const approval of approvals) {
    if (byKey.has(approval.key)) throw new Error(`two approvals are called ${approval.key}`)
    byKey.set(approval.key, approval)
  }
  return byKey
}

export function findApproval(approvals: Approvals, kind: string): AnyApproval {
  return found(approvals.get(kind), 'approvals.notFound')
}

const decidedOf = (row: ApplicationRow, reason = ''): Decided => ({
  applicationId: row.id,
  objectId: row.object_id,
  fromTenantId: row.from_tenant_id,
  reason,
})

const isInHouse = (row: ApplicationRow) => row.from_tenant_id === row.to_tenant_id
const fourEyes = () => new DomainError('forbidden', 'approvals.fourEyes')

/**
 * What one may do with an application that was handed in.
 *
 * @param approvals what all domains declare
 */
export function declareDecisions(approvals: Approvals) {
  return {
    /** The superior's officer says what should become of it. Whoever applied doesn't. */
    proposeDecision: defineCommand(proposeForm, {
      action: 'application.propose',
      object: 'application',
      run: async (ctx, input): Promise<Done<{ version: number }>> => {
        await lockTree(ctx, 'shared')
        const row = await holdApplication(ctx, input, 'superior', 'proposed')
        const by = actorName(ctx.actor)
        if (by === row.applied_by) throw fourEyes()
        const version = row.version + 1
        await ctx.db
          .updateTable('approvals.application')
          .set({ state: 'proposed', proposal: input.proposal, opinion: input.opinion, proposed_by: by, version })
          .where('id', '=', row.id)
          .execute()
        const said = { proposal: input.proposal, note: input.opinion }
        await recordMove(ctx, { applicationId: row.id, from: row.state, to: 'proposed', ...said })
        await tellApplicant(ctx, row, 'application.propose')
        return { answer: { version }, objectId: row.id, after: { proposal: input.proposal } }
      },
    }),
    /** The superior's leader approves: the paper gets its number, and what was applied for takes effect at the applicant's. */
    approveApplication: defineCommand(approveForm, {
      action: 'application.approve',
      object: 'application',
      run: async (ctx, input): Promise<Done<{ version: number; paperNo: string }>> => {
        await lockTree(ctx, 'shared')
        const row = await holdDecidable(ctx, input, 'approved')
        const approval = findApproval(approvals, row.kind)
        const { paperNo, year, serial } = await takePaperNumber(ctx)
        const version = row.version + 1
        await ctx.db
          .updateTable('approvals.application')
          .set({
            state: 'approved',
            decided_on: ctx.today,
            decided_by: actorName(ctx.actor),
            paper_no: paperNo,
            paper_year: year,
            paper_serial: serial,
            version,
          })
          .where('id', '=', row.id)
          .execute()
        await recordMove(ctx, { applicationId: row.id, from: row.state, to: 'approved', note: paperNo })
        await atApplicant(ctx, row, 'application.approve', async (there) => {
          await holdFiles(there, applicationFiles, row.id, 'kept')
          await approval.approve(there, decidedOf(row), row.typed, { paperNo, on: ctx.today })
        })
        return { answer: { version, paperNo }, objectId: row.id, after: { kind: row.kind, paperNo } }
      },
    }),
    /** The superior's leader sends it back with the reasons; it may be mended and handed in again. */
    returnApplication: defineCommand(returnForm, {
      action: 'application.return',
      object: 'application',
      run: async (ctx, input): Promise<Done<{ version: number }>> => {
        await lockTree(ctx, 'shared')
        const row = await holdDecidable(ctx, input, 'returned')
        const approval = findApproval(approvals, row.kind)
        const version = row.version + 1
        await ctx.db
          .updateTable('approvals.application')
          .set({
            state: 'returned',
            decided_on: ctx.today,
            decided_by: actorName(ctx.actor),
            reason: input.reason,
            version,
          })
          .where('id', '=', row.id)
          .execute()
        await recordMove(ctx, { applicationId: row.id, from: row.state, to: 'returned', note: input.reason })
        await atApplicant(ctx, row, 'application.return', async (there) => {
          await holdFiles(there, applicationFiles, row.id, 'open')
          await approval.release(there, decidedOf(row, input.reason), row.typed, 'returned')
        })
        return { answer: { version }, objectId: row.id, after: { kind: row.kind } }
      },
    }),
    /** The applicant takes it back before it is decided. */
    withdrawApplication: defineCommand(withdrawForm, {
      action: 'application.withdraw',
      object: 'application',
      run: async (ctx, input): Promise<Done<{ version: number }>> => {
        const row = await holdApplication(ctx, input, 'applicant', 'withdrawn')
        const approval = findApproval(approvals, row.kind)
        const version = row.version + 1
        await ctx.db
          .updateTable('approvals.application')
          // What was returned keeps its decision in the history alone.
          .set({ state: 'withdrawn', decided_on: null, decided_by: '', reason: '', version })
          .where('id', '=', row.id)
          .execute()
        await recordMove(ctx, { applicationId: row.id, from: row.state, to: 'withdrawn', note: input.reason })
        await holdFiles(ctx, applicationFiles, row.id, 'kept')
        if (row.state !== 'returned') await approval.release(ctx, decidedOf(row, input.reason), row.typed, 'withdrawn')
        return { answer: { version }, objectId: row.id, after: { kind: row.kind } }
      },
    }),
  }
}

/**
 * Takes back what is open of a record that the applicant's own body has ended otherwise: nothing is released, since nothing waits any more. The caller
 * has checked that it may.
 */
export async function closeOpen(
  ctx: TenantContext,
  approval: AnyApproval,
  objectId: number,
  reason: string,
): Promise<void> {
  requirePermission(ctx, 'approval:apply')
  const row = await ctx.db
    .selectFrom('approvals.application')
    .selectAll()
    .where('kind', '=', approval.key)
    .where('object_id', '=', objectId)
    .where('from_tenant_id', '=', ctx.tenantId)
    .where('state', 'in', ['applied', 'proposed', 'returned'])
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return
  await ctx.db
    .updateTable('approvals.application')
    .set({ state: 'withdrawn', decided_on: null, decided_by: '', reason: '', version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordMove(ctx, { applicationId: row.id, from: row.state, to: 'withdrawn', note: reason })
  await holdFiles(ctx, applicationFiles, row.id, 'kept')
}

/** @throws DomainError forbidden approvals.fourEyes for whoever applied or proposed; conflict approvals.lapsed */
async function holdDecidable(
  ctx: TenantContext,
  seen: { readonly applicationId: number; readonly version: number },
  to: 'approved' | 'returned',
): Promise<ApplicationRow> {
  const row = await holdApplication(ctx, seen, 'superior', to)
  const by = actorName(ctx.actor)
  if (by === row.applied_by || by === row.proposed_by) throw fourEyes()
  if (row.lapses_on < ctx.today) throw new DomainError('conflict', 'approvals.lapsed')
  return row
}

/** Does what a decision means in the applicant's register, and notes it in the trail there with who decided. */
async function atApplicant(
  ctx: TenantContext,
  row: ApplicationRow,
  action: 'application.approve' | 'application.return' | 'application.propose',
  work: (there: TenantContext) => Promise<void>,
): Promise<void> {
  if (isInHouse(row)) return work(ctx)
  const { code } = await ctx.db
    .selectFrom('tenancy.federation')
    .select('code')
    .where('id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  await withBodyReach(ctx, { tenantId: row.from_tenant_id, name: `${code}/${actorName(ctx.actor)}` }, async (there) => {
    await work(there)
    await recordAudit(there, { action, objectKind: 'application', objectId: row.id, after: { kind: row.kind } })
  })
}

function tellApplicant(ctx: TenantContext, row: ApplicationRow, action: 'application.propose'): Promise<void> {
  return atApplicant(ctx, row, action, () => Promise.resolve())
}

/** Ends what nobody decided in time. For the worker. Returns how many. */
export async function lapseApplications(deps: Deps, approvals: Approvals): Promise<number> {
  let lapsed = 0
  for (const top of await listRoots(deps)) {
    const late = await withTenant(deps, systemActor('approvals', top), ({ db, today }) =>
      db
        .selectFrom('approvals.application')
        .select(['id', 'from_tenant_id'])
        .where('state', 'in', ['applied', 'proposed'])
        .where('lapses_on', '<', today)
        .orderBy('id')
        .limit(500)
        .execute(),
    )
    for (const { id, from_tenant_id } of late)
      lapsed += await withTenant(deps, systemActor('approvals', from_tenant_id), (ctx) => lapseOne(ctx, approvals, id))
  }
  return lapsed
}

async function lapseOne(ctx: TenantContext, approvals: Approvals, id: number): Promise<number> {
  const row = await ctx.db
    .selectFrom('approvals.application')
    .selectAll()
    .where('id', '=', id)
    .where('state', 'in', ['applied', 'proposed'])
    .where('lapses_on', '<', ctx.today)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) return 0
  await ctx.db
    .updateTable('approvals.application')
    .set({ state: 'lapsed', version: row.version + 1 })
    .where('id', '=', id)
    .execute()
  await recordMove(ctx, { applicationId: id, from: row.state, to: 'lapsed', note: '' })
  await holdFiles(ctx, applicationFiles, id, 'kept')
  await findApproval(approvals, row.kind).release(ctx, decidedOf(row), row.typed, 'lapsed')
  await recordAudit(ctx, {
    action: 'application.lapse',
    objectKind: 'application',
    objectId: id,
    after: { kind: row.kind },
  })
  return 1
}
