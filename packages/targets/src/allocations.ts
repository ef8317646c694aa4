import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  listChildren,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { checkFamily, type Family } from './families.ts'
import { holdFamilies, refuseFamily } from './faults.ts'
import { findItem, type Item } from './items.ts'
import { TargetFigure, readTarget } from './measures.ts'
import { findPlan, nameParty, type Party, type Plan } from './plans.ts'
import { findLimit } from './splits.ts'

export const allocationStates = ['draft', 'issued', 'accepted', 'disputed', 'settled', 'signed'] as const
export type AllocationState = (typeof allocationStates)[number]

/** One body's share of one item. */
export type Share = {
  itemId: number
  receiverId: number
  issuerId: number
  value: number
  /** Kept back when it was split; negative: over-allocated; null: not split. */
  reserve: number | null
  state: AllocationState
  locked: boolean
  counterValue: number | null
  reason: string
  reply: string
  exemption: string
  issuedAt: Date | null
  issuedBy: string | null
  answeredAt: Date | null
  answeredBy: string | null
  /** Of the share: what an answer refers to. */
  version: number
  /** Of what was made of it: what the editor of its split compares. */
  splitVersion: number
}

export type SplitRow = {
  body: Party
  /** False: holds a share but is no longer a subordinate. */
  current: boolean
  share: Share | null
}

export type SplitView = {
  plan: Plan
  item: Item
  body: Party
  share: Share
  /** What the children hold together, for `sum` items. */
  allocated: number | null
  /** The most by which the children may pass the share. */
  limit: number
  rows: SplitRow[]
  /** Why nobody can edit it now: a message key; null: it can be edited. */
  blocked: string | null
}

export const GetSplit = z.object({ itemId: z.int().positive(), bodyId: z.int().positive().optional() })
export const SaveSplit = z.object({
  itemId: z.int().positive(),
  /** The split as its editor saw it. */
  version: z.int().min(0),
  /** All shares that are not yet issued; who is left out, or has null, gets none. */
  rows: z
    .array(
      z.object({
        receiverId: z.int().positive(),
        value: TargetFigure.nullable(),
        locked: z.boolean().default(false),
        exemption: z.string().trim().max(500).default(''),
      }),
    )
    .max(5000),
  /** Kept back (机动); negative: over-allocated. Rates and equal quotas have none. */
  reserve: z.int().default(0),
})
export const IssueSplit = z.object({ itemId: z.int().positive(), version: z.int().min(0) })

export const shareColumns = [
  'item_id',
  'receiver_id',
  'tenant_id',
  'value',
  'reserve',
  'state',
  'locked',
  'counter_value',
  'reason',
  'reply',
  'exemption',
  'issued_at',
  'issued_by',
  'answered_at',
  'answered_by',
  'version',
  'split_version',
] as const
export type ShareRow = {
  item_id: number
  receiver_id: number
  tenant_id: number
  value: number
  reserve: number | null
  state: AllocationState
  locked: boolean
  counter_value: number | null
  reason: string
  reply: string
  exemption: string
  issued_at: Date | null
  issued_by: string | null
  answered_at: Date | null
  answered_by: string | null
  version: number
  split_version: number
}

export function toShare(row: ShareRow): Share {
  return {
    itemId: row.item_id,
    receiverId: row.receiver_id,
    issuerId: row.tenant_id,
    value: row.value,
    reserve: row.reserve,
    state: row.state,
    locked: row.locked,
    counterValue: row.counter_value,
    reason: row.reason,
    reply: row.reply,
    exemption: row.exemption,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    version: row.version,
    splitVersion: row.split_version,
  }
}

/**
 * What a body makes of its share: its own by default, or that of a body below it, whose drafts stay its own business.
 *
 * @throws DomainError not_found where the body has no share within sight
 */
export async function getSplit(ctx: TenantContext, input: z.output<typeof GetSplit>): Promise<SplitView> {
  requirePermission(ctx, 'target:read')
  const bodyId = input.bodyId ?? ctx.tenantId
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  // allocation_pkey and allocation_children: one row and its children.
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', '=', item.id)
    .where((eb) => eb.or([eb('receiver_id', '=', bodyId), eb('above_id', '=', bodyId)]))
    .execute()
  const shares = new Map(rows.map((row) => [row.receiver_id, toShare(row)]))
  const share = found(shares.get(bodyId), 'errors.shareNotFound')
  shares.delete(bodyId)
  const children = await listChildren(ctx, bodyId, plan.hierarchy)
  const former = [...shares.keys()].filter((id) => !children.some((child) => child.id === id))
  const bodies = await findFederations(ctx, [bodyId, ...former])
  return {
    plan,
    item,
    body: nameParty(bodies, bodyId),
    share,
    allocated: item.method === 'sum' && share.reserve !== null ? share.value - share.reserve : null,
    limit: item.method === 'sum' ? findLimit(share.value, plan.overAllocation) : 0,
    rows: [
      ...children.map((child) => ({
        body: {
          id: child.id,
          code: child.code,
          name: child.name,
          shortName: child.shortName,
          level: child.level,
          kind: child.kind,
        },
        current: true,
        share: shares.get(child.id) ?? null,
      })),
      ...former.map((id) => ({ body: nameParty(bodies, id), current: false, share: shares.get(id) ?? null })),
    ],
    blocked: findBlock(plan, share),
  }
}

/** Why a body cannot split its share now: it splits what it has accepted; only the plan's issuer starts from its own. */
function findBlock(plan: Pick<Plan, 'state'>, share: Pick<Share, 'issuerId' | 'receiverId' | 'state'>): string | null {
  if (plan.state === 'closed') return 'errors.planClosed'
  const isRoot = share.issuerId === share.receiverId
  return isRoot || share.state === 'accepted' || share.state === 'settled' || share.state === 'signed'
    ? null
    : 'errors.splitNotAccepted'
}

export type HeldShare = { item: Item; plan: Plan; share: Share }

/**
 * The body's own share of an item, held until the end of the transaction: whoever changes the family takes turns here.
 *
 * @throws DomainError not_found; conflict when it cannot be split now or `version` is not the split's present one
 */
export async function holdShare(ctx: TenantContext, input: { itemId: number; version?: number }): Promise<HeldShare> {
  const row = found(
    await ctx.db
      .selectFrom('targets.allocation')
      .select(shareColumns)
      .where('item_id', '=', input.itemId)
      .where('receiver_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'errors.shareNotFound',
  )
  const share = toShare(row)
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  const blocked = findBlock(plan, share)
  if (blocked) throw new DomainError('conflict', blocked)
  if (input.version !== undefined && share.splitVersion !== input.version)
    throw new DomainError('conflict', 'errors.splitChanged')
  return { item, plan, share }
}

/** The shares a body has given, drafts included. */
export async function readChildren(ctx: TenantContext, itemId: number): Promise<Map<number, Share>> {
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', '=', itemId)
    .where('above_id', '=', ctx.tenantId)
    .execute()
  return new Map(rows.map((row) => [row.receiver_id, toShare(row)]))
}

/**
 * Saves the split of the body's own share, whole: shares not yet issued are replaced by `rows`, issued ones stay (they change by
 * settling or amending). Children + reserve must make the share (P1). Writes all rows with one statement.
 *
 * @throws DomainError invalid naming the cell and the rule, or the difference to the share; conflict when it was changed meanwhile
 */
export async function saveSplit(ctx: TenantContext, input: z.output<typeof SaveSplit>): Promise<{ version: number }> {
  requirePermission(ctx, 'target:draft')
  const { item, plan, share } = await holdShare(ctx, input)
  const before = await readChildren(ctx, item.id)
  const drafts = await readRows(ctx, item, plan, before, input.rows)
  const issued = [...before.values()].filter((child) => child.state !== 'draft')
  const family: Family = {
    method: item.method,
    direction: item.direction,
    share: share.value,
    reserve: item.method === 'sum' ? input.reserve : 0,
    overAllocation: plan.overAllocation,
    children: [...issued, ...drafts],
  }
  const fault = checkFamily(family)
  if (fault) {
    const rowOf = new Map(input.rows.map((row, index) => [row.receiverId, `rows.${index}.value`]))
    throw refuseFamily(item, family, fault, (receiverId) => rowOf.get(receiverId) ?? 'rows')
  }
  await writeDrafts(ctx, item.id, drafts)
  await ctx.db
    .updateTable('targets.allocation')
    .set({ reserve: family.children.length > 0 ? family.reserve : null, split_version: sql<number>`split_version + 1` })
    .where('item_id', '=', item.id)
    .where('receiver_id', '=', ctx.tenantId)
    .execute()
  await holdFamilies(ctx)
  const changes = listChanges(before, drafts)
  await recordAudit(ctx, {
    action: 'split.save',
    objectKind: 'item',
    objectId: item.id,
    before: { reserve: share.reserve },
    after: { reserve: family.reserve, changed: changes.length, changes: changes.slice(0, 500) },
  })
  return { version: await readSplitVersion(ctx, item.id) }
}

type Draft = { receiverId: number; value: number; locked: boolean; exemption: string }

/** The rows of the editor as drafts; what is wrong with them, cell by cell. */
async function readRows(
  ctx: TenantContext,
  item: Item,
  plan: Plan,
  before: ReadonlyMap<number, Share>,
  rows: z.output<typeof SaveSplit>['rows'],
): Promise<Draft[]> {
  const children = new Set((await listChildren(ctx, ctx.tenantId, plan.hierarchy)).map((child) => child.id))
  const fields: FieldError[] = []
  const drafts: Draft[] = []
  const seen = new Set<number>()
  for (const [index, row] of rows.entries()) {
    const present = before.get(row.receiverId)
    if (seen.has(row.receiverId)) fields.push({ path: `rows.${index}.receiverId`, key: 'errors.splitTwice' })
    seen.add(row.receiverId)
    if (!present && !children.has(row.receiverId)) {
      fields.push({ path: `rows.${index}.receiverId`, key: 'errors.splitNotBelow' })
      continue
    }
    const value = row.value === null ? null : readTarget(item.measure, row.value)
    if (value && !value.ok) {
      fields.push({ path: `rows.${index}.value`, key: value.key, params: value.params })
    } else if (present && present.state !== 'draft') {
      if (value?.value !== present.value) fields.push({ path: `rows.${index}.value`, key: 'errors.splitIssued' })
    } else if (value) {
      drafts.push({
        receiverId: row.receiverId,
        value: value.value,
        locked: row.locked,
        exemption: item.method === 'floor' ? row.exemption : '',
      })
    }
  }
  if (fields.length > 0) throw new DomainError('invalid', fields[0]?.key ?? 'errors.invalid', { fields })
  return drafts
}

/** Replaces the drafts below the body's share. Unchanged rows are not written: their version stays. */
async function writeDrafts(ctx: TenantContext, itemId: number, drafts: readonly Draft[]): Promise<void> {
  await ctx.db
    .deleteFrom('targets.allocation')
    .where('item_id', '=', itemId)
    .where('above_id', '=', ctx.tenantId)
    .where('state', '=', 'draft')
    .where('receiver_id', '<>', sql<number>`all (${drafts.map((draft) => draft.receiverId)}::int[])`)
    .execute()
  await sql`
    insert into targets.allocation as a (item_id, receiver_id, tenant_id, value, locked, exemption)
    select ${itemId}, d."receiverId", ${ctx.tenantId}, d.value, d.locked, d.exemption
    from jsonb_to_recordset(${JSON.stringify(drafts)}::jsonb) as d("receiverId" int, value bigint, locked boolean, exemption text)
    on conflict (item_id, receiver_id) do update
      set value = excluded.value, locked = excluded.locked, exemption = excluded.exemption, version = a.version + 1
      where a.state = 'draft' and (a.value, a.locked, a.exemption) is distinct from (excluded.value, excluded.locked, excluded.exemption)`.execute(
    ctx.db,
  )
}

function listChanges(
  before: ReadonlyMap<number, Share>,
  drafts: readonly Draft[],
): [number, number | null, number | null][] {
  const after = new Map(drafts.map((draft) => [draft.receiverId, draft.value]))
  const gone = [...before.values()].filter((child) => child.state === 'draft' && !after.has(child.receiverId))
  return [
    ...drafts
      .filter((draft) => before.get(draft.receiverId)?.value !== draft.value)
      .map((draft): [number, number | null, number | null] => [
        draft.receiverId,
        before.get(draft.receiverId)?.value ?? null,
        draft.value,
      ]),
    ...gone.map((child): [number, number | null, number | null] => [child.receiverId, child.value, null]),
  ]
}

/** The version with which the next save of this split must come. */
export async function readSplitVersion(ctx: TenantContext, itemId: number): Promise<number> {
  const row = await ctx.db
    .selectFrom('targets.allocation')
    .select('split_version')
    .where('item_id', '=', itemId)
    .where('receiver_id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  return row.split_version
}

/**
 * Issues what was prepared to the children: from now on they see their shares and answer for them.
 *
 * @returns how many were issued, and the children that hold no share of this item
 * @throws DomainError conflict when the plan itself is not issued, or nothing waits to be issued
 */
export async function issueSplit(
  ctx: TenantContext,
  input: z.output<typeof IssueSplit>,
): Promise<{ issued: number; without: Party[]; version: number }> {
  requirePermission(ctx, 'target:issue')
  const { item, plan } = await holdShare(ctx, input)
  if (plan.state !== 'issued') throw new DomainError('conflict', 'errors.planNotIssued')
  const issued = await ctx.db
    .updateTable('targets.allocation')
    .set({ state: 'issued', issued_at: ctx.now, issued_by: actorName(ctx.actor), version: sql<number>`version + 1` })
    .where('item_id', '=', item.id)
    .where('above_id', '=', ctx.tenantId)
    .where('state', '=', 'draft')
    .returning('receiver_id')
    .execute()
  if (issued.length === 0) throw new DomainError('conflict', 'errors.splitNothingToIssue')
  const holders = await readChildren(ctx, item.id)
  const children = await listChildren(ctx, ctx.tenantId, plan.hierarchy)
  await recordAudit(ctx, {
    action: 'split.issue',
    objectKind: 'item',
    objectId: item.id,
    after: { issued: issued.length },
  })
  return {
    issued: issued.length,
    without: children
      .filter((child) => !holders.has(child.id))
      .map((child) => ({
        id: child.id,
        code: child.code,
        name: child.name,
        shortName: child.shortName,
        level: child.level,
        kind: child.kind,
      })),
    version: await readSplitVersion(ctx, item.id),
  }
}
