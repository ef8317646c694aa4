import { afterAll, beforeAll, expect, test } from 'vitest'
import { columnOf, countFeeds } from '@gonglian/indicators'
import { aCatalogue } from '@gonglian/indicators/testing'
import { systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { ApplyMember, applyMember } from '../members/enrolment.ts'
import { organisationFeeds } from './index.ts'
import { aMember, aUnion, anIdNumber } from '../members/sample-members.ts'
import { LeaveMember, leaveMember, reemployMember, retainMember } from '../members/standings.ts'
import {
  ListTransfers,
  RequestTransfers,
  acceptTransfers,
  listTransfers,
  requestTransfers,
} from '../members/transfers.ts'

let house: TestDeps
let tree: Map<string, number>
let union: number

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  await aCatalogue(house.deps, idOf(tree, '00'))
  union = await aUnion(house.deps, idOf(tree, '513221'), 'FEED-01')
  await aUnion(house.deps, idOf(tree, '320924'), 'FEED-02')
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(house.deps, aUser(idOf(tree, code)), work)
let person = 0
const enrol = (joinedOn: string, more: object = {}) =>
  aMember(house.deps, idOf(tree, '513221'), { unionId: union, idNumber: anIdNumber((person += 1)), joinedOn, ...more })

async function countMonth(code: string, period: string): Promise<Record<string, number | null>> {
  return as(code, async (ctx) => {
    await countFeeds(ctx, organisationFeeds, { period })
    const rows = await ctx.db
      .selectFrom('indicators.fed_figure as f')
      .innerJoin('indicators.indicator as i', 'i.id', 'f.indicator_id')
      .select(['i.code', 'f.breakdown', 'f.figure'])
      .where('f.period', '=', period)
      .where('f.tenant_id', '=', ctx.tenantId)
      .where('i.code', 'like', '%member%count')
      .execute()
    return Object.fromEntries(
      rows.map((row) => [columnOf({ indicator: row.code, breakdown: row.breakdown }), row.figure]),
    )
  })
}

test('12.2 rule 2: what the register feeds after real moves closes: opening + new + moved in - lost = closing', async () => {
  const old = []
  for (let one = 0; one < 6; one++) old.push(await enrol('2026-09-10'))
  const [leaving, kept, back, moving] = old
  if (!leaving || !kept || !back || !moving) throw new Error('nobody was enrolled')
  await enrol('2026-11-02', { kind: 'migrant' })
  await enrol('2026-11-03')
  await as('513221', (ctx) => leaveMember(ctx, LeaveMember.parse({ ...leaving, how: 'own_wish', on: '2026-11-05' })))
  await as('513221', (ctx) => retainMember(ctx, { ...kept, for: 'unemployed', on: '2026-11-06' }))
  const away = await as('513221', (ctx) => retainMember(ctx, { ...back, for: 'military', on: '2026-10-06' }))
  await as('513221', (ctx) => reemployMember(ctx, { ...away, on: '2026-11-07' }))
  await as('513221', (ctx) =>
    requestTransfers(
      ctx,
      RequestTransfers.parse({ memberIds: [moving.memberId], toUnion: 'FEED-02', reason: '工作调动' }),
    ),
  )
  await as('320924', async (ctx) => {
    const { rows } = await listTransfers(ctx, ListTransfers.parse({ direction: 'received' }))
    await acceptTransfers(ctx, { transfers: rows.map((row) => ({ transferId: row.id, version: row.version })) })
  })
  await as('513221', (ctx) => applyMember(ctx, ApplyMember.parse({ unionId: union, name: '申请人' })))
  const opening = await countMonth('513221', '2026-10')
  const month = await countMonth('513221', '2026-11')
  expect(opening['member_count']).toBe(5)
  expect(month).toMatchObject({
    member_count: 5,
    new_member_count: 2,
    'new_member_count/农民工': 1,
    transferred_in_member_count: 1,
    lost_member_count: 3,
  })
  expect(await countMonth('320924', '2026-11')).toMatchObject({
    member_count: 1,
    new_member_count: 0,
    transferred_in_member_count: 1,
    lost_member_count: 0,
  })
})

test('every change says that the figures are out of date, also to the body on the other side of a transfer', async () => {
  const one = await enrol('2026-11-08')
  const clear = (code: string) =>
    withTenant(house.deps, systemActor('test', idOf(tree, code)), (ctx) =>
      ctx.db.deleteFrom('indicators.feed_mark').execute(),
    )
  await clear('00')
  await as('513221', (ctx) =>
    requestTransfers(
      ctx,
      RequestTransfers.parse({ memberIds: [one.memberId], toUnion: 'FEED-02', reason: '工作调动' }),
    ),
  )
  await as('320924', async (ctx) => {
    const { rows } = await listTransfers(ctx, ListTransfers.parse({ direction: 'received', state: 'requested' }))
    await acceptTransfers(ctx, { transfers: rows.map((row) => ({ transferId: row.id, version: row.version })) })
  })
  const marked = await withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) =>
    ctx.db.selectFrom('indicators.feed_mark').select(['tenant_id', 'records']).distinct().execute(),
  )
  expect(marked.toSorted((a, b) => a.tenant_id - b.tenant_id)).toEqual(
    [idOf(tree, '513221'), idOf(tree, '320924')]
      .toSorted((a, b) => a - b)
      .map((tenantId) => ({ tenant_id: tenantId, records: 'organisation.member' })),
  )
})
