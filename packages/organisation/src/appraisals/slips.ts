import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requirePermission,
  withTenant,
  type Deps,
  type TenantContext,
  type VisitorActor,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { lockAppraisal } from './appraisal-rows.ts'
import { choices, sealChoice } from './ballots.ts'
import { drawSigns, readCode, spellBytes, writeCode } from './slip-signs.ts'

const signsPerCode = 16

const signsOfChance = 12

/** The last four signs of a code: keyed, so that who guesses does not know them. */
function findCheckSigns(ctx: Pick<TenantContext, 'vault'>, chance: string): string {
  return spellBytes(ctx.vault.fingerprint('appraisal.slip.check', chance), signsPerCode - signsOfChance)
}

function drawCode(ctx: Pick<TenantContext, 'vault'>): string {
  const chance = drawSigns(signsOfChance)
  return chance + findCheckSigns(ctx, chance)
}

/** Whether a code was drawn by this installation, known without asking the database. Slips issued by earlier versions are not. */
export function isDrawnCode(ctx: Pick<TenantContext, 'vault'>, code: string): boolean {
  return findCheckSigns(ctx, code.slice(0, signsOfChance)) === code.slice(signsOfChance)
}

export const SlipCode = z
  .string()
  .max(60)
  .transform(readCode)
  .pipe(z.string().regex(/^[2-9A-HJ-NP-Z]{16}$/, 'organisation.slipCode'))

const printOf = (ctx: Pick<TenantContext, 'vault'>, code: string) => ctx.vault.fingerprint('appraisal.slip', code)

export const IssueSlips = z.object({ appraisalId: z.int().positive(), count: z.int().min(1).max(20_000) })

/** Slips of an appraisal that were ordered, with those that no longer count taken off. */
async function countOrdered(ctx: TenantContext, appraisalId: number): Promise<number> {
  const { rows } = await sql<{ slips: number }>`
    select coalesce(sum(slips - coalesce(voided, 0)), 0)::int as slips from organisation.slip_order
    where appraisal_id = ${appraisalId}`.execute(ctx.db)
  return rows[0]?.slips ?? 0
}

/**
 * Orders voting slips, never more than those entitled. No code exists yet: somebody else prints them (`printSlips`), so that whoever hands
 * them out has not seen them.
 *
 * @throws DomainError conflict organisation.slipsBeyond
 */
export async function issueSlips(
  ctx: TenantContext,
  input: z.output<typeof IssueSlips>,
): Promise<{ orderId: number; slips: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockAppraisal(ctx, { appraisalId: input.appraisalId }, 'open')
  // Slips of before there were orders have none.
  const given = Math.max(row.slips, await countOrdered(ctx, row.id))
  if (given + input.count > row.eligible)
    throw new DomainError('conflict', 'organisation.slipsBeyond', { params: { left: row.eligible - given } })
  const { id } = await ctx.db
    .insertInto('organisation.slip_order')
    .values({
      tenant_id: ctx.tenantId,
      appraisal_id: row.id,
      slips: input.count,
      ordered_by: actorName(ctx.actor),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'appraisal.slips.order',
    objectKind: 'appraisal',
    objectId: row.id,
    after: { order: id, slips: input.count, eligible: row.eligible },
  })
  return { orderId: id, slips: input.count }
}

export const PrintSlips = z.object({ orderId: z.int().positive() })

async function findOrder(ctx: TenantContext, orderId: number) {
  return found(
    await ctx.db
      .selectFrom('organisation.slip_order')
      .selectAll()
      .where('id', '=', orderId)
      .where('tenant_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.slipOrderNotFound',
  )
}

/**
 * Draws the codes of an order and shows them, this once, for printing: in random order, to be folded, sealed and handed out by lot by whoever
 * ordered them. The database keeps a keyed print of each code and nothing else; who got which stands nowhere.
 *
 * @throws DomainError forbidden organisation.fourEyes for who ordered them; conflict organisation.slipsPrinted,
 * organisation.groupKeyMissing
 */
export async function printSlips(
  ctx: TenantContext,
  input: z.output<typeof PrintSlips>,
): Promise<{ codes: string[]; issued: number }> {
  requirePermission(ctx, 'organisation:approve')
  const order = await findOrder(ctx, input.orderId)
  if (order.ordered_by === actorName(ctx.actor)) throw new DomainError('forbidden', 'organisation.fourEyes')
  const { group_key: groupKey } = await lockAppraisal(ctx, { appraisalId: order.appraisal_id }, 'open')
  if (groupKey === null) throw new DomainError('conflict', 'organisation.groupKeyMissing')
  if ((await findOrder(ctx, input.orderId)).printed_by !== null)
    throw new DomainError('conflict', 'organisation.slipsPrinted')
  const codes = Array.from({ length: order.slips }, () => drawCode(ctx))
  const { rows } = await sql<{ issued: number }>`
    select organisation.print_slips(${order.id}, ${codes.map((code) => printOf(ctx, code))}::bytea[],
      ${actorName(ctx.actor)}) as issued`.execute(ctx.db)
  await recordAudit(ctx, {
    action: 'appraisal.slips.print',
    objectKind: 'appraisal',
    objectId: order.appraisal_id,
    after: { order: order.id, slips: order.slips, orderedBy: order.ordered_by },
  })
  return { codes: codes.map(writeCode), issued: rows[0]?.issued ?? 0 }
}

export const VoidSlips = z.object({ orderId: z.int().positive(), reason: z.string().trim().min(4).max(300) })

/**
 * Takes the unused slips of a print out of use, where the paper was lost or seen; as many may be ordered again. Who ordered them does not
 * decide. What was voted with them stays.
 *
 * @throws DomainError forbidden organisation.fourEyes; conflict organisation.slipsNotPrinted
 */
export async function voidSlips(ctx: TenantContext, input: z.output<typeof VoidSlips>): Promise<{ voided: number }> {
  requirePermission(ctx, 'organisation:approve')
  const order = await findOrder(ctx, input.orderId)
  if (order.ordered_by === actorName(ctx.actor)) throw new DomainError('forbidden', 'organisation.fourEyes')
  await lockAppraisal(ctx, { appraisalId: order.appraisal_id }, 'open')
  const { printed_by: printedBy, voided } = await findOrder(ctx, input.orderId)
  if (printedBy === null || voided !== null) throw new DomainError('conflict', 'organisation.slipsNotPrinted')
  const { rows } = await sql<{ gone: number }>`select organisation.void_slips(${order.id}) as gone`.execute(ctx.db)
  const gone = rows[0]?.gone ?? 0
  await recordAudit(ctx, {
    action: 'appraisal.slips.void',
    objectKind: 'appraisal',
    objectId: order.appraisal_id,
    after: { order: order.id, slips: order.slips, voided: gone, reason: input.reason },
  })
  return { voided: gone }
}

export const CountCast = z.object({ appraisalId: z.int().positive() })

/** How many have voted, while it runs: a turnout, never a direction. */
export async function countCast(
  ctx: TenantContext,
  input: z.output<typeof CountCast>,
): Promise<{ cast: number | null }> {
  requirePermission(ctx, 'organisation:read')
  const { rows } = await sql<{
    cast: number | null
  }>`select organisation.count_cast(${input.appraisalId}) as cast`.execute(ctx.db)
  return { cast: rows[0]?.cast ?? null }
}

export const CastBallot = z.object({ code: SlipCode, choice: z.enum(choices) })

/**
 * A member votes with a slip, without signing in. The slip is gone with the vote; nothing of who, when or with which slip is kept: no
 * audit line, no time, no address. The choice is sealed to the working group. The ballot waits until it is mixed with others (`mixBallots`).
 *
 * @throws DomainError not_found organisation.slipUnknown: never issued, used, or the voting is over (which of them is not told)
 */
export async function castBallot(deps: Deps, input: z.output<typeof CastBallot>): Promise<void> {
  const guest: VisitorActor = { kind: 'visitor', tenantId: 0, roles: [], requestId: '', address: '' }
  await withTenant(deps, guest, async (ctx) => {
    const print = printOf(ctx, input.code)
    const { rows: keys } = await sql<{ appraisal: number; group_key: Buffer }>`
      select appraisal, group_key from organisation.find_group_key(${print})`.execute(ctx.db)
    const [key] = keys
    if (key === undefined) throw new DomainError('not_found', 'organisation.slipUnknown')
    const sealed = sealChoice(ctx, { appraisalId: key.appraisal, groupKey: key.group_key }, input.choice)
    const { rows } = await sql<{ taken: boolean }>`
      select organisation.cast_ballot(${print}, ${sealed}, ${ctx.today}) as taken`.execute(ctx.db)
    if (rows[0]?.taken !== true) throw new DomainError('not_found', 'organisation.slipUnknown')
  })
}
