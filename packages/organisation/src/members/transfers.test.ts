import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openRehearsal, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { getMember } from './members.ts'
import { retainMember } from './standings.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'
import {
  ListTransfers,
  RequestTransfers,
  RequestTransfersOfUnion,
  acceptTransfers,
  expireTransfers,
  findUnion,
  listTransfers,
  rejectTransfers,
  requestTransfers,
  requestTransfersOfUnion,
  withdrawTransfers,
} from './transfers.ts'

let house: TestDeps
let tree: Map<string, number>
/** Bodies far apart: no superior below the nation in common. */
const bodies = ['513221', '513222', '320924'] as const
type Place = (typeof bodies)[number]
const unionCode = (place: Place) => `${place}-0001`
const unions = new Map<Place, number>()
let person = 0

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  for (const place of bodies) unions.set(place, await aUnion(house.deps, idOf(tree, place), unionCode(place)))
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>, deps = house.deps) =>
  withTenant(deps, aUser(idOf(tree, code)), work)
const member = async (place: Place, deps = house.deps) =>
  (await aMember(deps, idOf(tree, place), { unionId: unions.get(place) ?? 0, idNumber: anIdNumber(++person) })).memberId
const ask = (from: Place, to: string, memberIds: number[], more: object = {}, deps = house.deps) =>
  as(
    from,
    (ctx) => requestTransfers(ctx, RequestTransfers.parse({ memberIds, toUnion: to, reason: '工作调动', ...more })),
    deps,
  )
const open = (code: string, direction: 'sent' | 'received', deps = house.deps) =>
  as(code, (ctx) => listTransfers(ctx, ListTransfers.parse({ direction, state: 'requested', pageSize: 200 })), deps)
const chosen = (rows: readonly { id: number; version: number }[]) => ({
  transfers: rows.map((row) => ({ transferId: row.id, version: row.version })),
})

/** Counts of the whole country, as nobody but the worker may count them. */
async function countEverywhere(
  deps = house.deps,
): Promise<{ members: number; persons: number; byBody: Map<number, number> }> {
  return withTenant(deps, systemActor('test', idOf(tree, '00')), async (ctx) => {
    const { rows } = await sql<{ tenant_id: number; members: number; persons: number }>`
      select tenant_id, count(*)::int as members, count(distinct id_print)::int as persons from organisation.member
      where state in ('active', 'retained') group by grouping sets ((tenant_id), ())`.execute(ctx.db)
    const all = rows.find((row) => row.tenant_id === null)
    return {
      members: all?.members ?? 0,
      persons: all?.persons ?? 0,
      byBody: new Map(rows.map((row) => [row.tenant_id, row.members])),
    }
  })
}

test('MEM-01 M009 a migrant member moves between unions of two provinces: asked, accepted, counted once on every day', async () => {
  const id = await member('513221')
  const before = await countEverywhere()
  const [asked] = await ask('513221', unionCode('320924'), [id])
  expect(asked?.memberId).toBe(id)
  // Until it is accepted, all is as before.
  expect(await countEverywhere()).toEqual(before)
  const { rows } = await open('320924', 'received')
  expect(rows).toMatchObject([
    { name: '张三丰', fromBody: '汶川县总工会', toUnion: '工会320924-0001', expiresOn: '2026-12-21' },
  ])
  expect(rows[0]?.idNumber).toMatch(/^\d{2}\*{16}$/)
  const [done] = await as('320924', (ctx) => acceptTransfers(ctx, chosen(rows)))
  const gone = await as('513221', (ctx) => getMember(ctx, { memberId: id }))
  expect(gone).toMatchObject({ state: 'transferred_out', leftOn: '2026-11-21', endReason: 'transferred' })
  const come = await as('320924', (ctx) => getMember(ctx, { memberId: done?.memberId ?? 0 }))
  expect(come).toMatchObject({
    state: 'active',
    joinedOn: '2026-11-21',
    origin: 'transferred',
    idNumber: gone.idNumber,
  })
  const after = await countEverywhere()
  expect([after.members, after.persons]).toEqual([before.members, before.persons])
  const { rows: days } = await withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) =>
    sql<{
      members: number
    }>`select (select count(*)::int from organisation.member where id in (${id}, ${done?.memberId ?? 0})
      and joined_on <= day and (left_on is null or left_on > day)) as members
      from generate_series(date '2026-01-10', date '2026-12-31', interval '1 day') day`.execute(ctx.db),
  )
  expect(new Set(days.map((day) => day.members))).toEqual(new Set([1]))
  // Neither body reads the other's row.
  await expect(as('513221', (ctx) => getMember(ctx, { memberId: done?.memberId ?? 0 }))).rejects.toThrow('not_found')
  // Both have it in their own trail.
  for (const place of ['513221', '320924']) {
    const trail = await as(place, (ctx) =>
      ctx.db
        .selectFrom('tenancy.audit')
        .select('action')
        .where('object_kind', '=', 'transfer')
        .where('object_id', '=', String(asked?.transferId))
        .orderBy('seq')
        .execute(),
    )
    expect(trail.map((line) => line.action)).toEqual(['transfer.requested', 'transfer.accepted'])
  }
})

test('the receiving union is found by its exact number only, and only its names are told', async () => {
  expect(await as('513221', (ctx) => findUnion(ctx, { code: '320924-0001' }))).toEqual({
    code: '320924-0001',
    name: '工会320924-0001',
    body: '射阳县总工会',
    isOwn: false,
  })
  for (const code of ['320924', '320924-000', '320924-0001-', '320924-%'])
    await expect(as('513221', (ctx) => findUnion(ctx, { code }))).rejects.toThrow('not_found')
})

test('only the receiver accepts or rejects, only the sender withdraws; a third body learns nothing', async () => {
  const id = await member('513221')
  await ask('513221', unionCode('513222'), [id])
  const rows = chosen((await open('513221', 'sent')).rows.filter((row) => row.memberId === id))
  const reject = { ...rows, reason: '查无此人' }
  await expect(as('513221', (ctx) => acceptTransfers(ctx, rows))).rejects.toThrow('not_found')
  await expect(as('513221', (ctx) => rejectTransfers(ctx, reject))).rejects.toThrow('not_found')
  await expect(as('513222', (ctx) => withdrawTransfers(ctx, rows))).rejects.toThrow('not_found')
  for (const code of ['320924', '5132', '00']) {
    await expect(as(code, (ctx) => acceptTransfers(ctx, rows))).rejects.toThrow('not_found')
    expect((await open(code, 'received')).total + (await open(code, 'sent')).total).toBe(0)
  }
  await as('513222', (ctx) => rejectTransfers(ctx, reject))
  const settled = async (code: string, direction: 'sent' | 'received') =>
    (await as(code, (ctx) => listTransfers(ctx, ListTransfers.parse({ direction })))).rows[0]
  // What it said of the person is wiped: the receiver has no more use for it (PIPL 6). The sender reads the own register.
  const wiped = { name: '', age: null, idNumber: null }
  expect(await settled('513222', 'received')).toMatchObject({ state: 'rejected', answer: '查无此人', ...wiped })
  const { name } = await as('513221', (ctx) => getMember(ctx, { memberId: id }))
  expect(await settled('513221', 'sent')).toMatchObject({ state: 'rejected', memberId: id, name })
  expect((await as('513221', (ctx) => getMember(ctx, { memberId: id }))).state).toBe('active')
  await expect(ask('513222', unionCode('320924'), [id])).rejects.toThrow('not_found')
})

test('MEM-05 an unemployed member goes to the union of residence and stays retained', async () => {
  const id = await member('513221')
  await as('513221', (ctx) => retainMember(ctx, { memberId: id, version: 2, for: 'unemployed', on: '2026-05-01' }))
  await ask('513221', unionCode('513222'), [id], { staysRetained: true })
  const { rows } = await open('513222', 'received')
  const [done] = await as('513222', (ctx) => acceptTransfers(ctx, chosen(rows)))
  expect(await as('513222', (ctx) => getMember(ctx, { memberId: done?.memberId ?? 0 }))).toMatchObject({
    state: 'retained',
    retainedFor: 'unemployed',
    votes: false,
  })
})

test('5.3 a request nobody answers expires after 30 days, and is not accepted afterwards', async () => {
  const late = await member('513221')
  await ask('513221', unionCode('513222'), [late])
  const { rows } = await open('513222', 'received')
  house.setNow('2026-12-21T12:00:00+08:00')
  expect(await withTenant(house.deps, systemActor('sweep', idOf(tree, '00')), expireTransfers)).toBe(0)
  house.setNow('2026-12-22T12:00:00+08:00')
  await expect(as('513222', (ctx) => acceptTransfers(ctx, chosen(rows)))).rejects.toThrow(
    'organisation.transfer.expired',
  )
  expect(await withTenant(house.deps, systemActor('sweep', idOf(tree, '00')), expireTransfers)).toBe(1)
  expect((await as('513221', (ctx) => getMember(ctx, { memberId: late }))).state).toBe('active')
  house.setNow('2026-11-21T12:00:00+08:00')
})

test('when unions merge all their members are asked for at once, and taken over at once', async () => {
  const old = await aUnion(house.deps, idOf(tree, '513222'), '513222-0009')
  for (let one = 0; one < 7; one++)
    await aMember(house.deps, idOf(tree, '513222'), { unionId: old, idNumber: anIdNumber(++person) })
  const asked = await as('513222', (ctx) =>
    requestTransfersOfUnion(
      ctx,
      RequestTransfersOfUnion.parse({ unionId: old, toUnion: unionCode('513222'), reason: '工会合并' }),
    ),
  )
  expect(asked).toHaveLength(7)
  const before = await countEverywhere()
  await as('513222', async (ctx) =>
    acceptTransfers(
      ctx,
      chosen((await listTransfers(ctx, ListTransfers.parse({ direction: 'received', state: 'requested' }))).rows),
    ),
  )
  const after = await countEverywhere()
  expect([after.members, after.persons]).toEqual([before.members, before.persons])
  await expect(
    as('513222', (ctx) =>
      requestTransfersOfUnion(
        ctx,
        RequestTransfersOfUnion.parse({ unionId: old, toUnion: unionCode('513222'), reason: '合并' }),
      ),
    ),
  ).rejects.toThrow('organisation.transfer.nobody')
})

test('two who accept at the same moment: one takes over, the other is told that it is done', async () => {
  const id = await member('513221')
  await ask('513221', unionCode('320924'), [id])
  const rows = chosen((await open('320924', 'received')).rows)
  const both = await Promise.allSettled([
    as('320924', (ctx) => acceptTransfers(ctx, rows)),
    as('320924', (ctx) => acceptTransfers(ctx, rows)),
    as('513221', (ctx) => withdrawTransfers(ctx, rows)),
  ])
  expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  const count = await countEverywhere()
  expect(count.members).toBe(count.persons)
})

test('whatever bodies ask, accept, reject, withdraw in whatever order: each person keeps exactly one membership (property)', async () => {
  const rehearsal = await openRehearsal(house.deps, house.appUrl)
  const deps = rehearsal.deps
  const place = fc.constantFrom(...bodies)
  const act = fc.record({
    what: fc.constantFrom('ask', 'ask', 'accept', 'accept', 'reject', 'withdraw', 'expire'),
    by: place,
    to: place,
    pick: fc.nat({ max: 50 }),
  })
  await fc.assert(
    fc
      .asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (acts) => {
        for (const home of bodies) await member(home, deps)
        const start = await countEverywhere(deps)
        for (const { what, by, to, pick } of acts) {
          try {
            if (what === 'ask') {
              const own = await as(
                by,
                (ctx) => ctx.db.selectFrom('organisation.member').select('id').orderBy('id').execute(),
                deps,
              )
              const one = own[pick % own.length]
              if (one) await ask(by, unionCode(to), [one.id], {}, deps)
            } else if (what === 'expire') {
              await withTenant(deps, systemActor('sweep', idOf(tree, '00')), expireTransfers)
            } else {
              // Anybody tries on any transfer they can name; only some may.
              const all = await withTenant(deps, systemActor('test', idOf(tree, '00')), (ctx) =>
                ctx.db.selectFrom('organisation.transfer').select(['id', 'version']).orderBy('id').execute(),
              )
              const one = all[pick % Math.max(1, all.length)]
              if (!one) continue
              if (what === 'accept') await as(by, (ctx) => acceptTransfers(ctx, chosen([one])), deps)
              if (what === 'reject')
                await as(by, (ctx) => rejectTransfers(ctx, { ...chosen([one]), reason: '不符' }), deps)
              if (what === 'withdraw') await as(by, (ctx) => withdrawTransfers(ctx, chosen([one])), deps)
            }
          } catch (error) {
            if (!(error instanceof Error) || error.name !== 'DomainError') throw error
          }
          const now = await countEverywhere(deps)
          expect([now.members, now.persons]).toEqual([start.members, start.persons])
        }
      })
      .afterEach(() => rehearsal.undo()),
    { numRuns: 25 },
  )
  await rehearsal.close()
})

test('the plain role moves a transfer by the functions only', async () => {
  const tries = [
    sql`update organisation.transfer set state = 'accepted'`,
    sql`select organisation.note_transfer(1, 1, '', '', '')`,
    sql`insert into organisation.transfer default values`,
  ]
  for (const statement of tries)
    await expect(as('513222', (ctx) => statement.execute(ctx.db))).rejects.toThrow('permission denied')
  const administrator = aUser(idOf(tree, '513222'), 'sysadmin')
  await withTenant(house.deps, administrator, async (ctx) => {
    expect((await sql`select * from organisation.find_union('320924-0001')`.execute(ctx.db)).rows).toEqual([])
  })
})

test('the page of a member shows what waits, and where somebody went; who stays shows nothing', async () => {
  const [mover, stayer] = [await member('513221'), await member('513221')]
  const read = (memberId: number) => as('513221', (ctx) => getMember(ctx, { memberId }))
  expect((await read(mover)).transfer).toBeNull()
  await ask('513221', unionCode('320924'), [mover])
  expect((await read(mover)).transfer).toMatchObject({
    state: 'requested',
    toUnion: `工会${unionCode('320924')}`,
    toBody: '射阳县总工会',
    requestedOn: '2026-11-21',
    decidedOn: null,
  })
  const { rows } = await open('320924', 'received')
  await as('320924', (ctx) => acceptTransfers(ctx, chosen(rows.slice(0, 1))))
  expect(await read(mover)).toMatchObject({
    state: 'transferred_out',
    transfer: { state: 'accepted', decidedOn: '2026-11-21' },
  })
  expect((await read(stayer)).transfer).toBeNull()
})
