import { attachFiles, holdFiles } from '@gonglian/files'
import { DomainError, actorName, lockTree, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { applicationFiles, type AnyApproval, type ApplyInput } from './approval.ts'
import { findDays } from './deadlines.ts'
import { closeOpen } from './deciding.ts'
import { recordMove } from './moves.ts'

/**
 * Applies for something that the next level approves. The caller has checked what is typed against its own rules and holds the record. A returned
 * application of the same record is handed in again.
 *
 * @throws DomainError conflict approvals.noSuperior, approvals.open; invalid approvals.paperMissing beside `files`
 */
export async function applyFor(
  ctx: TenantContext,
  approval: AnyApproval,
  input: ApplyInput,
): Promise<{ applicationId: number; dueOn: string }> {
  requirePermission(ctx, 'approval:apply')
  requirePermission(ctx, approval.permission)
  const toTenantId = input.level === 'own' ? ctx.tenantId : await findSuperior(ctx)
  requirePapers(approval, input)
  const { dueOn, lapsesOn } = await findDays(ctx, approval)
  const by = actorName(ctx.actor)
  // Whoever enters what a unit of the own register asks for speaks for the body: that is its proposal.
  const proposed =
    input.level === 'own'
      ? ({ state: 'proposed', proposal: 'approve', proposed_by: by } as const)
      : ({ state: 'applied', proposal: null, proposed_by: '' } as const)
  const written = {
    title: input.title.slice(0, 200),
    typed: JSON.stringify(approval.check(input.typed)),
    applied_on: ctx.today,
    applied_by: by,
    due_on: dueOn,
    lapses_on: lapsesOn,
    opinion: '',
    ...proposed,
  }
  const before = await findReturned(ctx, approval, input.objectId, toTenantId)
  const { id } =
    before === null
      ? await ctx.db
          .insertInto('approvals.application')
          .values({
            kind: approval.key,
            object_id: input.objectId,
            from_tenant_id: ctx.tenantId,
            to_tenant_id: toTenantId,
            ...written,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
      : await ctx.db
          .updateTable('approvals.application')
          .set({ ...written, decided_on: null, decided_by: '', reason: '', version: before.version + 1 })
          .where('id', '=', before.id)
          .returning('id')
          .executeTakeFirstOrThrow()
  await attachFiles(ctx, applicationFiles, {
    objectId: id,
    files: input.files,
    path: 'files',
    sharedWith: input.level === 'own' ? null : toTenantId,
  })
  await holdFiles(ctx, applicationFiles, id, 'held')
  await recordMove(ctx, { applicationId: id, from: before === null ? '' : 'returned', to: proposed.state, note: '' })
  await recordAudit(ctx, {
    action: 'application.apply',
    objectKind: 'application',
    objectId: id,
    after: { kind: approval.key, object: input.objectId, dueOn, papers: input.files.length },
  })
  return { applicationId: id, dueOn }
}

/**
 * The superior of today in the tree of areas, which stays so until the end of the transaction.
 *
 * @throws DomainError conflict approvals.noSuperior
 */
async function findSuperior(ctx: TenantContext): Promise<number> {
  await lockTree(ctx, 'shared')
  const superior = await readSuperior(ctx)
  if (superior === null) throw new DomainError('conflict', 'approvals.noSuperior')
  return superior
}

/** The body that decides what the own body applies for; null at the top. */
export async function readSuperior(ctx: TenantContext): Promise<number | null> {
  const row = await ctx.db
    .selectFrom('tenancy.link')
    .select('parent_id')
    .where('federation_id', '=', ctx.tenantId)
    .where('hierarchy', '=', 'regional')
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  return row?.parent_id ?? null
}

/** Whoever decides elsewhere reads the papers here alone; the own body keeps them. */
function requirePapers({ slots }: AnyApproval, { files, level }: ApplyInput): void {
  if (level === 'own') return
  const missing = slots.find((slot) => !files.some((file) => file.slot === slot))
  if (missing === undefined) return
  throw new DomainError('invalid', 'approvals.paperMissing', {
    fields: [{ path: `files.${missing}`, key: 'approvals.paperMissing' }],
  })
}

/** What was returned of the record and goes to the same body again. What another body returned is over. */
async function findReturned(ctx: TenantContext, approval: AnyApproval, objectId: number, toTenantId: number) {
  const open = await ctx.db
    .selectFrom('approvals.application')
    .select(['id', 'to_tenant_id', 'state', 'version'])
    .where('kind', '=', approval.key)
    .where('object_id', '=', objectId)
    .where('from_tenant_id', '=', ctx.tenantId)
    .where('state', 'in', ['applied', 'proposed', 'returned'])
    .forUpdate()
    .executeTakeFirst()
  if (open === undefined) return null
  if (open.state !== 'returned') throw new DomainError('conflict', 'approvals.open')
  if (open.to_tenant_id !== toTenantId) {
    await closeOpen(ctx, approval, objectId, '')
    return null
  }
  // Its files may be exchanged again.
  await holdFiles(ctx, applicationFiles, open.id, 'open')
  return open
}
