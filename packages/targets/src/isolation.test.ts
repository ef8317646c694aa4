import { DomainError, withTenant, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getSplit } from './allocations.ts'
import { listAmendments } from './amendments.ts'
import { amendAllocations } from './changes.ts'
import { listTargetEvents } from './duties.ts'
import { getPlan } from './overviews.ts'
import { listHeldShares, listShares } from './shares.ts'
import { aPlan, accept, someIndicators, split, splitAndIssue } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const user = (code: string) => aUser(id(code), 'leader')
const everybody = [...tree.values()]

// 1000 for the province: 600 city, 300 industry union, 100 kept back; the city: 350 and 250; the first county: a draft of 310 for a
// township, which would leave 40.
let itemId = 0
let planId = 0
beforeAll(async () => {
  await someIndicators(deps, id('00'))
  const plan = await aPlan(deps, user('51'), [{ indicatorCode: 'joined', method: 'sum', value: 1000 }])
  planId = plan.planId
  itemId = plan.itemIds[0] ?? 0
  await splitAndIssue(
    deps,
    user('51'),
    itemId,
    [
      { receiverId: id('5132'), value: 600 },
      { receiverId: id('51JT'), value: 300 },
    ],
    100,
  )
  await accept(deps, user('5132'), itemId)
  await splitAndIssue(
    deps,
    user('5132'),
    itemId,
    [
      { receiverId: id('513221'), value: 350 },
      { receiverId: id('513222'), value: 240 },
    ],
    10,
  )
  await accept(deps, user('513221'), itemId)
  await split(deps, user('513221'), itemId, [{ receiverId: id('513221100'), value: 310 }], 40)
  const { share } = await withTenant(deps, user('5132'), (ctx) => getSplit(ctx, { itemId }))
  await withTenant(deps, user('5132'), (ctx) =>
    amendAllocations(ctx, {
      itemId,
      version: share.splitVersion,
      reason: '核增',
      changes: [{ receiverId: id('513222'), toValue: 250, exemption: '' }],
    }),
  )
})

/** Whose shares each body sees. */
const sight: [string, string[]][] = [
  ['00', ['51', '5132', '51JT', '513221', '513222']],
  ['51', ['51', '5132', '51JT', '513221', '513222']],
  ['5132', ['5132', '513221', '513222']],
  ['51JT', ['51JT']],
  // Its own draft for the township binds nobody yet.
  ['513221', ['513221']],
  ['513222', ['513222']],
  // A draft: its receiver does not know of it.
  ['513221100', []],
  ['513221101', []],
  ['32', []],
  ['320924100', []],
]
const codeOf = (bodyId: number) => [...tree].find(([, value]) => value === bodyId)?.[0] ?? ''
const as = <T>(actor: UserActor, work: Parameters<typeof withTenant<T>>[2]) => withTenant(deps, actor, work)

test.each(sight)('%s sees the shares of %j and of nobody else', async (code, seen) => {
  const shares = await as(user(code), (ctx) => listShares(ctx, { itemIds: [itemId], receiverIds: everybody }))
  expect([...shares.values()].map((share) => codeOf(share.receiverId)).sort()).toEqual([...seen].sort())
})

test.each(sight)('%s opens the split of those it sees, and of nobody else', async (code, seen) => {
  for (const body of tree.keys()) {
    const opened = await as(user(code), (ctx) => getSplit(ctx, { itemId, bodyId: id(body) })).then(
      (view) => view,
      (error: unknown) => error,
    )
    if (!seen.includes(body) && !(code === '513221' && body === '513221100')) {
      // One word for what does not exist, what one may not see, and what is not one's own: nothing is told apart.
      expect(opened).toBeInstanceOf(DomainError)
      expect(opened).toMatchObject({ code: 'not_found', params: {} })
    } else {
      expect(opened).toMatchObject({ body: { code: body } })
    }
  }
})

test('lines of the file, events and overviews keep to the same sight', async () => {
  const linesOf = async (code: string) =>
    (await as(user(code), (ctx) => listAmendments(ctx, { itemIds: [itemId], page: 1, pageSize: 50 }))).total
  expect(await Promise.all(['00', '51', '5132', '513222', '513221', '51JT', '32'].map(linesOf))).toEqual([
    1, 1, 1, 1, 0, 0, 0,
  ])
  const eventsOf = async (code: string) =>
    new Set(
      (await as(user(code), (ctx) => listTargetEvents(ctx, { since: new Date(0), limit: 100 }))).map((event) =>
        codeOf(event.bodyId),
      ),
    )
  expect(await eventsOf('513221')).toEqual(new Set(['513221']))
  expect(await eventsOf('5132')).toEqual(new Set(['5132', '513221', '513222']))
  await expect(as(user('513221'), (ctx) => getPlan(ctx, { planId, bodyId: id('513222') }))).rejects.toMatchObject({
    code: 'not_found',
  })
  const [aspect] = (await as(user('513222'), (ctx) => getPlan(ctx, { planId, bodyId: id('51') }))).aspects
  // The superior's name is known, its total is not.
  expect(aspect?.items[0]).toMatchObject({ share: null, allocated: null, states: { draft: 0, issued: 0, accepted: 0 } })
  expect(await as(user('513222'), (ctx) => listHeldShares(ctx, { year: 2026, bodyId: id('513221') }))).toEqual([])
})

test('a superior reads what was issued below, not what is being prepared there', async () => {
  const view = await as(user('5132'), (ctx) => getSplit(ctx, { itemId, bodyId: id('513221') }))
  expect(view.rows.every((row) => row.share === null)).toBe(true)
  // What it keeps back would give the draft away: 350 less 310.
  expect(view).toMatchObject({ share: { value: 350, reserve: null }, allocated: null })
})

test('what a body keeps back is known above once the split is issued, and only as far as it is', async () => {
  const reserveOf = async (code: string, body: string) =>
    (await as(user(code), (ctx) => getSplit(ctx, { itemId, bodyId: id(body) }))).share.reserve
  const inRows = async (code: string, of: string, body: string) =>
    (await as(user(code), (ctx) => getSplit(ctx, { itemId, bodyId: id(of) }))).rows.find(
      (row) => row.body.code === body,
    )?.share?.reserve
  const inPlan = async (code: string, body: string) =>
    (await as(user(code), (ctx) => getPlan(ctx, { planId, bodyId: id(body) }))).aspects[0]?.items[0]
  expect(await reserveOf('513221', '513221')).toBe(40)
  expect(await Promise.all(['5132', '51', '00'].map((code) => reserveOf(code, '513221')))).toEqual([null, null, null])
  expect(await inRows('5132', '5132', '513221')).toBeNull()
  expect(await inPlan('51', '513221')).toMatchObject({ share: { reserve: null }, allocated: null })
  // Issued: the city's 600 less 350 and 250, the province's 1000 less 600 and 300.
  expect(await reserveOf('51', '5132')).toBe(0)
  expect(await inRows('51', '51', '5132')).toBe(0)
  expect(await inPlan('00', '51')).toMatchObject({ share: { reserve: 100 }, allocated: 900 })
})

test.each(['sysadmin', 'secadmin', 'auditadmin'] as const)('%s reads no target at all', async (role) => {
  const rows = await as(aUser(id('51'), role), (ctx) =>
    ctx.db.selectFrom('targets.allocation').select('item_id').execute(),
  )
  const plans = await as(aUser(id('51'), role), (ctx) => ctx.db.selectFrom('targets.plan').select('id').execute())
  const items = await as(aUser(id('51'), role), (ctx) => ctx.db.selectFrom('targets.item').select('id').execute())
  expect([rows, plans, items]).toEqual([[], [], []])
  await expect(as(aUser(id('51'), role), (ctx) => getSplit(ctx, { itemId }))).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test('without a tenant every query fails', async () => {
  await expect(deps.db.selectFrom('targets.allocation').selectAll().execute()).rejects.toThrow(
    /app\.tenant|app\.reach|invalid input syntax/,
  )
})
