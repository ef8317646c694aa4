import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  listChildren,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { holdShare, readChildren, readSplitVersion } from './allocations.ts'
import { checkFamily, type Family } from './families.ts'
import { holdFamilies, refuseFamily } from './faults.ts'
import type { Item } from './items.ts'
import { TargetFigure, readTarget } from './measures.ts'
import type { Plan } from './plans.ts'
import type { Share } from './shares.ts'

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
