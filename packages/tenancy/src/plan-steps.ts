import { sql } from 'kysely'
import { mayStandBelow, unionKindOf } from './body-lists.ts'
import type { TenantContext } from './context.ts'
import { DomainError } from './error.ts'
import { getFederation, listChildren, listSuperiors, type Federation } from './federations.ts'
import type { Compiled, Plan, Step } from './reorganisation-plans.ts'
import { requireOpenDay, type NewFederation } from './tree.ts'

const refuse = (path: string, key: string, params: Record<string, string> = {}) =>
  new DomainError('invalid', key, { params, fields: [{ path, key, params }] })

/** The name without the words every body bears. */
export function shortenName(name: string): string {
  return name.replace(/(总工会|联合会)$/, '') || name
}

/**
 * Turns a plan into steps, with the reach of the user who asks: each body that changes lies below the user's own, each superior at or below
 * it. What is out of sight is not found.
 *
 * @throws DomainError not_found, forbidden reorganisation.notBelow, invalid with the field, conflict errors.bodyClosed
 */
export async function compilePlan(ctx: TenantContext, plan: Plan): Promise<Compiled> {
  requireOpenDay(ctx.today, plan.day, 'day')
  const find: Find = (code, reach, hierarchy) => findReachable(ctx, code, reach, hierarchy)
  switch (plan.kind) {
    case 'open': {
      const parent = await find(plan.parent, 'own')
      const line = plan.lineParent === undefined ? null : await find(plan.lineParent, 'own', 'line')
      const body = draftBody(
        plan,
        { code: plan.code, level: plan.level, kind: plan.bodyKind },
        plan.name,
        parent.code,
        line?.code,
      )
      requireOrder(body, parent, 'parent')
      if (line) requireOrder(body, line, 'lineParent')
      return {
        steps: [{ step: 'open', body }],
        parts: [
          { part: 'opened', code: body.code },
          { part: 'superior', code: parent.code },
          ...(line ? [{ part: 'superior' as const, code: line.code }] : []),
        ],
      }
    }
    case 'close': {
      const body = await find(plan.body, 'below')
      const successor = plan.successor === undefined ? null : await find(plan.successor, 'own')
      if (successor?.id === body.id) throw refuse('successor', 'reorganisation.sameBody')
      for (const hierarchy of ['regional', 'line'] as const)
        if ((await listChildren(ctx, body.id, hierarchy)).length > 0)
          throw refuse('body', 'reorganisation.hasChildren', { name: body.name })
      return {
        steps: [{ step: 'close', body, successorCode: successor?.code ?? null }],
        parts: [
          { part: 'closed', code: body.code },
          ...(await listSuperiorParts(ctx, [body])),
          ...(successor ? [{ part: 'successor' as const, code: successor.code }] : []),
        ],
      }
    }
    case 'rename': {
      const body = await find(plan.body, 'below')
      if (body.name === plan.name) throw refuse('name', 'reorganisation.sameName')
      return {
        steps: [{ step: 'rename', body, name: plan.name }],
        parts: [{ part: 'renamed', code: body.code }],
      }
    }
    case 'move': {
      const body = await find(plan.body, 'below', plan.hierarchy)
      const parent = await find(plan.parent, 'own', plan.hierarchy)
      const above = await findParent(ctx, body.id, plan.hierarchy)
      if (above?.id === parent.id) throw refuse('parent', 'reorganisation.sameSuperior')
      if (plan.hierarchy === 'regional') requireOrder(body, parent, 'parent')
      if (above) await find(above.code, 'own', plan.hierarchy)
      return {
        steps: [{ step: 'link', body, parentCode: parent.code, hierarchy: plan.hierarchy }],
        parts: [
          { part: 'moved', code: body.code },
          ...(above ? [{ part: 'formerSuperior' as const, code: above.code }] : []),
          { part: 'superior', code: parent.code },
        ],
      }
    }
    case 'merge':
      return compileMerge(ctx, plan, find)
    case 'split':
      return compileSplit(ctx, plan, find)
  }
}

type Find = (code: string, reach: 'below' | 'own', hierarchy?: 'regional' | 'line') => Promise<Federation>

/**
 * The open body with this code, if the actor may change it: it lies below the actor's own, or with `own` is it.
 *
 * @throws DomainError not_found; forbidden reorganisation.notBelow; conflict errors.bodyClosed
 */
export async function findReachable(
  ctx: TenantContext,
  code: string,
  reach: 'below' | 'own',
  hierarchy: 'regional' | 'line' = 'regional',
): Promise<Federation> {
  const body = await getFederation(ctx, code)
  const isReached = (reach === 'own' && body.id === ctx.tenantId) || (await isBelow(ctx, body.id, hierarchy))
  if (!isReached) throw new DomainError('forbidden', 'reorganisation.notBelow', { params: { name: body.name } })
  if (body.validTo !== null) throw new DomainError('conflict', 'errors.bodyClosed')
  return body
}

/**
 * Whether the body lies below the actor's own in the area. Who guides an industry decides only about the line itself: for that it is enough to
 * stand above in either.
 */
async function isBelow(ctx: TenantContext, id: number, hierarchy: 'regional' | 'line'): Promise<boolean> {
  const { rows } = await sql<{ below: boolean }>`
    select exists (select 1 from tenancy.closure where ancestor_id = ${ctx.tenantId} and descendant_id = ${id} and depth > 0
      and (hierarchy = 'regional' or hierarchy = ${hierarchy})) as below`.execute(ctx.db)
  return rows[0]?.below ?? false
}

async function compileMerge(ctx: TenantContext, plan: Extract<Plan, { kind: 'merge' }>, find: Find): Promise<Compiled> {
  const bodies: Federation[] = []
  for (const code of new Set(plan.bodies)) {
    if (code === plan.into) throw refuse('into', 'reorganisation.sameBody')
    bodies.push(await find(code, 'below'))
  }
  const [first] = bodies
  if (!first) throw refuse('bodies', 'errors.inputFormat')
  const steps: Step[] = []
  let into: Pick<Federation, 'code' | 'name' | 'level' | 'kind'>
  if (plan.name === undefined) into = await find(plan.into, 'below')
  else {
    const body = await draftBeside(ctx, plan, first, { code: plan.into, name: plan.name })
    steps.push({ step: 'open', body })
    into = { code: body.code, name: body.name, level: first.level, kind: first.kind }
  }
  const moved: string[] = []
  for (const body of bodies) {
    for (const hierarchy of ['regional', 'line'] as const) {
      for (const child of await listChildren(ctx, body.id, hierarchy)) {
        // What closes in the same act is moved nowhere.
        if (bodies.some((one) => one.id === child.id)) continue
        if (hierarchy === 'regional') requireOrder(child, into, 'into')
        steps.push({ step: 'link', body: child, parentCode: into.code, hierarchy })
        moved.push(child.code)
      }
    }
  }
  // The deepest first: a body closes when nobody stands below it any more.
  const depths = new Map<number, number>()
  for (const { id } of bodies) depths.set(id, (await listSuperiors(ctx, id)).length)
  for (const body of bodies.toSorted((a, b) => (depths.get(b.id) ?? 0) - (depths.get(a.id) ?? 0)))
    steps.push({ step: 'close', body, successorCode: into.code })
  return {
    steps,
    parts: [
      ...bodies.map(({ code }) => ({ part: 'closed' as const, code })),
      ...(plan.name === undefined ? [] : [{ part: 'opened' as const, code: into.code }]),
      { part: 'successor', code: into.code },
      ...(await listSuperiorParts(ctx, bodies)),
      ...[...new Set(moved)].map((code) => ({ part: 'moved' as const, code })),
    ],
  }
}

async function compileSplit(ctx: TenantContext, plan: Extract<Plan, { kind: 'split' }>, find: Find): Promise<Compiled> {
  const body = await find(plan.body, 'below')
  const added = await draftBeside(ctx, plan, body, { code: plan.code, name: plan.name })
  const below = new Map((await listChildren(ctx, body.id, 'regional')).map((child) => [child.code, child]))
  const steps: Step[] = [{ step: 'open', body: added }]
  const children = [...new Set(plan.children)]
  for (const code of children) {
    const child = below.get(code)
    if (!child) throw refuse('children', 'reorganisation.notChild', { code, name: body.name })
    steps.push({ step: 'link', body: child, parentCode: added.code, hierarchy: 'regional' })
  }
  return {
    steps,
    parts: [
      { part: 'split', code: body.code },
      { part: 'opened', code: added.code },
      ...(await listSuperiorParts(ctx, [body])),
      ...children.map((code) => ({ part: 'moved' as const, code })),
    ],
  }
}

/** A new body with the level, kind and superiors of one that is there. */
async function draftBeside(
  ctx: TenantContext,
  plan: Plan,
  model: Federation,
  { code, name }: { code: string; name: string },
): Promise<NewFederation> {
  const parent = await findParent(ctx, model.id, 'regional')
  const line = await findParent(ctx, model.id, 'line')
  return draftBody(plan, { code, level: model.level, kind: model.kind }, name, parent?.code, line?.code)
}

function draftBody(
  plan: Plan,
  { code, level, kind }: Pick<Federation, 'code' | 'level' | 'kind'>,
  name: string,
  parentCode: string | undefined,
  lineParentCode: string | undefined,
): NewFederation & Pick<Federation, 'kind'> {
  return {
    code,
    name,
    shortName: shortenName(name),
    level,
    kind,
    unionKind: unionKindOf(level, kind),
    validFrom: plan.day,
    ...(parentCode === undefined ? {} : { parentCode }),
    ...(lineParentCode === undefined ? {} : { lineParentCode }),
  }
}

function requireOrder(
  body: Pick<Federation, 'level' | 'kind' | 'name'>,
  superior: Pick<Federation, 'level' | 'kind' | 'name'>,
  path: string,
): void {
  const order = mayStandBelow(body, superior)
  if (order !== null) throw refuse(path, `reorganisation.${order}`, { name: body.name, superior: superior.name })
}

async function findParent(ctx: TenantContext, id: number, hierarchy: 'regional' | 'line'): Promise<Federation | null> {
  return (await listSuperiors(ctx, id, hierarchy)).at(-2) ?? null
}

async function listSuperiorParts(
  ctx: TenantContext,
  bodies: readonly Federation[],
): Promise<{ part: 'superior'; code: string }[]> {
  const codes = new Set<string>()
  for (const { id } of bodies)
    for (const hierarchy of ['regional', 'line'] as const) {
      const parent = await findParent(ctx, id, hierarchy)
      if (parent) codes.add(parent.code)
    }
  return [...codes].map((code) => ({ part: 'superior', code }))
}
