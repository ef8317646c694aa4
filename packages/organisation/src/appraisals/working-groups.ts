import { listColleagues, type Colleague } from '@gonglian/auth/colleagues'
import { createHash, randomBytes } from 'node:crypto'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { combine, split } from 'shamir-secret-sharing'
import { z } from 'zod'
import { lockAppraisal } from './appraisal-rows.ts'
import { deriveGroupKey, findPublicKey, openSealed, sealTo } from './ballot-keys.ts'
import { GroupCode, drawCode, readPrivateKey } from './group-codes.ts'
import { readLimit, limits } from '../limits.ts'
import { writeCode } from './slip-signs.ts'

/** So many members open the ballots together. */
export const membersToOpen = 3
const secretBytes = 32
const nameShare = (appraisalId: number) => `share of appraisal ${appraisalId}`

export const GroupNames = z.array(z.string().trim().toLowerCase().min(2).max(64)).max(20)

/** What is wrong with the members named: how many they are, and whether each has an account of this body that sees the organisation's work. */
export async function checkGroup(ctx: TenantContext, group: readonly string[]): Promise<FieldError[]> {
  const bounds = await readLimit(ctx, limits.workingGroup)
  const from = Math.max(bounds.from, membersToOpen)
  if (new Set(group).size !== group.length) return [{ path: 'group', key: 'organisation.groupTwice' }]
  if (group.length < from || group.length > bounds.to)
    return [{ path: 'group', key: 'organisation.groupSize', params: { from, to: bounds.to } }]
  const known = new Set((await listColleagues(ctx, 'organisation:read')).map(({ username }) => username))
  const missing = group.filter((name) => !known.has(name))
  return missing.length === 0
    ? []
    : [{ path: 'group', key: 'organisation.groupUnknown', params: { names: missing.join('、') } }]
}

/** Whom the working group of an appraisal can be picked from. */
export async function listGroupCandidates(ctx: TenantContext): Promise<Colleague[]> {
  requirePermission(ctx, 'organisation:write')
  return listColleagues(ctx, 'organisation:read')
}

const listMembers = (ctx: TenantContext, appraisalId: number) =>
  ctx.db
    .selectFrom('organisation.group_member')
    .select(['id', 'username', 'public_key', 'sealed_share'])
    .where('appraisal_id', '=', appraisalId)
    .where('tenant_id', '=', ctx.tenantId)
    .orderBy('id')
    .execute()

export const ReadGroup = z.object({ appraisalId: z.int().positive() })

/** The working group of an own appraisal: who keeps a code already, whether the key is made, and whether the reader is in it. */
export async function readGroup(ctx: TenantContext, input: z.output<typeof ReadGroup>) {
  requirePermission(ctx, 'organisation:read')
  const row = found(
    await ctx.db
      .selectFrom('organisation.appraisal as a')
      .innerJoin('organisation.trade_union as u', 'u.id', 'a.union_id')
      .select(['a.id', 'a.state', 'a.closes_on', 'a.group_key', 'a.eligible', 'a.early_by', 'u.name'])
      .where('a.id', '=', input.appraisalId)
      .where('a.tenant_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.appraisalNotFound',
  )
  const members = await listMembers(ctx, row.id)
  const me = actorName(ctx.actor)
  return {
    unionName: row.name,
    state: row.state,
    closesOn: row.closes_on,
    eligible: row.eligible,
    isEndAsked: row.early_by !== '',
    isMade: row.group_key !== null,
    isMember: members.some(({ username }) => username === me),
    members: members.map(({ username, public_key }) => ({ username, isKept: public_key !== null })),
  }
}

async function lockForCode(ctx: TenantContext, appraisalId: number) {
  const row = await lockAppraisal(ctx, { appraisalId }, 'open')
  const me = actorName(ctx.actor)
  const members = await listMembers(ctx, row.id)
  const mine = members.find(({ username }) => username === me)
  if (mine === undefined) throw new DomainError('forbidden', 'organisation.groupNotYours')
  if (row.group_key !== null) throw new DomainError('conflict', 'organisation.groupKeyMade')
  return { row, members, mine }
}

export const DrawGroupCode = z.object({ appraisalId: z.int().positive() })

/**
 * Draws a code for the acting member of the working group and shows it, this once, for printing. Nothing is stored: it counts when the
 * member has confirmed it (`keepGroupCode`). Until the key is made, a lost code is drawn anew.
 *
 * @throws DomainError forbidden organisation.groupNotYours; conflict organisation.groupKeyMade
 */
export async function drawGroupCode(
  ctx: TenantContext,
  input: z.output<typeof DrawGroupCode>,
): Promise<{ code: string }> {
  requirePermission(ctx, 'organisation:read')
  await lockForCode(ctx, input.appraisalId)
  return { code: writeCode(drawCode()) }
}

export const KeepGroupCode = z.object({ appraisalId: z.int().positive(), code: GroupCode })

/**
 * The acting member keeps this code. The system keeps the public key that derives from it, never the code. When the last member has
 * kept one, the key of the working group is made.
 *
 * @throws DomainError as drawGroupCode
 */
export async function keepGroupCode(
  ctx: TenantContext,
  input: z.output<typeof KeepGroupCode>,
): Promise<{ isMade: boolean }> {
  requirePermission(ctx, 'organisation:read')
  const { row, mine } = await lockForCode(ctx, input.appraisalId)
  await ctx.db
    .updateTable('organisation.group_member')
    .set({ public_key: findPublicKey(readPrivateKey(row.id, input.code)) })
    .where('id', '=', mine.id)
    .execute()
  await recordAudit(ctx, {
    action: 'appraisal.code.keep',
    objectKind: 'appraisal',
    objectId: row.id,
    after: { member: mine.username },
  })
  const members = await listMembers(ctx, row.id)
  const keys = members.flatMap(({ id, public_key: key }) => (key === null ? [] : [{ id, key }]))
  if (keys.length < members.length) return { isMade: false }
  await makeGroupKey(ctx, row.id, keys)
  return { isMade: true }
}

/** Draws the secret, seals a share of it to each member and forgets it. The trail keeps a print of the public key. */
async function makeGroupKey(
  ctx: TenantContext,
  appraisalId: number,
  keys: readonly { id: number; key: Buffer }[],
): Promise<void> {
  const secret = randomBytes(secretBytes)
  const { privateKey, proof } = deriveGroupKey(secret)
  const shares = await split(new Uint8Array(secret), keys.length, membersToOpen)
  for (const [index, { id, key }] of keys.entries())
    await ctx.db
      .updateTable('organisation.group_member')
      .set({ sealed_share: sealTo(key, nameShare(appraisalId), shares[index] ?? new Uint8Array()) })
      .where('id', '=', id)
      .execute()
  const publicKey = findPublicKey(privateKey)
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ group_key: publicKey, group_proof: createHash('sha256').update(proof).digest() })
    .where('id', '=', appraisalId)
    .execute()
  for (const used of [secret, privateKey, proof, ...shares]) used.fill(0)
  await recordAudit(ctx, {
    action: 'appraisal.key.make',
    objectKind: 'appraisal',
    objectId: appraisalId,
    after: { members: keys.length, needed: membersToOpen, key: printKey(publicKey) },
  })
}

const printKey = (key: Uint8Array) => createHash('sha256').update(key).digest('hex').slice(0, 16)

/** Three codes, each as typed with its groups. */
export const GroupCodes = z.array(GroupCode).length(membersToOpen)

/**
 * Opens the key of the working group with the codes of three of its members. The caller uses it at once and keeps nothing.
 *
 * @throws DomainError invalid with fields: organisation.groupCodeOther, organisation.groupCodeTwice; conflict organisation.groupKeyMissing
 */
export async function openGroupKey(
  ctx: TenantContext,
  row: { readonly id: number; readonly group_key: Buffer | null },
  codes: z.output<typeof GroupCodes>,
): Promise<{ privateKey: Buffer; proof: Buffer; openedBy: string[] }> {
  if (row.group_key === null) throw new DomainError('conflict', 'organisation.groupKeyMissing')
  const members = await listMembers(ctx, row.id)
  const held = codes.map((code) => {
    const privateKey = readPrivateKey(row.id, code)
    const publicKey = findPublicKey(privateKey)
    return { privateKey, member: members.find((member) => member.public_key?.equals(publicKey) === true) }
  })
  const faults = held.flatMap(({ member }, index): FieldError[] =>
    member === undefined
      ? [{ path: `codes.${index}`, key: 'organisation.groupCodeOther' }]
      : held.findIndex((other) => other.member === member) < index
        ? [{ path: `codes.${index}`, key: 'organisation.groupCodeTwice' }]
        : [],
  )
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  const shares = held.flatMap(({ privateKey, member }) =>
    member?.sealed_share ? [new Uint8Array(openSealed(privateKey, nameShare(row.id), member.sealed_share))] : [],
  )
  const secret = await combine(shares)
  const opened = deriveGroupKey(secret)
  secret.fill(0)
  if (!findPublicKey(opened.privateKey).equals(row.group_key)) throw new Error('the shares do not make the key')
  return { ...opened, openedBy: held.flatMap(({ member }) => (member ? [member.username] : [])) }
}

/** After the count nobody needs the shares: the codes on paper open nothing any more. */
export async function forgetShares(ctx: TenantContext, appraisalId: number): Promise<void> {
  await ctx.db
    .updateTable('organisation.group_member')
    .set({ sealed_share: null })
    .where('appraisal_id', '=', appraisalId)
    .execute()
}
