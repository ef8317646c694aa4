import { sql } from 'kysely'
import { parsePeriod } from '@gonglian/indicators'
import { lockTree, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { markRecount } from './dirty.ts'
import { announce } from './live.ts'
import { listPeriods, type Place } from './periods.ts'
import {
  hasTotals,
  holdPeriod,
  isRecountAsked,
  readShape,
  recomputeHeld,
  writeTotals,
  type Shape,
} from './recompute.ts'
import { hierarchies, listDepths, listMembers, listParents, readRoot, type Hierarchy } from './tree.ts'

const worker = (root: number) => systemActor('rollup', root)

/**
 * Works off every mark, level by level from the bottom, until none is left. May run any number of times at once, be called for
 * nothing, or die anywhere: each level is one transaction that locks the tree (shared) and its period, takes the marks, and only then
 * reads what they are about (decision 0012). A mark is gone only together with the total it asked for, and a change that commits
 * meanwhile leaves a mark of its own.
 *
 * @throws the first error, after everything that could be computed was
 */
export async function drainDirty(deps: Deps): Promise<void> {
  const root = await withTenant(deps, worker(0), readRootIfNeeded)
  if (root === null) return
  const failed: { formId: number; period: string; error: unknown }[] = []
  for (;;) {
    // Each time anew: a body may move while another period is worked off.
    const next = await withTenant(deps, worker(root), async (ctx) => {
      await spreadChanges(ctx)
      return findOldest(ctx, failed)
    })
    if (!next) break
    try {
      await withTenant(deps, worker(root), (ctx) => beginPeriod(ctx, next))
      while (await withTenant(deps, worker(root), (ctx) => drainLevel(ctx, next))) continue
    } catch (error) {
      // One form that cannot be computed must not hold up the others.
      failed.push({ ...next, error })
    }
  }
  const [first] = failed
  if (first) throw first.error
}

async function readRootIfNeeded(ctx: TenantContext): Promise<number | null> {
  const { rows } = await sql<{ isNeeded: boolean }>`
    select exists (select 1 from rollup.dirty) or exists (select 1 from rollup.regrouped) or exists (select 1 from rollup.recount) as "isNeeded"`.execute(
    ctx.db,
  )
  return rows[0]?.isNeeded ? readRoot(ctx) : null
}

/**
 * Turns each noted change of the tree into marks of the totals it touches: those of periods that end on its day or later; and each noted
 * change of a form into a recount of its periods.
 */
export async function spreadChanges(ctx: TenantContext): Promise<void> {
  await lockTree(ctx, 'shared')
  const moves = await ctx.db.deleteFrom('rollup.regrouped').returning(['hierarchy', 'tenant_id', 'since']).execute()
  const forms = await ctx.db.deleteFrom('rollup.recount').where('period', 'is', null).returning('form_id').execute()
  if (moves.length === 0 && forms.length === 0) return
  const known = await listPeriods(ctx)
  const touched = known.flatMap(({ formId, period }) => {
    const { end } = parsePeriod(period)
    return moves
      .filter((change) => change.since <= end)
      .map(({ hierarchy, tenant_id }) => ({ form_id: formId, period, hierarchy, tenant_id }))
  })
  await sql`
    insert into rollup.dirty (form_id, period, hierarchy, tenant_id)
    select distinct * from unnest(${touched.map((row) => row.form_id)}::int[], ${touched.map((row) => row.period)}::text[],
      ${touched.map((row) => row.hierarchy)}::text[], ${touched.map((row) => row.tenant_id)}::int[])`.execute(ctx.db)
  const changed = new Set(forms.map((row) => row.form_id))
  await markRecount(
    ctx,
    known.filter((place) => changed.has(place.formId)),
  )
}

async function findOldest(ctx: TenantContext, without: readonly Place[]): Promise<Place | undefined> {
  const { rows } = await sql<Place>`
    select form_id as "formId", period from (
      select 0 as turn, id, form_id, period from rollup.recount where period is not null
      union all select 1, id, form_id, period from rollup.dirty
    ) d
    where not exists (
      select 1 from unnest(${without.map((row) => row.formId)}::int[], ${without.map((row) => row.period)}::text[]) as w(form_id, period)
      where w.form_id = d.form_id and w.period = d.period)
    order by turn, id limit 1`.execute(ctx.db)
  return rows[0]
}

/**
 * At the first report of all, every body gets its total, with the number of reports expected from below it; later whenever a recount was
 * asked for.
 */
async function beginPeriod(ctx: TenantContext, { formId, period }: Place): Promise<void> {
  await lockTree(ctx, 'shared')
  await holdPeriod(ctx, formId, period)
  if (await isRecountAsked(ctx, formId, period)) {
    await recomputeHeld(ctx, formId, period)
    return
  }
  const { fillerLevels } = await readShape(ctx, formId)
  if (fillerLevels.length > 0 && !(await hasTotals(ctx, formId, period))) await recomputeHeld(ctx, formId, period)
}

/** Recomputes the deepest bodies that are out of date, in each hierarchy. False when nothing was marked any more. */
export async function drainLevel(ctx: TenantContext, place: Place): Promise<boolean> {
  await lockTree(ctx, 'shared')
  await holdPeriod(ctx, place.formId, place.period)
  // All marks are taken before anything is read that they are about; those of levels above are put back.
  const taken = await ctx.db
    .deleteFrom('rollup.dirty')
    .where('form_id', '=', place.formId)
    .where('period', '=', place.period)
    .returning(['tenant_id', 'hierarchy'])
    .execute()
  if (taken.length === 0) return false
  const form = await readShape(ctx, place.formId)
  const pick = (hierarchy: string | null) => [
    ...new Set(taken.filter((mark) => mark.hierarchy === hierarchy).map((mark) => mark.tenant_id)),
  ]
  const reports = pick(null)
  for (const hierarchy of hierarchies) {
    const marked = pick(hierarchy)
    if (reports.length > 0 || marked.length > 0)
      await drainHierarchy(ctx, { ...place, hierarchy }, form, { reports, marked })
  }
  return true
}

async function drainHierarchy(
  ctx: TenantContext,
  key: Place & { hierarchy: Hierarchy },
  form: { shape: Shape; fillerLevels: readonly string[] },
  dirty: { reports: readonly number[]; marked: readonly number[] },
): Promise<void> {
  const { formId, period, hierarchy } = key
  const day = parsePeriod(period).end
  const here = sql`form_id = ${formId} and period = ${period} and hierarchy = ${hierarchy}`
  // A report is part of its body's own total and of its superior's.
  const touched = [
    ...new Set([...dirty.marked, ...dirty.reports, ...(await listParents(ctx, hierarchy, day, dirty.reports))]),
  ]
  const members = await listMembers(ctx, { hierarchy, day, fillerLevels: form.fillerLevels }, touched)
  const branches = new Set(members.map((member) => member.body))
  if (branches.size === 0 && dirty.marked.length === 0) return
  const depths = await listDepths(ctx, hierarchy, day, [...branches])
  const deepest = Math.max(...depths.values())
  const due = new Set([...branches].filter((body) => depths.get(body) === deepest))
  const later = [...branches].filter((body) => !due.has(body))
  // Nobody is below it any more: its own report is all it adds to its superior.
  const leaves = dirty.marked.filter((body) => !branches.has(body))

  if (leaves.length > 0)
    await sql`delete from rollup.total where ${here} and tenant_id = any (${leaves}::int[])`.execute(ctx.db)
  const changed = await writeTotals(
    ctx,
    key,
    form.shape,
    members.filter((member) => due.has(member.body)),
  )
  const above = await listParents(ctx, hierarchy, day, [...changed, ...leaves])
  await sql`
    insert into rollup.dirty (form_id, period, hierarchy, tenant_id)
    select ${formId}::int, ${period}, ${hierarchy}, id from unnest(${[...new Set([...later, ...above])]}::int[]) as a(id)`.execute(
    ctx.db,
  )
  await announce(
    ctx,
    changed.map((tenantId) => ({ tenantId, formId, period })),
  )
}
