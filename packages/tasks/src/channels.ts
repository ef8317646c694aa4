import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { findAddressFault, type AllowedHosts } from './outbound.ts'
import { robotKinds, type Robot } from './robots.ts'

const kind = z.enum(robotKinds)
const urlField = 'task.channel.url'
const secretField = 'task.channel.secret'

export const SetChannel = z.object({
  kind,
  /** 0 where there is none yet. */
  version: z.int().min(0),
  url: z.string().trim().min(8).max(500),
  /** The key that DingTalk's robot signs with; empty: it does not. */
  secret: z.string().trim().max(200).default(''),
})
export const DropChannel = z.object({ kind, version: z.int().min(1) })

/** The robots of the own body; of their addresses only the host. */
export async function listChannels(ctx: TenantContext) {
  requirePermission(ctx, 'channel:read')
  const rows = await ctx.db
    .selectFrom('tasks.channel')
    .select(['kind', 'host', 'version', 'set_by as setBy', 'set_at as setAt'])
    .select((eb) => eb('secret_sealed', 'is not', null).as('isSigned'))
    .where('tenant_id', '=', ctx.tenantId)
    .orderBy('kind')
    .execute()
  return { rows }
}

/**
 * Names the robot that gets the body's daily message. The address is sealed: who knows it writes into the chat.
 *
 * @throws DomainError invalid with the field for an address that is no public HTTPS one; conflict errors.conflict
 */
export async function setChannel(
  ctx: TenantContext,
  input: z.output<typeof SetChannel>,
  allowed: AllowedHosts,
): Promise<{ version: number }> {
  requirePermission(ctx, 'channel:set')
  requireFreshProof(ctx)
  const fault = findAddressFault(input.url, allowed)
  if (fault !== null) throw new DomainError('invalid', fault, { fields: [{ path: 'url', key: fault }] })
  const before = await lockChannel(ctx, input.kind)
  if ((before?.version ?? 0) !== input.version) throw new DomainError('conflict', 'errors.conflict')
  const values = {
    host: new URL(input.url).host,
    url_sealed: ctx.vault.seal(urlField, input.url),
    secret_sealed: input.secret === '' ? null : ctx.vault.seal(secretField, input.secret),
    is_on: true,
    set_by: actorName(ctx.actor),
    set_at: ctx.now,
    version: input.version + 1,
  }
  await ctx.db
    .insertInto('tasks.channel')
    .values({ tenant_id: ctx.tenantId, kind: input.kind, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'kind']).doUpdateSet(values))
    .execute()
  await recordAudit(ctx, {
    action: 'channel.set',
    objectKind: 'channel',
    objectId: input.kind,
    after: { host: values.host, isSigned: values.secret_sealed !== null },
  })
  return { version: values.version }
}

/** @throws DomainError not_found; conflict errors.conflict */
export async function dropChannel(ctx: TenantContext, input: z.output<typeof DropChannel>): Promise<void> {
  requirePermission(ctx, 'channel:set')
  requireFreshProof(ctx)
  const row = found(await lockChannel(ctx, input.kind), 'tasks.channel.notFound')
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  await ctx.db
    .deleteFrom('tasks.channel')
    .where('tenant_id', '=', ctx.tenantId)
    .where('kind', '=', input.kind)
    .execute()
  await recordAudit(ctx, {
    action: 'channel.drop',
    objectKind: 'channel',
    objectId: input.kind,
    before: { host: row.host },
  })
}

function lockChannel(ctx: TenantContext, of: z.output<typeof kind>) {
  return ctx.db
    .selectFrom('tasks.channel')
    .select(['version', 'host'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('kind', '=', of)
    .forUpdate()
    .executeTakeFirst()
}

/** The robot of a body with its secrets, for the worker; null where it was taken away meanwhile. */
export async function openChannel(
  ctx: TenantContext,
  tenantId: number,
  of: z.output<typeof kind>,
): Promise<Robot | null> {
  const row = await ctx.db
    .selectFrom('tasks.channel')
    .select(['url_sealed', 'secret_sealed'])
    .where('tenant_id', '=', tenantId)
    .where('kind', '=', of)
    .where('is_on', '=', true)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    kind: of,
    url: ctx.vault.open(urlField, row.url_sealed),
    secret: row.secret_sealed === null ? null : ctx.vault.open(secretField, row.secret_sealed),
  }
}
