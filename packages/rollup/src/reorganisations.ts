import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { getFormById, parsePeriod, type Form } from '@gonglian/indicators'
import {
  DomainError,
  applyPlan,
  checkPlan,
  withStructureReach,
  requirePermission,
  ReorganisationPlan,
  type Part,
  type Plan,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { drainLevel, spreadChanges } from './drain.ts'
import { RollupWake } from './dirty.ts'
import {
  describeDifferences,
  figuresOf,
  keepChanges,
  nothing,
  type Difference,
  type TotalChange,
} from './reorganised-totals.ts'
import { readTotals, type Total } from './totals.ts'
import { hierarchies, readRoot, type Hierarchy } from './tree.ts'

export type ReorganisationPreview = {
  /** Stands for everything shown: the tree the plan starts from and each figure. */
  readonly version: string
  readonly parts: readonly Part[]
  readonly changes: readonly TotalChange[]
  /** Forms and periods that are running and were looked at. */
  readonly periods: number
}

type Place = { readonly formId: number; readonly period: string }
type Snapshot = Map<string, Total>

/** Running periods in which something was reported: those that end on the day or later. */
async function listPlaces(root: TenantContext, day: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select form_id as "formId", period from rollup.total where tenant_id = ${root.tenantId} and hierarchy = 'regional' order by 1, 2`.execute(
    root.db,
  )
  return rows.filter(({ period }) => parsePeriod(period).end >= day)
}

type Lines = Readonly<Record<Hierarchy, readonly number[]>>

/** The given bodies and all above them, in each hierarchy in which they take part. */
async function listLines(root: TenantContext, bodies: readonly number[]): Promise<Lines> {
  const { rows } = await sql<{ id: number; hierarchy: Hierarchy }>`
    select distinct ancestor_id as id, hierarchy from tenancy.closure
    where descendant_id = any (${[...bodies]}::int[]) order by 1`.execute(root.db)
  const of = (hierarchy: Hierarchy) => rows.filter((row) => row.hierarchy === hierarchy).map((row) => row.id)
  return { regional: of('regional'), line: of('line') }
}

const placeOf = (place: Place, hierarchy: Hierarchy, tenantId: number) =>
  `${place.formId} ${place.period} ${hierarchy} ${tenantId}`

async function readSnapshot(
  root: TenantContext,
  places: readonly Place[],
  forms: ReadonlyMap<number, Form>,
  lines: Lines,
): Promise<Snapshot> {
  const snapshot: Snapshot = new Map()
  for (const [formId, form] of forms) {
    const periods = places.filter((place) => place.formId === formId).map((place) => place.period)
    for (const hierarchy of hierarchies)
      for (const total of await readTotals(root, { formId, form, periods, hierarchy, bodies: lines[hierarchy] }))
        snapshot.set(placeOf({ formId, period: total.period }, hierarchy, total.tenantId), total)
  }
  return snapshot
}

/** Works off what is out of date in these periods, in the open transaction. */
async function settle(root: TenantContext, places: readonly Place[]): Promise<void> {
  await spreadChanges(root)
  for (const place of places) while (await drainLevel(root, place)) continue
}

/**
 * Changes the tree and at once all totals of running periods that depend on it, in the open transaction, and says which changed. The worker would
 * compute the same: it is the same code. Periods that are over are not touched (decision 0007).
 */
async function reorganiseWithin(
  ctx: TenantContext,
  plan: Plan,
): Promise<{ id: number; preview: ReorganisationPreview; differences: readonly Difference[]; rootId: number }> {
  // Takes the tree: after it come periods, then rows.
  const { parts: named } = await checkPlan(ctx, plan)
  const rootId = await withStructureReach(ctx, 0, readRoot)
  if (rootId === null) throw new DomainError('not_found', 'errors.bodyNotFound')
  const { places, forms, lines, before } = await withStructureReach(ctx, rootId, async (root) => {
    const running = await listPlaces(root, plan.day)
    const read = new Map<number, Form>()
    for (const { formId } of running) if (!read.has(formId)) read.set(formId, await getFormById(root, formId))
    await settle(root, running)
    const codes = named.map((part) => part.code)
    const { rows } = await sql<{ id: number }>`
      select id from tenancy.federation where code = any (${codes}::text[])`.execute(root.db)
    const above = await listLines(
      root,
      rows.map((row) => row.id),
    )
    return { places: running, forms: read, lines: above, before: await readSnapshot(root, running, read, above) }
  })
  const { id, parts } = await applyPlan(ctx, plan)
  const { after, bodies } = await withStructureReach(ctx, rootId, async (root) => {
    // Acceptances that the move displaces end now, not at the commit: the totals shown depend on them.
    await sql`set constraints all immediate`.execute(root.db)
    await settle(root, places)
    const involved = await listLines(
      root,
      parts.map((part) => part.id),
    )
    const closed = new Set(parts.filter(({ part }) => part === 'closed').map((part) => part.id))
    const join = (hierarchy: Hierarchy) =>
      [...new Set([...lines[hierarchy], ...involved[hierarchy]])].toSorted((a, b) => a - b)
    const all = { regional: join('regional'), line: join('line') }
    // A body that is closed owes nothing and counts nowhere.
    const isOpen = (body: number) => !closed.has(body)
    const open = { regional: all.regional.filter(isOpen), line: all.line.filter(isOpen) }
    return { after: await readSnapshot(root, places, forms, open), bodies: all }
  })
  const differences: Difference[] = []
  for (const place of places)
    for (const hierarchy of hierarchies)
      for (const tenantId of bodies[hierarchy]) {
        const is = after.get(placeOf(place, hierarchy, tenantId))
        const was = before.get(placeOf(place, hierarchy, tenantId))
        const known = is ?? was
        if (!known) continue
        const pair = { before: was ?? nothing(known), after: is ?? nothing(known) }
        if (figuresOf(pair.before) !== figuresOf(pair.after)) differences.push({ place, hierarchy, tenantId, ...pair })
      }
  const changes = await describeDifferences(ctx, differences, forms)
  // Ids of rows that are taken back are not part of what was seen.
  const seen = JSON.stringify([
    plan,
    parts.map(({ id: _, ...part }) => part),
    changes.map(({ bodyId: _, ...change }) => change),
  ])
  const version = createHash('sha256').update(seen).digest('hex').slice(0, 32)
  return { id, preview: { version, parts, changes, periods: places.length }, differences, rootId }
}

export const PreviewReorganisation = z.object({ plan: ReorganisationPlan })

/**
 * What a reorganisation would change: it is done and taken back. Exact, because it is the act itself.
 *
 * @throws as applyPlan
 */
export async function previewReorganisation(
  ctx: TenantContext,
  { plan }: z.output<typeof PreviewReorganisation>,
): Promise<ReorganisationPreview> {
  requirePermission(ctx, 'federation:prepare')
  await sql`savepoint preview`.execute(ctx.db)
  try {
    return (await reorganiseWithin(ctx, plan)).preview
  } finally {
    await sql`rollback to savepoint preview`.execute(ctx.db)
  }
}

export const Reorganise = z.object({ plan: ReorganisationPlan, version: z.string().length(32) })

/**
 * Does what the preview showed. When the tree or a total shown has changed since, nothing is done: the caller shows the preview again.
 *
 * @throws as applyPlan; conflict reorganisation.previewStale
 */
export async function reorganise(
  ctx: TenantContext,
  { plan, version }: z.output<typeof Reorganise>,
): Promise<{ id: number; parts: readonly Part[] }> {
  requirePermission(ctx, 'federation:reorganise')
  const { id, preview, differences, rootId } = await reorganiseWithin(ctx, plan)
  if (preview.version !== version) throw new DomainError('conflict', 'reorganisation.previewStale')
  await withStructureReach(ctx, rootId, (root) => keepChanges(root, id, differences))
  ctx.enqueue(RollupWake, {}, { key: RollupWake.name })
  return { id, parts: preview.parts }
}
