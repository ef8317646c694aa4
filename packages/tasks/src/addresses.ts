import { DomainError, recordAudit, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

const field = 'task.email'

/** Null: no e-mail any more. */
export const SetMailAddress = z.object({ email: z.email('tasks.email.wrong').max(200).nullable() })

/** Where one gets the daily message by e-mail; null: nowhere. */
export async function readMailAddress(ctx: TenantContext): Promise<{ email: string | null }> {
  if (ctx.actor.kind !== 'user') throw new DomainError('unauthenticated', 'errors.unauthenticated')
  const email = await findMailAddress(ctx, ctx.actor.accountId)
  return { email }
}

/** The address of an account; the worker reads those of all below. */
export async function findMailAddress(ctx: TenantContext, accountId: number): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('tasks.address')
    .select('email_sealed')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row === undefined ? null : ctx.vault.open(field, row.email_sealed)
}

/** Sets or takes back the own address. The trail says that it was done, not what it is. */
export async function setMailAddress(ctx: TenantContext, { email }: z.output<typeof SetMailAddress>): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'user') throw new DomainError('unauthenticated', 'errors.unauthenticated')
  if (email === null) await ctx.db.deleteFrom('tasks.address').where('account_id', '=', actor.accountId).execute()
  else {
    const sealed = ctx.vault.seal(field, email)
    await ctx.db
      .insertInto('tasks.address')
      .values({ account_id: actor.accountId, tenant_id: ctx.tenantId, email_sealed: sealed })
      .onConflict((conflict) =>
        conflict.column('account_id').doUpdateSet({ email_sealed: sealed, changed_at: ctx.now }),
      )
      .execute()
  }
  await recordAudit(ctx, {
    action: email === null ? 'mailAddress.drop' : 'mailAddress.set',
    objectKind: 'account',
    objectId: actor.username,
  })
}
