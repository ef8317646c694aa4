import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, actorName, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { checkEvidence } from '../evidence/evidence.ts'
import { findUnion, getLedger } from './ledgers.ts'

export const CheckItems = z.object({
  unionId: z.int().positive(),
  /** The day of the look; default today, never later. */
  on: z.iso.date().optional(),
  items: z
    .array(
      z.object({
        itemId: z.int().positive(),
        /** As it was read; 0: nobody had looked. */
        version: z.int().min(0),
        met: z.boolean(),
        evidenceId: z.int().positive().nullable().default(null),
        note: z.string().trim().max(300).default(''),
      }),
    )
    .min(1)
    .max(200),
})

/**
 * Notes what an own union has of its lists, each with its evidence (M022, M114). What was noted before ends on that day and stays
 * answerable.
 *
 * @throws DomainError invalid with fields `items.<n>`; conflict errors.conflict when somebody noted an item meanwhile
 */
export async function checkItems(
  ctx: TenantContext,
  input: z.output<typeof CheckItems>,
): Promise<{ completeness: number | null }> {
  requirePermission(ctx, 'organisation:write')
  const on = input.on ?? ctx.today
  const union = await findUnion(ctx, input.unionId, { own: true })
  if (on > ctx.today)
    throw new DomainError('invalid', 'organisation.future', {
      fields: [{ path: 'on', key: 'organisation.future' }],
    })
  await ctx.db.selectFrom('organisation.trade_union').select('id').where('id', '=', union.id).forUpdate().execute()
  const known = new Map(
    (await getLedger(ctx, { unionId: union.id, on })).lists.flatMap((list) =>
      list.items.map((item) => [item.itemId, item] as const),
    ),
  )
  const strange = input.items.flatMap((item, index) => {
    const present = known.get(item.itemId)
    const twice = input.items.findIndex((other) => other.itemId === item.itemId) < index
    if (present && !present.isDerived && !twice) return []
    return [
      { path: `items.${index}`, key: present?.isDerived ? 'organisation.itemDerived' : 'organisation.itemUnknown' },
    ]
  })
  const faults = [
    ...strange,
    ...(await checkEvidence(
      ctx,
      input.items.flatMap((item, index) => {
        const kind = known.get(item.itemId)?.evidenceKind ?? 'none'
        return item.met || item.evidenceId !== null
          ? [{ path: `items.${index}.evidenceId`, kind: item.met ? kind : 'none', evidenceId: item.evidenceId }]
          : []
      }),
    )),
  ]
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  for (const item of input.items) await writeResult(ctx, { ...item, on, union })
  await recordAudit(ctx, {
    action: 'checklist.check',
    objectKind: 'union',
    objectId: union.id,
    after: { on, items: input.items.map(({ itemId, met }) => ({ itemId, met })) },
  })
  wakeFeeds(ctx)
  const { completeness } = await getLedger(ctx, { unionId: union.id, on })
  return { completeness }
}

async function writeResult(
  ctx: TenantContext,
  look: z.output<typeof CheckItems>['items'][number] & { on: string; union: { id: number; tenant_id: number } },
): Promise<void> {
  const current = await ctx.db
    .selectFrom('organisation.checklist_result')
    .select(['id', 'version', 'valid_from'])
    .where('union_id', '=', look.union.id)
    .where('item_id', '=', look.itemId)
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  if ((current?.version ?? 0) !== look.version || (current && current.valid_from > look.on))
    throw new DomainError('conflict', 'errors.conflict')
  const said = { met: look.met, evidence_id: look.evidenceId, note: look.note, checked_by: actorName(ctx.actor) }
  const version = look.version + 1
  if (current?.valid_from === look.on) {
    await ctx.db
      .updateTable('organisation.checklist_result')
      .set({ ...said, version })
      .where('id', '=', current.id)
      .execute()
    return
  }
  if (current)
    await ctx.db
      .updateTable('organisation.checklist_result')
      .set({ valid_to: look.on })
      .where('id', '=', current.id)
      .execute()
  await ctx.db
    .insertInto('organisation.checklist_result')
    .values({
      tenant_id: look.union.tenant_id,
      union_id: look.union.id,
      item_id: look.itemId,
      valid_from: look.on,
      version,
      ...said,
    })
    .execute()
}
