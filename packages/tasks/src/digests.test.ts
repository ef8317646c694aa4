import { systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { createDatabase } from '@gonglian/db'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { countUnread, listDigests, markDigestsRead, type ListPeople } from './digests.ts'
import { runDigests, type DigestSettings } from './jobs.ts'
import { defineTask } from './task.ts'
import { aPerson } from './testing.ts'

const { deps, close, setNow, webUrl } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const root = idOf(tree, '00')
const county = idOf(tree, '513221')
const officer = await aPerson(deps, county, 'digest-officer')
const colleague = await aPerson(deps, county, 'digest-colleague')
const leader = await aPerson(deps, county, 'digest-leader', { role: 'leader' })
const above = await aPerson(deps, idOf(tree, '5132'), 'digest-above', { role: 'auditor' })
const everybody = [officer, colleague, leader, above].toSorted((a, b) => a.accountId - b.accountId)

/** Two lines for who writes, one of them overdue; how often each person was asked about. */
const asked = new Map<string, number>()
/** Holds whoever asks about a person until another worker does the same. */
let meeting: { arrived: number; both: Promise<void>; open: () => void } | null = null
function expectTwo() {
  let open: () => void = () => undefined
  const both = new Promise<void>((resolve) => (open = resolve))
  meeting = { arrived: 0, both, open }
}
const work = defineTask({
  key: 'test.work',
  step: 'handle',
  permission: 'report:fill',
  list: async (ctx) => {
    if (ctx.actor.kind === 'user') asked.set(ctx.actor.username, (asked.get(ctx.actor.username) ?? 0) + 1)
    if (meeting !== null) {
      meeting.arrived += 1
      if (meeting.arrived >= 2) meeting.open()
      await meeting.both
    }
    return {
      total: 2,
      rows: ['2026-11-01', '2026-12-31'].map((due, at) => ({
        id: String(at),
        title: { zh: '保密工会', en: 'Secret union' },
        since: null,
        due,
        to: '/',
      })),
    }
  },
})
const listPeople: ListPeople = (_deps, _root, { after, limit }) =>
  Promise.resolve(everybody.filter(({ accountId }) => accountId > after).slice(0, limit))
const settings: DigestSettings = {
  tasks: [work],
  listPeople,
  listRoots: () => Promise.resolve([root]),
  from: '08:00',
  mailer: null,
  allowed: [],
  address: null,
  word: (_locale, key) => key,
}
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const days = async (actor: UserActor) => (await as(actor, listDigests)).map(({ day }) => day)
const countRows = () =>
  withTenant(deps, systemActor('test', root), async (ctx) => {
    const rows = await ctx.db.selectFrom('tasks.digest').select(['account_id', 'day']).execute()
    return rows.length
  })
beforeEach(() => asked.clear())

test('everybody has one message a day, from the hour on and not before, and none where nothing waits', async () => {
  setNow('2026-11-23T07:59:00+08:00')
  await runDigests(deps, settings)
  expect(await countRows()).toBe(0)
  setNow('2026-11-23T08:00:00+08:00')
  await runDigests(deps, settings)
  expect(await as(officer, listDigests)).toEqual([
    {
      day: '2026-11-23',
      total: 2,
      overdue: 1,
      kinds: [{ key: 'test.work', total: 2, overdue: 1 }],
      isRead: false,
    },
  ])
  expect(await days(leader)).toEqual(['2026-11-23'])
  expect(await days(above)).toEqual([])
  // Later the same day, by another worker or after a restart: nobody is looked through again.
  asked.clear()
  setNow('2026-11-23T18:00:00+08:00')
  await runDigests(deps, settings)
  await runDigests(deps, settings)
  expect(await days(officer)).toEqual(['2026-11-23'])
  expect(asked.size).toBe(0)
})

test('a worker that dies on the way goes on with those who are left; two at once make one message each', async () => {
  setNow('2026-11-24T09:00:00+08:00')
  const dying: ListPeople = (_deps, _root, { after }) =>
    after === 0 ? Promise.resolve(everybody.slice(0, 1)) : Promise.reject(new Error('the database went away'))
  await expect(runDigests(deps, { ...settings, listPeople: dying })).rejects.toThrow('went away')
  const before = await countRows()
  asked.clear()
  expectTwo()
  await Promise.all([runDigests(deps, settings), runDigests(deps, settings)])
  // Both asked about the same people, and each person has one message all the same.
  expect([...asked.values()]).toContain(2)
  expect(await countRows()).toBe(before + everybody.length - 1)
  expect(asked.has(everybody[0]?.username ?? '')).toBe(false)
  for (const person of [officer, colleague, leader]) expect((await days(person))[0]).toBe('2026-11-24')
  // A morning without a worker: the message comes when it is back.
  setNow('2026-11-25T21:30:00+08:00')
  await runDigests(deps, settings)
  expect((await days(officer))[0]).toBe('2026-11-25')
})

test('a message is its person’s own: read by nobody else, marked by nobody else, made by the worker alone', async () => {
  const all = (ctx: TenantContext) => ctx.db.selectFrom('tasks.digest').select(['account_id', 'total']).execute()
  const mine = await as(officer, all)
  expect(mine.length).toBeGreaterThan(0)
  expect(mine.every((row) => row.account_id === officer.accountId)).toBe(true)
  for (const role of ['sysadmin', 'secadmin', 'auditadmin', 'leader'] as const)
    expect(await as({ ...aUser(county, role), accountId: 999_999 }, all)).toEqual([])
  // Somebody who claims the account from another body.
  expect(await as({ ...aUser(idOf(tree, '513222')), accountId: officer.accountId }, all)).toEqual([])

  const unread = await as(colleague, countUnread)
  expect(unread).toBeGreaterThan(0)
  await as(officer, markDigestsRead)
  expect(await as(officer, countUnread)).toBe(0)
  expect((await as(officer, listDigests)).every(({ isRead }) => isRead)).toBe(true)
  expect(await as(colleague, countUnread)).toBe(unread)

  const { db, pool } = createDatabase(webUrl, 1)
  const make = withTenant({ ...deps, db }, officer, (ctx) =>
    ctx.db
      .insertInto('tasks.digest')
      .values({ account_id: officer.accountId, tenant_id: county, day: '2026-12-24', total: 1, overdue: 0 })
      .execute(),
  )
  await expect(make).rejects.toThrow(/row-level security/)
  await pool.end()
})

test('messages are kept for sixty days', async () => {
  setNow('2027-01-25T09:00:00+08:00')
  await runDigests(deps, settings)
  expect(await days(officer)).toEqual(['2027-01-25'])
})
