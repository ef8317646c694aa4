import { sql } from 'kysely'
import { recordAudit } from './audit.ts'
import { withStructureReach, type TenantContext } from './context.ts'
import { DomainError, found } from './error.ts'
import { findFederations, getFederation, listChildren, type Federation } from './federations.ts'
import { requirePermission } from './permissions.ts'
import { compilePlan, findReachable, shortenName } from './plan-steps.ts'
import type { Compiled, PartName, Plan, Step } from './reorganisation-plans.ts'
import { spellName } from './spelling.ts'
import { addFederations, findFirstOpenDay, relinkBody } from './tree.ts'
import { lockTree } from './tree-lock.ts'

export type Part = {
  readonly part: PartName
  readonly id: number
  readonly code: string
  /** As it was before. */
  readonly name: string
  readonly newName?: string
}
export type Reorganised = { readonly id: number; readonly parts: readonly Part[] }

/**
 * Holds the tree and checks a plan with the user's own reach, before anything is computed for it.
 *
 * @throws as compilePlan
 */
export async function checkPlan(ctx: TenantContext, plan: Plan): Promise<Compiled> {
  requirePermission(ctx, 'federation:prepare')
  await lockTree(ctx, 'exclusive')
  return compilePlan(ctx, plan)
}

/**
 * Changes the tree as a plan says, all or nothing, and writes down what took part. The checks run with the user's own reach, the change itself with
 * that of the system. To look first, roll back to a savepoint.
 *
 * @throws as compilePlan; conflict reorganisation.codeTaken
 */
export async function applyPlan(ctx: TenantContext, plan: Plan): Promise<Reorganised> {
  const compiled = await checkPlan(ctx, plan)
  // Taking part is told with the names of before; a new body has none of before.
  const named = await findParts(ctx, compiled, 'before')
  await withStructureReach(ctx, ctx.tenantId, async (system) => {
    for (const step of compiled.steps) await takeStep(system, step, plan)
  })
  const parts = [...named, ...(await findParts(ctx, compiled, 'new'))]
  const { id } = await withStructureReach(ctx, ctx.tenantId, async (system) => {
    const row = await system.db
      .insertInto('tenancy.reorganisation')
      .values({
        tenant_id: ctx.tenantId,
        kind: plan.kind,
        hierarchy: plan.kind === 'move' ? plan.hierarchy : 'regional',
        day: plan.day,
        reason: plan.reason,
        document_number: plan.documentNumber,
        parts: JSON.stringify(parts),
        bodies: [...new Set(parts.map((part) => part.id))],
        decided_by: system.actor.kind === 'system' ? system.actor.name : '',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const trails = new Set([ctx.tenantId, ...parts.map((part) => part.id)])
    for (const tenantId of [...trails].toSorted((a, b) => a - b))
      await recordAudit(
        { ...system, actor: ctx.actor },
        {
          action: `federation.${plan.kind}`,
          objectKind: 'reorganisation',
          objectId: row.id,
          after: {
            day: plan.day,
            reason: plan.reason,
            documentNumber: plan.documentNumber,
            parts: parts.map(({ part, code }) => `${part} ${code}`),
          },
          tenantId,
        },
      )
    return row
  })
  return { id, parts }
}

async function findParts(ctx: TenantContext, { steps, parts }: Compiled, when: 'before' | 'new'): Promise<Part[]> {
  const added = new Set(steps.flatMap((step) => (step.step === 'open' ? [step.body.code] : [])))
  const wanted = parts.filter(({ code }) => added.has(code) === (when === 'new'))
  const bodies: Part[] = []
  for (const { part, code } of wanted) {
    const { id, name } = await getFederation(ctx, code)
    const renamed = steps.find((step) => step.step === 'rename' && step.body.code === code)
    bodies.push({ part, id, code, name, ...(renamed?.step === 'rename' ? { newName: renamed.name } : {}) })
  }
  return bodies
}

async function takeStep(system: TenantContext, step: Step, plan: Plan): Promise<void> {
  switch (step.step) {
    case 'open': {
      const taken = await system.db
        .selectFrom('tenancy.federation')
        .select('id')
        .where('code', '=', step.body.code)
        .executeTakeFirst()
      if (taken)
        throw new DomainError('conflict', 'reorganisation.codeTaken', {
          params: { code: step.body.code },
          fields: [{ path: 'code', key: 'reorganisation.codeTaken', params: { code: step.body.code } }],
        })
      await addFederations(system, [step.body])
      return
    }
    case 'link': {
      const parent = await getFederation(system, step.parentCode)
      await relinkBody(system, {
        federationId: step.body.id,
        parentId: parent.id,
        hierarchy: step.hierarchy,
        from: plan.day,
        reason: plan.reason,
      })
      return
    }
    case 'close': {
      const successor = step.successorCode === null ? null : await getFederation(system, step.successorCode)
      await closeBody(system, { ...step.body, successorId: successor?.id ?? null }, plan)
      return
    }
    case 'rename':
      await renameBody(system, step.body, step.name, plan.day)
  }
}

/** Ends a body and its links on the same day: it stays below its last superior in the closure and owes nothing from then on. */
async function closeBody(
  system: TenantContext,
  body: { id: number; name: string; validFrom: string; successorId: number | null },
  plan: Plan,
): Promise<void> {
  const { rows } = await sql<{ since: string }>`
    select greatest(${body.validFrom}::date, max(valid_from))::text as since from tenancy.link
    where federation_id = ${body.id} and valid_to is null`.execute(system.db)
  const since = rows[0]?.since ?? body.validFrom
  if (since >= plan.day)
    throw new DomainError('invalid', 'errors.moveBeforeLink', {
      params: { from: since },
      fields: [{ path: 'day', key: 'errors.moveBeforeLink', params: { from: since } }],
    })
  const below = await system.db
    .selectFrom('tenancy.link')
    .select('id')
    .where('parent_id', '=', body.id)
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  // Among them those out of the user's sight, in the line of an industry.
  if (below) throw new DomainError('conflict', 'reorganisation.hasChildren', { params: { name: body.name } })
  await system.db
    .updateTable('tenancy.federation')
    .set({ valid_to: plan.day, successor_id: body.successorId })
    .where('id', '=', body.id)
    .execute()
  await system.db
    .updateTable('tenancy.link')
    .set({ valid_to: plan.day })
    .where('federation_id', '=', body.id)
    .where('valid_to', 'is', null)
    .execute()
}

/** Gives a body another name from a day on; the old one is kept with the days it was valid. */
async function renameBody(
  system: TenantContext,
  body: { id: number; validFrom: string },
  name: string,
  day: string,
): Promise<void> {
  const stored = found(
    await system.db
      .selectFrom('tenancy.federation')
      .select(['name', 'short_name', 'pinyin', 'initials'])
      .where('id', '=', body.id)
      .executeTakeFirst(),
  )
  const last = await system.db
    .selectFrom('tenancy.former_name')
    .select('valid_to')
    .where('federation_id', '=', body.id)
    .orderBy('valid_to', 'desc')
    .executeTakeFirst()
  const since = last?.valid_to ?? body.validFrom
  if (since >= day)
    throw new DomainError('invalid', 'reorganisation.renamedSince', {
      params: { from: since },
      fields: [{ path: 'day', key: 'reorganisation.renamedSince', params: { from: since } }],
    })
  await system.db
    .insertInto('tenancy.former_name')
    .values({ federation_id: body.id, ...stored, valid_from: since, valid_to: day })
    .execute()
  const shortName = shortenName(name)
  await system.db
    .updateTable('tenancy.federation')
    .set({ name, short_name: shortName, ...spellName(shortName) })
    .where('id', '=', body.id)
    .execute()
}

export type Reorganisable = {
  readonly body: Federation
  readonly children: readonly Federation[]
  /** Everything but opening bodies below is for whoever stands above. */
  readonly isOwn: boolean
  readonly today: string
  /** The earliest day a change may take effect. */
  readonly firstDay: string
}

/**
 * What a change of this body is chosen from.
 *
 * @throws DomainError not_found; forbidden reorganisation.notBelow; conflict errors.bodyClosed
 */
export async function readReorganisable(ctx: TenantContext, code: string): Promise<Reorganisable> {
  requirePermission(ctx, 'federation:prepare')
  const body = await findReachable(ctx, code, 'own')
  const children = await listChildren(ctx, body.id)
  return { body, children, isOwn: body.id === ctx.tenantId, today: ctx.today, firstDay: findFirstOpenDay(ctx.today) }
}

export type Reorganisation = {
  readonly id: number
  readonly kind: Plan['kind']
  readonly hierarchy: 'regional' | 'line'
  readonly day: string
  readonly reason: string
  readonly documentNumber: string
  readonly parts: readonly Part[]
  readonly decidedBy: string
  readonly decidedAt: Date
}

/** What was reorganised in which a body took part, the newest first. */
export async function listReorganisations(ctx: TenantContext, federationId: number): Promise<Reorganisation[]> {
  requirePermission(ctx, 'federation:read')
  const { rows } = await sql<Reorganisation>`
    select id, kind, hierarchy, day, reason, document_number as "documentNumber", parts, decided_by as "decidedBy", decided_at as "decidedAt"
    from tenancy.reorganisation where bodies @> array[${federationId}::int] or tenant_id = ${federationId}
    order by day desc, id desc limit 200`.execute(ctx.db)
  return rows
}

export type FormerName = { readonly name: string; readonly validFrom: string; readonly validTo: string }

/** The names a body had, the newest first, and the body that goes on with what it did, if it was closed. */
export async function readFormerSelf(
  ctx: TenantContext,
  federationId: number,
): Promise<{ names: FormerName[]; successor: { code: string; name: string } | null }> {
  requirePermission(ctx, 'federation:read')
  const names = await ctx.db
    .selectFrom('tenancy.former_name')
    .select(['name', 'valid_from as validFrom', 'valid_to as validTo'])
    .where('federation_id', '=', federationId)
    .orderBy('valid_to', 'desc')
    .execute()
  const row = await ctx.db
    .selectFrom('tenancy.federation')
    .select('successor_id')
    .where('id', '=', federationId)
    .executeTakeFirst()
  const successor = row?.successor_id
    ? (await findFederations(ctx, [row.successor_id])).get(row.successor_id)
    : undefined
  return { names, successor: successor ? { code: successor.code, name: successor.name } : null }
}
