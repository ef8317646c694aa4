import { performCommand, readList } from '@gonglian/records'
import { createDatabase } from '@gonglian/db'
import { DomainError, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { ListAppraisals, listAppraisals } from './appraisal-list.ts'
import {
  CloseAppraisal,
  OpenAppraisal,
  askEarlyClosing,
  closeAppraisal,
  fileAppraisal,
  openAppraisal,
  publishAppraisal,
  readSatisfaction,
} from './appraisals.ts'
import { choices, shuffle, type Choice } from './ballots.ts'
import { demoPointView } from '../demo-points/demo-point.ts'
import { listDemoPoints, nameDemoPoint } from '../demo-points/demo-points.ts'
import { aMember, anIdNumber } from '../members/sample-members.ts'
import { RetainMember, retainMember } from '../members/standings.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { mixAllBallots } from './ballot-mixing.ts'
import { aWorkingGroup } from '../testing.ts'
import { aPair, closeEarly, keepCodes, someSlips } from './sample-slips.ts'
import { CastBallot, SlipCode, castBallot, countCast, issueSlips, printSlips, voidSlips } from './slips.ts'

const { deps, close, ownerUrl, setNow } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const township = aUser(id('513221100'), 'leader', 'officer')
const county = aUser(id('513221'), 'leader', 'officer')
const sibling = aUser(id('513221101'), 'leader', 'officer')
const as = <T>(actor: typeof county, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}
/** What the members of each working group keep on paper. */
const groupCodes = new Map<number, string[]>()
const codesOf = (appraisalId: number) => groupCodes.get(appraisalId) ?? []

const open = async (change: object = {}, actor = township) => {
  const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
  const { appraisalId } = await as(actor, async (ctx) => {
    const group = await aWorkingGroup(ctx, 5)
    const input = { unionId, closesOn: '2026-12-01', group, members: 20, eligible: 20, ...change }
    const opened = await openAppraisal(ctx, OpenAppraisal.parse(input))
    groupCodes.set(opened.appraisalId, await keepCodes(ctx, opened.appraisalId))
    return opened
  })
  return { unionId, appraisalId }
}
const ballotsOf = (appraisalId: number) =>
  CloseAppraisal.parse({ appraisalId, codes: codesOf(appraisalId).slice(1, 4) })
const issue = (appraisalId: number, count: number) => someSlips(deps, township, appraisalId, count)
const cast = (code: string, choice: Choice) => castBallot(deps, CastBallot.parse({ code, choice }))
const closing = (appraisalId: number) => closeEarly(deps, township, appraisalId, codesOf(appraisalId))
const versionOf = (appraisalId: number) =>
  as(township, async (ctx) => {
    const row = await ctx.db
      .selectFrom('organisation.appraisal')
      .select('version')
      .where('id', '=', appraisalId)
      .executeTakeFirstOrThrow()
    return row.version
  })

describe('rules', () => {
  test('a working group of 3 to 7, enough members, enough front-line representatives; once a year', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    const names = await as(township, (ctx) => aWorkingGroup(ctx, 8))
    const group = names.slice(0, 3)
    const fields = async (change: object) => {
      const input = { unionId, closesOn: '2026-12-01', group, members: 100, eligible: 100, ...change }
      const error = await refusal(as(township, (ctx) => openAppraisal(ctx, OpenAppraisal.parse(input))))
      return error.fields.map((field) => field.key)
    }
    expect(await fields({ group: names.slice(0, 2) })).toEqual(['organisation.groupSize'])
    expect(await fields({ group: names })).toEqual(['organisation.groupSize'])
    expect(await fields({ group: [...group, group[0]] })).toEqual(['organisation.groupTwice'])
    expect(await fields({ group: [...group, 'nobody-here'] })).toEqual(['organisation.groupUnknown'])
    expect(await fields({ eligible: 101 })).toContain('errors.inputLarge')
    expect(await fields({ eligible: 29, frontLine: 29 })).toEqual(['organisation.participationLow'])
    expect(await fields({ eligible: 40, frontLine: 23 })).toEqual(['organisation.frontLineLow'])
    expect(await fields({ closesOn: '2026-11-20' })).toEqual(['organisation.dayPast'])
    expect(await fields({ members: 4, eligible: 4 })).toEqual(['organisation.appraisalSmall'])
    const input = OpenAppraisal.parse({
      unionId,
      closesOn: '2026-12-01',
      group,
      members: 40,
      eligible: 40,
      frontLine: 24,
    })
    await as(township, (ctx) => openAppraisal(ctx, input))
    expect(await refusal(as(township, (ctx) => openAppraisal(ctx, input)))).toMatchObject({
      key: 'organisation.appraisedAlready',
    })
    expect(await refusal(as(county, (ctx) => openAppraisal(ctx, input)))).toMatchObject({ code: 'not_found' })
  })

  test('the register says how many members there are, where it has any', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    for (let number = 1; number <= 12; number++)
      await aMember(deps, id('513221100'), { unionId, idNumber: anIdNumber(700_000 + number) })
    // MEM-07: kept without a vote.
    const kept = await aMember(deps, id('513221100'), { unionId, idNumber: anIdNumber(700_013) })
    await as(township, (ctx) => retainMember(ctx, RetainMember.parse({ ...kept, for: 'unemployed', on: '2026-11-01' })))
    const group = await as(township, (ctx) => aWorkingGroup(ctx, 3))
    const ask = (members: number | null, eligible: number) =>
      as(township, (ctx) =>
        openAppraisal(ctx, OpenAppraisal.parse({ unionId, closesOn: '2026-12-01', group, members, eligible })),
      )
    expect((await refusal(ask(6, 6))).fields).toContainEqual({
      path: 'members',
      key: 'organisation.membersRegistered',
      params: { members: 12 },
    })
    expect((await refusal(ask(null, 13))).fields).toMatchObject([{ path: 'eligible', key: 'errors.inputLarge' }])
    const { appraisalId } = await ask(null, 12)
    const row = await as(township, (ctx) =>
      ctx.db.selectFrom('organisation.appraisal').select('members').where('id', '=', appraisalId).executeTakeFirst(),
    )
    expect(row).toEqual({ members: 12 })
  })

  test('no more slips than those entitled, however many ask at once', async () => {
    const { appraisalId } = await open()
    await issue(appraisalId, 15)
    expect(await refusal(issue(appraisalId, 6))).toMatchObject({
      key: 'organisation.slipsBeyond',
      params: { left: 5 },
    })
    const asked = await Promise.allSettled([issue(appraisalId, 3), issue(appraisalId, 3)])
    expect(asked.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { officer } = aPair(township)
    const { appraisalId: other } = await open()
    const { orderId } = await as(officer, (ctx) => issueSlips(ctx, { appraisalId: other, count: 2 }))
    const print = (prints: readonly number[], by: string) =>
      as(township, (ctx) =>
        sql`select organisation.print_slips(${orderId}, ${prints.map((n) => Buffer.alloc(16, n))}::bytea[], ${by})`.execute(
          ctx.db,
        ),
      )
    await expect(print([1, 2, 3], '某人')).rejects.toThrow('no order')
    await expect(print([1, 2], officer.username)).rejects.toThrow('no order')
  })

  test('a slip votes once, in time, as people copy it; what is wrong with a slip is not told', async () => {
    const { appraisalId } = await open()
    const [first = '', second = ''] = await issue(appraisalId, 2)
    await cast(` ${first.toLowerCase().replaceAll('-', ' ')} `, 'satisfied')
    const used = await refusal(cast(first, 'unsatisfied'))
    const never = await refusal(cast('2222-2222-2222-2222', 'unsatisfied'))
    expect(used).toMatchObject({ code: 'not_found', key: 'organisation.slipUnknown' })
    expect({ code: never.code, key: never.key, params: never.params }).toEqual({
      code: used.code,
      key: used.key,
      params: used.params,
    })
    expect(SlipCode.safeParse('2222').success).toBe(false)
    setNow('2026-12-02T00:10:00+08:00')
    expect(await refusal(cast(second, 'basic'))).toMatchObject({ key: 'organisation.slipUnknown' })
    setNow('2026-11-21T12:00:00+08:00')
    expect(await as(township, (ctx) => countCast(ctx, { appraisalId }))).toEqual({ cast: 1 })
    expect(await as(sibling, (ctx) => countCast(ctx, { appraisalId }))).toEqual({ cast: null })
  })

  test('two votes with one slip at once: one counts', async () => {
    const { appraisalId } = await open()
    const [code = ''] = await issue(appraisalId, 1)
    const votes = await Promise.allSettled([cast(code, 'satisfied'), cast(code, 'unsatisfied'), cast(code, 'basic')])
    expect(votes.filter((vote) => vote.status === 'fulfilled')).toHaveLength(1)
    expect(await as(township, (ctx) => countCast(ctx, { appraisalId }))).toEqual({ cast: 1 })
  })

  test('too few took part: void, and how those few voted is gone', async () => {
    const { appraisalId } = await open()
    for (const code of await issue(appraisalId, 5)) await cast(code, 'unsatisfied')
    expect(await closing(appraisalId)).toEqual({ state: 'void', cast: 5, counts: null, satisfaction: null })
    for (const table of ['ballot', 'sealed_ballot', 'waiting_ballot', 'slip']) {
      const { rows } =
        await sql`select from ${sql.table(`organisation.${table}`)} where appraisal_id = ${appraisalId}`.execute(
          owner.db,
        )
      expect(rows).toEqual([])
    }
  })
})

describe('M115 anonymous appraisal', () => {
  test('votes are counted, published with what is put right, and filed; the superior sees counts', async () => {
    const { appraisalId } = await open()
    const codes = await issue(appraisalId, 20)
    const votes = [
      ...Array<Choice>(9).fill('satisfied'),
      ...Array<Choice>(3).fill('basic'),
      'unsatisfied',
      'invalid',
    ] as const
    for (const [index, choice] of votes.entries()) await cast(codes[index] ?? '', choice)
    expect(await closing(appraisalId)).toEqual({
      state: 'closed',
      cast: 14,
      counts: { satisfied: 9, basic: 3, unsatisfied: 1, invalid: 1 },
      satisfaction: 9231,
    })
    expect(await refusal(cast(codes[19] ?? '', 'satisfied'))).toMatchObject({ key: 'organisation.slipUnknown' })
    const publish = async (rectification: string) =>
      as(township, async (ctx) =>
        publishAppraisal(ctx, { appraisalId, version: await versionOf(appraisalId), rectification }),
      )
    expect(await refusal(publish(''))).toMatchObject({ key: 'organisation.rectificationMissing' })
    const { version } = await publish('改善食堂')
    await as(township, (ctx) => fileAppraisal(ctx, { appraisalId, version }))
    const seen = await as(county, (ctx) => listAppraisals(ctx, ListAppraisals.parse({ year: 2026 })))
    expect(seen.rows.find((row) => row.appraisalId === appraisalId)).toMatchObject({
      state: 'filed',
      satisfied: 9,
      unsatisfied: 1,
    })
    const { rows } = await as(county, (ctx) =>
      sql`select * from organisation.count_ballots(${appraisalId}) order by 1`.execute(ctx.db),
    )
    expect(rows).toEqual([
      { choice: 'basic', ballots: 3 },
      { choice: 'invalid', ballots: 1 },
      { choice: 'satisfied', ballots: 9 },
      { choice: 'unsatisfied', ballots: 1 },
    ])
  })

  test('counts come from closing alone: neither owner nor superior writes them, nobody reads ballots or slips', async () => {
    const { appraisalId } = await open()
    for (const actor of [township, county]) {
      const attempts = [
        sql`update organisation.appraisal set satisfied = 20 where id = ${appraisalId}`,
        sql`select * from organisation.ballot`,
        sql`select * from organisation.sealed_ballot`,
        sql`select * from organisation.waiting_ballot`,
        sql`select * from organisation.slip`,
        sql`insert into organisation.ballot (appraisal_id, choice) values (${appraisalId}, 'satisfied')`,
      ]
      for (const attempt of attempts)
        await expect(as(actor, (ctx) => attempt.execute(ctx.db))).rejects.toThrow(/permission denied/)
    }
    await expect(
      as(township, (ctx) =>
        sql`update organisation.appraisal set state = 'closed' where id = ${appraisalId}`.execute(ctx.db),
      ),
    ).rejects.toThrow(/no step|violates check/)
    await expect(
      as(county, (ctx) => sql`select organisation.take_ballots(${appraisalId})`.execute(ctx.db)),
    ).rejects.toThrow(/no open appraisal/)
    expect(
      (await as(county, (ctx) => sql`select * from organisation.count_ballots(${appraisalId})`.execute(ctx.db))).rows,
    ).toEqual([])
  })

  test('whoever reads every table as the administrator cannot join a ballot with a slip or a person', async () => {
    const { appraisalId } = await open()
    const codes = await issue(appraisalId, 12)
    const order: Choice[] = codes.map((_, index) => (index < 6 ? 'unsatisfied' : 'satisfied'))

    // While voting goes on: one ballot after the other, everything readable read after each.
    const seen: string[][] = []
    for (const [index, code] of codes.entries()) {
      await cast(code, order[index] ?? 'invalid')
      const { rows } = await sql<{ sealed: string }>`
        select encode(sealed, 'hex') as sealed from organisation.waiting_ballot where appraisal_id = ${appraisalId}`.execute(
        owner.db,
      )
      seen.push(rows.map((row) => row.sealed))
    }
    const sealed = seen.at(-1) ?? []
    // Equal votes look different and unequal ones alike: same length, no value twice, and no letter of the choice inside.
    expect(new Set(sealed).size).toBe(12)
    expect(new Set(sealed.map((one) => one.length))).toEqual(new Set([194]))

    await closing(appraisalId)
    const { rows: ballots } = await sql<{ id: string; choice: Choice; xmin: string; columns: string[] }>`
      select id, choice, xmin::text, (select array_agg(key order by key) from jsonb_object_keys(to_jsonb(b)) key) as columns
      from organisation.ballot b where appraisal_id = ${appraisalId} order by ctid`.execute(owner.db)
    expect(ballots).toHaveLength(12)
    expect(new Set(ballots.map((ballot) => ballot.columns.join()))).toEqual(new Set(['appraisal_id,choice,id']))
    expect(new Set(ballots.map((ballot) => ballot.xmin)).size).toBe(1)

    // No value of a ballot but the appraisal's number stands in any other row of the database, as text or as bytes.
    const { rows: tables } = await sql<{ name: string }>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname || '.' || c.relname <> 'organisation.ballot'`.execute(
      owner.db,
    )
    expect(tables.length).toBeGreaterThan(50)
    const secrets = [
      ...ballots.map((ballot) => ballot.id),
      ...codes,
      ...codes.map((code) => code.replaceAll('-', '')),
      ...codes.map((code) => deps.vault.fingerprint('appraisal.slip', code.replaceAll('-', '')).toString('hex')),
      ...sealed,
    ]
    for (const { name } of tables) {
      const { rows } = await sql<{ text: string }>`select to_jsonb(t)::text as text from ${sql.raw(name)} t`.execute(
        owner.db,
      )
      const all = rows.map((row) => row.text).join('\n')
      expect(
        secrets.filter((secret) => all.includes(secret)),
        name,
      ).toEqual([])
    }
    // Voting leaves no line in the trail.
    const { rows: trail } =
      await sql`select from tenancy.audit where action ilike '%ballot%' or actor = 'visitor'`.execute(owner.db)
    expect(trail).toEqual([])
  })

  test('the order on disk after closing says nothing: over many elections every place is equally likely', async () => {
    let firsts = 0
    const rounds = 24
    for (let round = 0; round < rounds; round++) {
      const { appraisalId } = await open({ members: 10, eligible: 10 })
      const codes = await issue(appraisalId, 10)
      for (const [index, code] of codes.entries()) await cast(code, index < 5 ? 'satisfied' : 'unsatisfied')
      await closing(appraisalId)
      const { rows } = await sql<{ choice: string }>`
        select choice from organisation.ballot where appraisal_id = ${appraisalId} order by ctid`.execute(owner.db)
      firsts += rows.slice(0, 5).filter((row) => row.choice === 'satisfied').length
    }
    // In the order of casting it would be 120; mixed, 60 with a deviation of about 8.
    expect(firsts).toBeGreaterThan(20)
    expect(firsts).toBeLessThan(100)
  })

  test('counting: whatever is cast is counted, nothing else is (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...choices), { minLength: 5, maxLength: 16 }),
        fc.nat(4),
        async (votes, unused) => {
          const eligible = votes.length + unused
          const { appraisalId } = await open({ members: eligible, eligible })
          const codes = shuffle(await issue(appraisalId, eligible))
          await Promise.all(votes.map((choice, index) => cast(codes[index] ?? '', choice)))
          const result = await closing(appraisalId)
          const count = (choice: Choice) => votes.filter((vote) => vote === choice).length
          const counts = {
            satisfied: count('satisfied'),
            basic: count('basic'),
            unsatisfied: count('unsatisfied'),
            invalid: count('invalid'),
          }
          expect(result).toEqual({
            state: 'closed',
            cast: votes.length,
            counts,
            satisfaction: readSatisfaction(counts),
          })
        },
      ),
      { numRuns: 12 },
    )
  })
})

describe('H6 the appraisal stays in separate hands', () => {
  const { officer, leader } = aPair(township)

  test('who orders slips never sees a code; another prints them, once; all of it stands in the trail with its counts', async () => {
    const { appraisalId } = await open()
    const order = await as(officer, (ctx) => issueSlips(ctx, { appraisalId, count: 20 }))
    expect(JSON.stringify(order)).not.toMatch(/[2-9A-HJ-NP-Z]{4}-/)
    expect(await refusal(as(officer, (ctx) => printSlips(ctx, order)))).toMatchObject({ code: 'forbidden' })
    const both = { ...officer, roles: ['officer', 'leader'] as const }
    expect(await refusal(as(both, (ctx) => printSlips(ctx, order)))).toMatchObject({ key: 'organisation.fourEyes' })
    const printed = Array.from({ length: 20 }, (_, number) => Buffer.alloc(32, number))
    await expect(
      as(both, (ctx) =>
        sql`select organisation.print_slips(${order.orderId}, ${printed}::bytea[], ${both.username})`.execute(ctx.db),
      ),
    ).rejects.toThrow('no order to be printed by this person')
    const prints = await Promise.allSettled([1, 2].map(() => as(leader, (ctx) => printSlips(ctx, order))))
    expect(prints.map((print) => print.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const codes = prints.flatMap((print) => (print.status === 'fulfilled' ? print.value.codes : []))
    expect(await refusal(as(leader, (ctx) => printSlips(ctx, order)))).toMatchObject({
      key: 'organisation.slipsPrinted',
    })
    expect(await refusal(as(officer, (ctx) => issueSlips(ctx, { appraisalId, count: 1 })))).toMatchObject({
      key: 'organisation.slipsBeyond',
    })
    // A print that was lost: what is unused is void, as many are ordered again.
    for (const code of codes.slice(0, 6)) await cast(code, 'basic')
    const lost = { orderId: order.orderId, reason: '整批选票遗失' }
    expect(await refusal(as(both, (ctx) => voidSlips(ctx, lost)))).toMatchObject({ key: 'organisation.fourEyes' })
    expect(await as(leader, (ctx) => voidSlips(ctx, lost))).toEqual({ voided: 14 })
    expect(await refusal(cast(codes[7] ?? '', 'basic'))).toMatchObject({ key: 'organisation.slipUnknown' })
    const again = await issue(appraisalId, 14)
    await cast(again[0] ?? '', 'satisfied')
    const { rows } = await sql<{ action: string; slips: number }>`
      select action, (after ->> 'slips')::int as slips from tenancy.audit
      where object_kind = 'appraisal' and object_id = ${String(appraisalId)} and action like 'appraisal.slips%' order by seq`.execute(
      owner.db,
    )
    expect(rows.map(({ action, slips }) => [action, slips])).toEqual([
      ['appraisal.slips.order', 20],
      ['appraisal.slips.print', 20],
      ['appraisal.slips.void', 20],
      ['appraisal.slips.order', 14],
      ['appraisal.slips.print', 14],
    ])
  })

  test('before its last day it is closed by two, with a reason, and neither function nor statement gets around that', async () => {
    const { appraisalId } = await open()
    const codes = await issue(appraisalId, 20)
    for (const code of codes.slice(0, 8)) await cast(code, 'unsatisfied')
    const both = { ...officer, roles: ['officer', 'leader'] as const }
    const close = (actor: typeof officer) => as(actor, (ctx) => closeAppraisal(ctx, ballotsOf(appraisalId)))
    expect(await refusal(close(leader))).toMatchObject({ key: 'organisation.earlyNotAsked' })
    const eight = Array<string>(8).fill('satisfied')
    await expect(
      as(leader, (ctx) =>
        sql`select organisation.close_appraisal(${appraisalId}, ${eight}::text[], '2026-12-05', 1, ''::bytea)`.execute(
          ctx.db,
        ),
      ),
    ).rejects.toThrow('nobody asked')
    const ask = as(both, (ctx) => askEarlyClosing(ctx, { appraisalId, reason: '提前结束' }))
    await ask
    expect(await refusal(close(both))).toMatchObject({ key: 'organisation.fourEyes' })
    expect(await close(leader)).toMatchObject({ state: 'closed', cast: 8 })
  })

  test('a round that came to nothing stays on record, and the next is the second', async () => {
    const { unionId, appraisalId } = await open()
    for (const code of await issue(appraisalId, 3)) await cast(code, 'unsatisfied')
    expect(await closing(appraisalId)).toMatchObject({ state: 'void' })
    const second = await open({ unionId })
    const { rows } = await sql`
      select round, state, ballots, early_reason from organisation.appraisal where union_id = ${unionId} order by id`.execute(
      owner.db,
    )
    expect(rows).toEqual([
      { round: 1, state: 'void', ballots: 3, early_reason: '全体会员已到会' },
      { round: 2, state: 'open', ballots: null, early_reason: '' },
    ])
    const list = await as(county, (ctx) => listAppraisals(ctx, ListAppraisals.parse({ year: 2026 })))
    expect(list.rows.find((row) => row.appraisalId === second.appraisalId)).toMatchObject({ round: 2 })
  })

  test('a slip and its ballot share no number of a transaction, and after mixing no ballot can be told from another', async () => {
    const { appraisalId } = await open()
    const codes = await issue(appraisalId, 20)
    const read = (table: 'waiting_ballot' | 'sealed_ballot') =>
      sql<{ id: string; xmin: string; sealed: string }>`
        select id, xmin::text, encode(sealed, 'hex') as sealed from ${sql.table(`organisation.${table}`)}
        where appraisal_id = ${appraisalId}`.execute(owner.db)
    const seen = new Set<string>()
    // Whoever looked before the vote still reads the slip, with the transaction that took it away.
    const taken = await owner.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (looking) => {
        const readSlips = () =>
          sql<{ xmax: string }>`select xmax::text from organisation.slip where appraisal_id = ${appraisalId}`.execute(
            looking,
          )
        expect((await readSlips()).rows.filter(({ xmax }) => xmax !== '0')).toEqual([])
        await cast(codes[0] ?? '', 'satisfied')
        return (await readSlips()).rows.map(({ xmax }) => xmax).filter((xmax) => xmax !== '0')
      })
    expect(taken).toHaveLength(1)
    expect((await read('waiting_ballot')).rows.map(({ xmin }) => xmin)).not.toEqual(taken)
    for (const code of codes.slice(1, 6)) {
      await cast(code, 'satisfied')
      for (const row of (await read('waiting_ballot')).rows) seen.add(row.xmin).add(row.sealed).add(row.id)
    }
    await mixAllBallots(deps)
    expect((await read('waiting_ballot')).rows).toEqual([])
    const first = (await read('sealed_ballot')).rows
    expect(first).toHaveLength(6)
    expect(new Set(first.map((row) => row.xmin)).size).toBe(1)
    for (const row of first) expect([row.xmin, row.sealed, row.id].filter((value) => seen.has(value))).toEqual([])
    // Four more wait; with the fifth all are written anew, those of before too.
    for (const code of codes.slice(6, 10)) await cast(code, 'basic')
    await mixAllBallots(deps)
    expect((await read('waiting_ballot')).rows).toHaveLength(4)
    await cast(codes[10] ?? '', 'basic')
    await mixAllBallots(deps)
    const second = (await read('sealed_ballot')).rows
    expect(new Set(second.map((row) => row.xmin)).size).toBe(1)
    expect(second.filter((row) => first.some((old) => old.id === row.id || old.sealed === row.sealed))).toEqual([])
    expect(await closing(appraisalId)).toMatchObject({ cast: 11, counts: { satisfied: 6, basic: 5 } })
  })

  test('whoever votes while ballots are mixed is counted once', async () => {
    const { appraisalId } = await open()
    const codes = await issue(appraisalId, 20)
    const mixing = (async () => {
      for (let turn = 0; turn < 6; turn++) await mixAllBallots(deps)
    })()
    await Promise.all([mixing, ...codes.map((code) => cast(code, 'satisfied'))])
    expect(await as(township, (ctx) => countCast(ctx, { appraisalId }))).toEqual({ cast: 20 })
    // All have voted: it closes without being asked for.
    expect(await as(leader, (ctx) => closeAppraisal(ctx, ballotsOf(appraisalId)))).toMatchObject({ cast: 20 })
  })
})

test('shuffling keeps everything and reaches every order', () => {
  const orders = new Set<string>()
  for (let draw = 0; draw < 24; draw++) {
    const turns = [draw % 4, Math.floor(draw / 4) % 3, Math.floor(draw / 12) % 2]
    orders.add(shuffle(['a', 'b', 'c', 'd'], () => turns.shift() ?? 0).join(''))
  }
  expect(orders.size).toBe(24)
})

describe('M212 appraisal in the congress, and demonstration points', () => {
  test('an appraisal names its session; 16 demonstration points are listed to those who named them and to their owners', async () => {
    const [unionId = 0, other = 0] = await someUnions(deps, id('513221100'), [{}, {}])
    const session = { tenant_id: id('513221100'), kind: 'union' as const, number: 3, planned_on: '2026-11-21' }
    const congressId = await as(township, async (ctx) => {
      const inserted = ctx.db.insertInto('organisation.congress').values({ ...session, union_id: unionId })
      return (await inserted.returning('id').executeTakeFirstOrThrow()).id
    })
    const { appraisalId } = await open({ unionId, congressId })
    const { rows } = await sql`select congress_id from organisation.appraisal where id = ${appraisalId}`.execute(
      owner.db,
    )
    expect(rows).toEqual([{ congress_id: congressId }])
    expect(await refusal(open({ unionId: other, congressId }))).toMatchObject({ fields: [{ path: 'congressId' }] })
    const unions = await someUnions(
      deps,
      id('513221100'),
      Array.from({ length: 16 }, () => ({})),
    )
    for (const unionId of unions)
      await as(county, (ctx) => performCommand(ctx, nameDemoPoint, { unionId, topic: 'appraisal' }))
    const [first = 0] = unions
    expect(
      await refusal(as(county, (ctx) => performCommand(ctx, nameDemoPoint, { unionId: first, topic: 'appraisal' }))),
    ).toMatchObject({ key: 'organisation.demoPointTwice' })
    const list = (actor: typeof county) =>
      as(actor, (ctx) => readList(ctx, listDemoPoints, demoPointView.input.parse({})))
    expect((await list(county)).total).toBe(16)
    expect((await list(township)).rows[0]).toMatchObject({
      namedBy: '汶川县总工会',
      tenantId: id('513221'),
      topic: 'appraisal',
    })
    expect((await list(sibling)).total).toBe(0)
  })
})
