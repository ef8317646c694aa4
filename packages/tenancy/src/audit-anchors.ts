import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import type { Sweep } from '@gonglian/jobs/sweeps'
import { sql } from 'kysely'
import { z } from 'zod'
import { systemActor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { shanghaiDay, withTenant, type Deps, type TenantContext } from './context.ts'

/** One signed head of an audit trail, as it stands in the published file: one line of JSON each. */
export const AuditAnchor = z.object({
  code: z.string(),
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.base64(),
})
export type AuditAnchor = z.output<typeof AuditAnchor>

/** Names a key pair: the first 16 hex digits of the SHA-256 of the public key. */
export function nameKey(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16)
}

const wordsOf = (anchor: Pick<AuditAnchor, 'code' | 'seq' | 'hash' | 'at'>) =>
  Buffer.from(`gonglian audit head\n${anchor.code}\n${anchor.seq}\n${anchor.hash}\n${anchor.at}`)

type GrownHead = { tenantId: number; superiorId: number | null; code: string; seq: number; hash: Buffer }

/** The heads of trails that have grown since they were last signed. One pass over heads, each with one index look-up in anchors and links. */
async function listGrownHeads(ctx: TenantContext): Promise<GrownHead[]> {
  const { rows } = await sql<GrownHead>`
    select h.tenant_id as "tenantId", f.code, h.seq, h.hash, l.parent_id as "superiorId"
    from tenancy.audit_head h join tenancy.federation f on f.id = h.tenant_id
    left join tenancy.link l on l.federation_id = h.tenant_id and l.hierarchy = 'regional' and l.valid_to is null
    where h.seq > coalesce((select max(a.seq) from tenancy.audit_anchor a where a.tenant_id = h.tenant_id), 0)
    order by f.code`.execute(ctx.db)
  return rows
}

/**
 * Signs the head of every trail that has grown since it was last signed, and writes into each superior's trail which heads of the bodies
 * directly below it were signed. One transaction; of two processes at once the second finds nothing left.
 *
 * @param privateKey Ed25519, kept outside the database
 * @param publish stores the anchors outside the database; it runs before the commit, so that whatever stands in the database was published
 * @returns how many heads were signed
 */
export async function signAuditHeads(
  deps: Deps,
  privateKey: KeyObject,
  publish: (anchors: readonly AuditAnchor[], day: string) => Promise<void>,
): Promise<number> {
  const keyId = nameKey(createPublicKey(privateKey))
  return withTenant(deps, systemActor('audit', 0), async (ctx) => {
    await sql`select pg_advisory_xact_lock(7007)`.execute(ctx.db)
    const at = ctx.now.toISOString()
    const signed = (await listGrownHeads(ctx)).map((head) => {
      const words = { code: head.code, seq: head.seq, hash: head.hash.toString('hex'), at }
      return { head, anchor: { ...words, keyId, signature: sign(null, wordsOf(words), privateKey).toString('base64') } }
    })
    if (signed.length === 0) return 0
    await sql`
      insert into tenancy.audit_anchor (tenant_id, seq, hash, key_id, signature)
      select tenant_id, seq, hash, ${keyId}, decode(signature, 'base64') from unnest(${signed.map(({ head }) => head.tenantId)}::int[],
        ${signed.map(({ head }) => head.seq)}::bigint[], ${signed.map(({ head }) => head.hash)}::bytea[],
        ${signed.map(({ anchor }) => anchor.signature)}::text[]) as s(tenant_id, seq, hash, signature)`.execute(ctx.db)
    for (const superiorId of new Set(signed.map(({ head }) => head.superiorId))) {
      if (superiorId === null) continue
      const below = signed.filter(({ head }) => head.superiorId === superiorId)
      await recordAudit(ctx, {
        tenantId: superiorId,
        action: 'audit.anchor',
        objectKind: 'audit',
        objectId: superiorId,
        after: { keyId, heads: below.map(({ anchor: { code, seq, hash } }) => ({ code, seq, hash })) },
      })
    }
    await publish(
      signed.map(({ anchor }) => anchor),
      ctx.today,
    )
    return signed.length
  })
}

/** The worker's turn, each hour so that a day is not missed when it is down at some time. What can't be published is told and tried at the next turn. */
export function auditHeadsSweep(files: Parameters<typeof signHeadsDaily>[1]): Sweep<Deps> {
  return { name: 'audit.heads', everyMs: 3_600_000, run: (deps) => signHeadsDaily(deps, files) }
}

/** Signs once a day (Asia/Shanghai): for a worker that asks more often. */
async function signHeadsDaily(
  deps: Deps,
  files: { readonly privateKey: KeyObject; publish: Parameters<typeof signAuditHeads>[2] },
): Promise<void> {
  const isDone = await withTenant(deps, systemActor('audit', 0), async (ctx) => {
    const { at } = await ctx.db
      .selectFrom('tenancy.audit_anchor')
      .select((eb) => eb.fn.max('at').as('at'))
      .executeTakeFirstOrThrow()
    return at !== null && shanghaiDay(at) === ctx.today
  })
  if (!isDone) await signAuditHeads(deps, files.privateKey, files.publish)
}

export type Signing = {
  /** When a head was last signed. */
  readonly last: Date | null
  /** When the oldest line was written that no signed head covers yet. */
  readonly unsignedSince: Date | null
  /** Whether that line is older than the worker's daily turn allows. */
  readonly isOverdue: boolean
}

/** A line that is written just after a day's turn waits for the next one, which comes within an hour after midnight. */
const longestUnsignedMs = 26 * 3_600_000

/** How far the signing of heads has come: for the operator. */
export async function readSigning(deps: Deps): Promise<Signing> {
  return withTenant(deps, systemActor('audit', 0), async (ctx) => {
    const { rows } = await sql<{ last: Date | null; unsignedSince: Date | null }>`
      select (select max(at) from tenancy.audit_anchor) as last, min(line.at) as "unsignedSince"
      from tenancy.audit_head h
      cross join lateral (select coalesce(max(a.seq), 0) as seq from tenancy.audit_anchor a where a.tenant_id = h.tenant_id) signed
      join tenancy.audit line on line.tenant_id = h.tenant_id and line.seq = signed.seq + 1
      where h.seq > signed.seq`.execute(ctx.db)
    const { last, unsignedSince } = rows[0] ?? { last: null, unsignedSince: null }
    const isOverdue = unsignedSince !== null && ctx.now.getTime() - unsignedSince.getTime() > longestUnsignedMs
    return { last, unsignedSince, isOverdue }
  })
}

export type BrokenAnchor = {
  readonly anchor: AuditAnchor
  readonly fault: 'signature' | 'unknownKey' | 'lineMissing' | 'lineChanged'
}

/**
 * Compares signed heads, from published files or from the database itself, with the trails as they are now.
 *
 * @param publicKeys every key that ever signed
 */
export async function findBrokenAnchors(
  deps: Deps,
  anchors: readonly AuditAnchor[],
  publicKeys: readonly KeyObject[],
): Promise<BrokenAnchor[]> {
  const keys = new Map(publicKeys.map((key) => [nameKey(key), key]))
  const lines = await withTenant(deps, systemActor('audit', 0), async (ctx) => {
    const { rows } = await sql<{ code: string; seq: number; hash: Buffer | null }>`
      select a.code, a.seq, line.hash from unnest(${anchors.map((one) => one.code)}::text[], ${anchors.map((one) => one.seq)}::bigint[]) as a(code, seq)
      left join tenancy.federation f on f.code = a.code
      left join tenancy.audit line on line.tenant_id = f.id and line.seq = a.seq`.execute(ctx.db)
    return new Map(rows.map((row) => [`${row.code} ${row.seq}`, row.hash?.toString('hex') ?? null]))
  })
  return anchors.flatMap((anchor): BrokenAnchor[] => {
    const key = keys.get(anchor.keyId)
    if (!key) return [{ anchor, fault: 'unknownKey' }]
    if (!verify(null, wordsOf(anchor), key, Buffer.from(anchor.signature, 'base64')))
      return [{ anchor, fault: 'signature' }]
    const line = lines.get(`${anchor.code} ${anchor.seq}`) ?? null
    if (line === null) return [{ anchor, fault: 'lineMissing' }]
    return line === anchor.hash ? [] : [{ anchor, fault: 'lineChanged' }]
  })
}

/** The signed heads that the database keeps, oldest first. */
export async function listAuditAnchors(deps: Deps): Promise<AuditAnchor[]> {
  return withTenant(deps, systemActor('audit', 0), async (ctx) => {
    const rows = await ctx.db
      .selectFrom('tenancy.audit_anchor as a')
      .innerJoin('tenancy.federation as f', 'f.id', 'a.tenant_id')
      .select(['f.code', 'a.seq', 'a.hash', 'a.at', 'a.key_id', 'a.signature'])
      .orderBy('a.at')
      .orderBy('f.code')
      .execute()
    return rows.map((row) => ({
      code: row.code,
      seq: row.seq,
      hash: row.hash.toString('hex'),
      at: row.at.toISOString(),
      keyId: row.key_id,
      signature: row.signature.toString('base64'),
    }))
  })
}
