import fc from 'fast-check'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { DB } from '@gonglian/db'
import { createDatabase } from '@gonglian/db'
import {
  DomainError,
  addFederations,
  systemActor,
  withTenant,
  type Level,
  type NewFederation,
  type UserActor,
} from '@gonglian/tenancy'
import { aUser, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { getSplit, issueSplit } from './allocations.ts'
import { acceptAllocations, disputeAllocation } from './answers.ts'
import { amendAllocations } from './changes.ts'
import { saveSplit } from './drafts.ts'
import { getLetter, signAllocations } from './letters/letters.ts'
import { settleAllocation } from './settlements.ts'
import { splitByBasis } from './splits.ts'
import { aPlan, someIndicators } from './testing.ts'

const { deps, ownerUrl, close } = await openTestDeps()
// The owner of the server sees all rows: what the walk left is checked with no policy in between.
const { pool } = createDatabase(ownerUrl, 1)
const owner = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
afterAll(async () => {
  await owner.destroy()
  await close()
})

const levels: Level[] = ['national', 'province', 'city', 'county', 'township']
let trees = 0
/** How often each kind of act was let through. */
const done = new Map<string, number>()

type Body = { id: number; code: string; parent: number | null; depth: number }

/** A tree of random shape: each body hangs below one of those before it that is not yet at the bottom. */
async function plantTree(shape: readonly number[]): Promise<Body[]> {
  const prefix = `W${++trees}`
  const bodies: (NewFederation & { depth: number; parent: number | null })[] = []
  for (const [index, pick] of [0, ...shape].entries()) {
    const open = bodies.flatMap((body, at) => (body.depth < 4 ? [at] : []))
    const parent = index === 0 ? null : (open[pick % open.length] ?? 0)
    const above = parent === null ? undefined : bodies[parent]
    const depth = above ? above.depth + 1 : 0
    bodies.push({
      code: `${prefix}-${index}`,
      name: `机构${index}`,
      shortName: `机构${index}`,
      level: levels[depth] ?? 'township',
      validFrom: '1990-01-01',
      ...(above ? { parentCode: above.code } : {}),
      depth,
      parent,
    })
  }
  await withTenant(deps, systemActor('test', 0), (ctx) => addFederations(ctx, bodies))
  const rows = await owner
    .selectFrom('tenancy.federation')
    .select(['id', 'code'])
    .where('code', 'like', `${prefix}-%`)
    .execute()
  const ids = new Map(rows.map((row) => [row.code, row.id]))
  return bodies.map((body) => ({
    id: ids.get(body.code) ?? 0,
    code: body.code,
    parent: body.parent,
    depth: body.depth,
  }))
}

const kinds = [
  'save',
  'save',
  'save',
  'issue',
  'issue',
  'accept',
  'accept',
  'dispute',
  'dispute',
  'settle',
  'settle',
  'sign',
  'amend',
  'amend',
] as const
type Step = { kind: (typeof kinds)[number]; who: number; item: number; a: number; b: number }

type World = { bodies: Body[]; users: UserActor[]; planId: number; itemIds: number[] }

type Held = { item_id: number; receiver_id: number; tenant_id: number; state: string; reserve: number | null }

/** What the holder of a share could sensibly do next. */
function listUseful(row: Held, held: readonly Held[]): Step['kind'][] {
  const isRoot = row.tenant_id === row.receiver_id
  const children = held.filter((one) => one.item_id === row.item_id && one.tenant_id === row.receiver_id && one !== row)
  if (!isRoot && row.state === 'issued') return ['accept', 'accept', 'dispute']
  if (row.state === 'disputed') return ['amend']
  return [
    ...(row.reserve === null ? (['save'] as const) : []),
    ...(children.some((child) => child.state === 'draft') ? (['issue', 'issue'] as const) : []),
    ...(children.some((child) => child.state === 'disputed') ? (['settle', 'settle'] as const) : []),
    ...(!isRoot && row.state !== 'signed' ? (['sign', 'sign'] as const) : []),
    ...(children.some((child) => child.state !== 'draft') ? (['amend'] as const) : []),
  ]
}

/**
 * One act of a body on a share it holds (or, now and then, of any body on any item). What is refused must be refused in words.
 */
async function act(world: World, step: Step): Promise<void> {
  const held = await owner
    .selectFrom('targets.allocation')
    .select(['item_id', 'receiver_id', 'tenant_id', 'state', 'reserve'])
    .where('item_id', 'in', world.itemIds)
    .orderBy('item_id')
    .orderBy('receiver_id')
    .execute()
  const row = step.b % 10 === 0 ? undefined : held[step.who % held.length]
  const useful = row && step.b % 3 > 0 ? listUseful(row, held) : []
  const kind = useful[step.a % Math.max(1, useful.length)] ?? step.kind
  const actor = row ? aUser(row.receiver_id, 'leader') : world.users[step.who % world.users.length]
  const itemId = row?.item_id ?? world.itemIds[step.item % world.itemIds.length] ?? 0
  if (!actor) return
  try {
    const came = await withTenant(deps, actor, async (ctx) => {
      if (kind === 'sign') {
        const letter = await getLetter(ctx, { planId: world.planId })
        await signAllocations(ctx, { planId: world.planId, digest: letter.pending?.digest ?? '0'.repeat(64) })
        return true
      }
      const view = await getSplit(ctx, { itemId })
      const { share } = view
      const children = view.rows.flatMap((one) => (one.share ? [one.share] : []))
      switch (kind) {
        case 'save': {
          const rows = view.rows.map((one, index) => ({
            code: one.body.code,
            value: one.share?.value ?? null,
            locked: one.share !== null && one.share.state !== 'draft',
            basis: 1 + ((step.a >> (index % 16)) % 7),
          }))
          const split = splitByBasis({
            share: share.value,
            reserve: { kind: 'amount', amount: (step.b % 30) - 8 },
            rows,
          })
          const near = Math.max(0, share.value + (step.b % 5 === 4 ? -1 : 0))
          const given = view.rows.map((one, index) => ({
            receiverId: one.body.id,
            value: rows[index]?.locked
              ? (one.share?.value ?? 0)
              : view.item.method !== 'sum'
                ? near
                : split.ok
                  ? (split.values.get(one.body.code) ?? 0)
                  : step.a % 50,
            locked: false,
            exemption: step.a % 3 === 0 ? '确有困难' : '',
          }))
          await saveSplit(ctx, {
            itemId,
            version: share.splitVersion,
            reserve: split.ok ? split.reserve : 0,
            rows: given,
          })
          return true
        }
        case 'issue':
          await issueSplit(ctx, { itemId, version: share.splitVersion })
          return true
        case 'accept': {
          const received = await ctx.db
            .selectFrom('targets.allocation')
            .select(['item_id', 'version'])
            .where('item_id', 'in', world.itemIds)
            .where('receiver_id', '=', ctx.tenantId)
            .where('state', '=', 'issued')
            .execute()
          const shares = received.map((one) => ({ itemId: one.item_id, version: one.version }))
          if (shares.length > 0)
            await acceptAllocations(ctx, { shares: step.b % 3 === 0 ? shares.slice(0, 1) : shares })
          return shares.length > 0
        }
        case 'dispute':
          await disputeAllocation(ctx, {
            itemId,
            version: share.version,
            counterValue: step.a % 200,
            reason: '申请核减',
          })
          return true
        case 'settle': {
          const disputed =
            children.find((child) => child.state === 'disputed') ?? children[step.a % Math.max(1, children.length)]
          if (!disputed) return false
          const value = step.b % 4 === 1 ? (disputed.counterValue ?? 0) : disputed.value
          await settleAllocation(ctx, {
            itemId,
            receiverId: disputed.receiverId,
            version: disputed.version,
            value,
            reply: '同意',
            exemption: '',
          })
          return true
        }
        case 'amend': {
          const isRoot = share.issuerId === share.receiverId && step.b % 4 === 0
          const root = isRoot
            ? [{ receiverId: share.receiverId, toValue: share.value + (step.a % 11), exemption: '' }]
            : []
          const changes = children.slice(0, 1 + (step.b % 3)).map((one, index) => ({
            receiverId: one.receiverId,
            toValue: Math.max(0, one.value + ((step.a >> index) % 21) - 10),
            exemption: '',
          }))
          await amendAllocations(ctx, {
            itemId,
            version: share.splitVersion,
            reason: '年中调整',
            changes: [...root, ...changes],
          })
          return true
        }
      }
    })
    if (came) done.set(kind, (done.get(kind) ?? 0) + 1)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
  }
}

/** P1 by hand, over every row there is. */
async function checkEverything(world: World, overAllocation: number): Promise<void> {
  const rows = await owner.selectFrom('targets.allocation').selectAll().where('item_id', 'in', world.itemIds).execute()
  const items = await owner
    .selectFrom('targets.item')
    .select(['id', 'method', 'direction'])
    .where('id', 'in', world.itemIds)
    .execute()
  for (const row of rows) {
    const { method, direction } = items.find((item) => item.id === row.item_id) ?? { method: 'sum', direction: 1 }
    const children = rows.filter(
      (one) => one.item_id === row.item_id && one.tenant_id === row.receiver_id && one.receiver_id !== row.receiver_id,
    )
    if (row.reserve === null) {
      expect(children).toEqual([])
      continue
    }
    const sum = children.reduce((total, child) => total + BigInt(child.value), 0n)
    if (method === 'sum') {
      expect(sum + BigInt(row.reserve)).toBe(BigInt(row.value))
      expect(-row.reserve * 10_000).toBeLessThanOrEqual(row.value * overAllocation)
    }
    for (const child of children) {
      if (method === 'each') expect(child.value).toBe(row.value)
      if (method === 'floor' && child.exemption === '')
        expect(child.value * direction).toBeGreaterThanOrEqual(row.value * direction)
    }
  }
  // Each file tells how the share came from what was issued to what it is.
  const lines = await owner
    .selectFrom('targets.amendment')
    .selectAll()
    .where('item_id', 'in', world.itemIds)
    .orderBy('id')
    .execute()
  for (const row of rows) {
    const own = lines.filter((line) => line.item_id === row.item_id && line.receiver_id === row.receiver_id)
    for (const [index, line] of own.entries()) expect(line.to_value).toBe(own[index + 1]?.from_value ?? row.value)
  }
}

/** Who sees which share, said once more without SQL. */
async function checkSight(world: World): Promise<void> {
  const rows = await owner
    .selectFrom('targets.allocation')
    .select(['item_id', 'receiver_id', 'tenant_id', 'state'])
    .where('item_id', 'in', world.itemIds)
    .execute()
  const at = new Map(world.bodies.map((body, index) => [body.id, index]))
  const isBelow = (above: number, id: number): boolean => {
    const index = at.get(id)
    const body = index === undefined ? undefined : world.bodies[index]
    if (!body) return false
    const parent = body.parent === null ? undefined : world.bodies[body.parent]
    return id === above || (parent !== undefined && isBelow(above, parent.id))
  }
  for (const body of world.bodies) {
    const expected = rows.filter(
      (row) => row.tenant_id === body.id || (row.state !== 'draft' && isBelow(body.id, row.receiver_id)),
    )
    const visible = async (user: UserActor) =>
      withTenant(deps, user, (ctx) =>
        ctx.db
          .selectFrom('targets.allocation')
          .select(['item_id', 'receiver_id'])
          .where('item_id', 'in', world.itemIds)
          .execute(),
      )
    const keys = (list: readonly { item_id: number; receiver_id: number }[]) =>
      list.map((row) => `${row.item_id}:${row.receiver_id}`).sort()
    expect(keys(await visible(aUser(body.id, 'auditor')))).toEqual(keys(expected))
    expect(await visible(aUser(body.id, 'sysadmin'))).toEqual([])
  }
}

/** Nothing that was signed reads otherwise than on the day it was signed. */
async function checkLetters(world: World): Promise<void> {
  for (const user of world.users) {
    const letter = await withTenant(deps, user, (ctx) =>
      getLetter(ctx, { planId: world.planId }).catch((error: unknown) =>
        error instanceof DomainError ? null : Promise.reject(error),
      ),
    )
    expect(letter?.signed.every((signed) => signed.intact) ?? true).toBe(true)
  }
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  who: fc.nat({ max: 1000 }),
  item: fc.nat({ max: 2 }),
  a: fc.nat({ max: 1_000_000 }),
  b: fc.nat({ max: 1000 }),
})

test('whatever bodies do in whatever order, every family holds, nobody sees a sibling, and what was signed stays', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 100 }), { minLength: 3, maxLength: 9 }),
      fc.constantFrom(0, 500, 2000),
      fc.array(step, { minLength: 30, maxLength: 60 }),
      async (shape, overAllocation, steps) => {
        const bodies = await plantTree(shape)
        const users = bodies.map((body) => aUser(body.id, 'leader'))
        const [issuer] = users
        if (!issuer) return
        await someIndicators(deps, issuer.tenantId)
        const plan = await aPlan(
          deps,
          issuer,
          [
            { indicatorCode: 'joined', method: 'sum', value: 150 },
            { indicatorCode: 'rate', method: 'floor', value: 90 },
            { indicatorCode: 'homes', method: 'each', value: 3 },
          ],
          { overAllocation },
        )
        const world = { bodies, users, ...plan }
        for (const one of steps) {
          await act(world, one)
          await checkEverything(world, overAllocation)
        }
        await checkSight(world)
        await checkLetters(world)
      },
    ),
    { numRuns: 20, endOnFailure: true },
  )
}, 600_000)

test('the walk went everywhere: each kind of act was let through at least once', () => {
  expect([...new Set(kinds)].filter((kind) => !done.has(kind))).toEqual([])
})

test('the brute-force check sees what it should: a row planted past all guards is found', async () => {
  const bodies = await plantTree([0, 0])
  const users = bodies.map((body) => aUser(body.id, 'leader'))
  const [issuer] = users
  if (!issuer) throw new Error('no tree')
  await someIndicators(deps, issuer.tenantId)
  const plan = await aPlan(deps, issuer, [{ indicatorCode: 'joined', method: 'sum', value: 100 }])
  const world = { bodies, users, ...plan }
  await checkEverything(world, 0)
  await owner.transaction().execute(async (db) => {
    await sql`set local session_replication_role = replica`.execute(db)
    await sql`update targets.allocation set reserve = 1 where item_id = ${plan.itemIds[0] ?? 0}`.execute(db)
  })
  await expect(checkEverything(world, 0)).rejects.toThrow('expected')
})
