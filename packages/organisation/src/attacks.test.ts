// What somebody could do who writes statements of their own as the application's role, held by its context alone: a few functions see
// with the eyes of the tables' owner (packages/tenancy/src/database.test.ts lists them), and here each is asked for what it must not give.
import { sql, type RawBuilder } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor, withTenant, type Actor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { addFederations } from '@gonglian/tenancy'
import { OpenAppraisal, openAppraisal } from './appraisals/appraisals.ts'
import { someUnions } from './ratings/rated-unions.ts'
import { aMember, aUnion, anIdNumber } from './members/sample-members.ts'
import { aWorkingGroup } from './testing.ts'
import { keepCodes, someSlips } from './appraisals/sample-slips.ts'
import { castBallot } from './appraisals/slips.ts'

let house: TestDeps
let tree: Map<string, number>
let person = 0
const mine = '513221'
const theirs = '320924'
const unions = new Map<string, number>()

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  for (const place of [mine, theirs]) unions.set(place, await aUnion(house.deps, idOf(tree, place), `${place}-0001`))
})
afterAll(() => house.close())

type Answer = Record<string, unknown>
const ask = (actor: Actor, statement: RawBuilder<unknown>): Promise<Answer[]> =>
  withTenant(house.deps, actor, async ({ db }) => (await sql<Answer>`${statement}`.execute(db)).rows)
const user = (code: string, ...roles: Parameters<typeof aUser>[1][]) => aUser(idOf(tree, code), ...roles)
const member = async (place: string) =>
  (await aMember(house.deps, idOf(tree, place), { unionId: unions.get(place) ?? 0, idNumber: anIdNumber(++person) }))
    .memberId
const request = (from: string, memberId: number, { to = theirs, on = '2026-11-21', by = '某人' } = {}) =>
  ask(
    user(from),
    sql`select transfer_id, outcome from organisation.request_transfers(
      array[${memberId}]::bigint[], ${`${to}-0001`}, '工作调动', false, ${on}, '2026-12-21', ${by})`,
  )
const settle = (by: Actor, transferId: unknown, verdict: string | null, on = '2026-11-21') =>
  ask(
    by,
    sql`select outcome from organisation.settle_transfers(
      array[${transferId}]::bigint[], array[1], ${verdict}, '理由', ${on}, '某人')`,
  )
const visitor: Actor = { kind: 'visitor', tenantId: 0, roles: [], requestId: '', address: '' }

describe('transfers', () => {
  test('do not tell what another body’s union is called to who only knows its number', async () => {
    const memberId = await member(mine)
    const secret = await aUnion(house.deps, idOf(tree, '513222'), '513222-0777')
    await ask(user(mine), sql`update organisation.member set union_id = ${secret} where id = ${memberId}`)
    expect(await request(mine, memberId)).toEqual([])
    expect(
      await ask(user(mine), sql`select from_union from organisation.transfer where member_id = ${memberId}`),
    ).toEqual([])
  })

  test('move nobody of another body, whoever asks', async () => {
    const foreign = await member(theirs)
    for (const actor of [user(mine), user('00'), user(theirs, 'sysadmin'), visitor]) {
      const asked = ask(
        actor,
        sql`select * from organisation.request_transfers(
          array[${foreign}]::bigint[], ${`${mine}-0001`}, '工作调动', false, '2026-11-21', '2026-12-21', '某人')`,
      )
      expect(await asked).toEqual([])
    }
    expect(await ask(user(theirs), sql`select state from organisation.member where id = ${foreign}`)).toEqual([
      { state: 'active' },
    ])
  })

  test('are settled by the two alone, each its part; a third and a superior learn nothing, not even that there is one', async () => {
    const [asked] = await request(mine, await member(mine))
    const id = asked?.['transfer_id']
    for (const actor of [user('513222'), user('5132'), user('00'), user(theirs, 'auditadmin'), visitor])
      for (const verdict of ['accepted', 'rejected', 'withdrawn', 'expired'])
        expect(await settle(actor, id, verdict)).toEqual([])
    expect(await settle(user(mine), id, 'accepted')).toEqual([{ outcome: 'notYours' }])
    expect(await settle(user(theirs), id, 'withdrawn')).toEqual([{ outcome: 'notYours' }])
    expect(await settle(user(theirs), id, 'expired')).toEqual([{ outcome: 'notYours' }])
    await expect(settle(user(theirs), id, null)).rejects.toThrow('no such verdict')
    for (const actor of [user(mine), user(theirs)])
      for (const statement of [
        sql`update organisation.transfer set state = 'accepted'`,
        sql`delete from organisation.transfer`,
        sql`insert into organisation.transfer default values`,
        sql`select organisation.note_transfer(${idOf(tree, theirs)}, 1, '', 'accepted', '某人')`,
        sql`select organisation.sign_for(${idOf(tree, theirs)}, '某人')`,
      ])
        await expect(ask(actor, statement)).rejects.toThrow('permission denied')
  })

  test('put nobody’s name but one’s own into the other body’s trail', async () => {
    const [asked] = await request(mine, await member(mine), { by: '对方主席' })
    const id = String(asked?.['transfer_id'])
    const trail = (code: string) =>
      ask(user(code), sql`select actor from tenancy.audit where object_kind = 'transfer' and object_id = ${id}`)
    expect(await trail(mine)).toEqual([{ actor: '对方主席' }])
    expect(await trail(theirs)).toEqual([{ actor: '513221/对方主席' }])
    const steps = sql`select actor from organisation.step where object_kind = 'transfer' and object_id = ${id}`
    expect(await ask(user(theirs), steps)).toEqual([{ actor: '513221/对方主席' }])
    // However long the name.
    const [long] = await request(mine, await member(mine), { by: '长'.repeat(10_000) })
    const written = sql`select length(actor) as signs from tenancy.audit where object_id = ${String(long?.['transfer_id'])}`
    expect(await ask(user(theirs), written)).toEqual([{ signs: 127 }])
  })

  test('do not change the sender’s past: nobody is taken over on a day before it was asked, or after it ran out', async () => {
    const memberId = await member(mine)
    const [asked] = await request(mine, memberId)
    await expect(settle(user(theirs), asked?.['transfer_id'], 'accepted', '2026-02-01')).rejects.toThrow('no such day')
    expect(await settle(user(theirs), asked?.['transfer_id'], 'accepted', '2027-02-01')).toEqual([
      { outcome: 'expired' },
    ])
    const row = sql`select state, left_on from organisation.member where id = ${memberId}`
    expect(await ask(user(mine), row)).toEqual([{ state: 'active', left_on: null }])
  })

  test('a member found elsewhere is told by yes or no, and to nobody without business there', async () => {
    const memberId = await member(theirs)
    const [row] = await ask(user(theirs), sql`select id_print from organisation.member where id = ${memberId}`)
    const print = row?.['id_print']
    const taken = sql`select t as print from organisation.ask_taken(array[${print}]::bytea[], '某人') t`
    expect(await ask(user(mine), taken)).toEqual([{ print }])
    for (const actor of [user(mine, 'sysadmin'), visitor]) expect(await ask(actor, taken)).toEqual([])
    // It is asked about one person at a time, and the body that keeps the membership reads who asked.
    await expect(
      ask(user(mine), sql`select organisation.ask_taken(array[${print}, ${Buffer.alloc(16)}]::bytea[], '某人')`),
    ).rejects.toThrow('one person at a time')
    const openings = sql`select by_tenant_id, object_kind, actor from tenancy.opening where object_kind = 'member.check'`
    expect(await ask(user(theirs), openings)).toEqual([
      { by_tenant_id: idOf(tree, mine), object_kind: 'member.check', actor: '513221/某人' },
    ])
    const find = sql`select * from organisation.find_union(${`${theirs}-0001`})`
    expect(Object.keys((await ask(user(mine), find))[0] ?? {})).toEqual([
      'union_id',
      'union_name',
      'body_id',
      'body_code',
      'body_name',
    ])
    for (const actor of [user(mine, 'sysadmin'), visitor]) expect(await ask(actor, find)).toEqual([])
  })
})

test('members are counted for those above alone, in the line that is theirs', async () => {
  await withTenant(house.deps, systemActor('test', 0), (ctx) =>
    addFederations(ctx, [
      {
        code: '51JTG',
        name: '川运集团工会',
        shortName: '川运',
        level: 'county',
        validFrom: '2000-01-01',
        parentCode: '51JT',
      },
    ]),
  )
  const [group] = await ask(systemActor('test', 0), sql`select id from tenancy.federation where code = '51JTG'`)
  const body = Number(group?.['id'])
  const unionId = await aUnion(house.deps, body, '51JTG-0001')
  await aMember(house.deps, body, { unionId, idNumber: anIdNumber(++person) })
  const count = (root: number) =>
    sql`select body_id, members from organisation.count_members_below(${root}, '2026-10-31', '2026-09-30', 'kind') order by 1`
  const line = idOf(tree, '51JT')
  expect(await ask(user('51JT'), count(line))).toEqual([{ body_id: body, members: 1 }])
  expect(await ask(user('51'), count(line))).toEqual([{ body_id: body, members: 1 }])
  // The national industry union stands above 51JT in its line, not above the group that belongs to 51JT's area.
  for (const root of [line, body]) expect(await ask(user('00JT'), count(root))).toEqual([])
  // Nor by the day: two days apart differ by one person.
  for (const day of ['2026-10-30', '2026-11-30', '2026-11-21'])
    for (const days of [
      [day, '2026-09-30'],
      ['2026-10-31', day],
    ] as const)
      await expect(
        ask(user('51'), sql`select * from organisation.count_members_below(${line}, ${days[0]}, ${days[1]}, 'kind')`),
      ).rejects.toThrow('only ends of months')
  // Nobody counts what is above or beside, nor does anybody without business there.
  for (const root of [body, line, idOf(tree, '51'), idOf(tree, '00'), idOf(tree, theirs)])
    for (const actor of [user('513222'), user('51', 'sysadmin'), user('00', 'auditadmin'), visitor])
      expect(await ask(actor, count(root))).toEqual([])
})

describe('the members’ appraisal', () => {
  const township = '513221100'
  const open = async () => {
    const [unionId = 0] = await someUnions(house.deps, idOf(tree, township), [{}])
    return withTenant(house.deps, user(township, 'leader', 'officer'), async (ctx) => {
      const group = await aWorkingGroup(ctx, 5)
      const asked = { unionId, closesOn: '2026-12-01', group, members: 20, eligible: 20 }
      const { appraisalId } = await openAppraisal(ctx, OpenAppraisal.parse(asked))
      await keepCodes(ctx, appraisalId)
      return { unionId, appraisalId }
    }).then(async (opened) => ({
      ...opened,
      codes: await someSlips(house.deps, user(township), opened.appraisalId, 10),
    }))
  }

  test('is moved by its own body alone: neither superior nor neighbour adds slips, takes ballots or closes', async () => {
    const { appraisalId, codes } = await open()
    for (const code of codes.slice(0, 6))
      await castBallot(house.deps, { code: code.replaceAll('-', ''), choice: 'basic' })
    const six = ['basic', 'basic', 'basic', 'basic', 'basic', 'basic']
    const [order] = await ask(
      user(township),
      sql`select id from organisation.slip_order where appraisal_id = ${appraisalId}`,
    )
    const orderId = Number(order?.['id'])
    const strangers = [user('513221'), user('513221101'), user(township, 'sysadmin'), visitor]
    for (const actor of strangers) {
      for (const statement of [
        sql`select organisation.print_slips(${orderId}, ${[Buffer.alloc(16, 7)]}::bytea[], '某人')`,
        sql`select organisation.void_slips(${orderId})`,
        sql`select organisation.mix_ballots(${appraisalId}, array[]::bytea[])`,
        sql`select organisation.take_ballots(${appraisalId})`,
        sql`select organisation.abandon_appraisal(${appraisalId})`,
        sql`select organisation.close_appraisal(${appraisalId}, ${six}::text[], '2026-11-21', 1, ''::bytea)`,
      ])
        await expect(ask(actor, statement)).rejects.toThrow(/no order|no printed order|no open appraisal/)
    }
    // Turnout is read from above; by nobody else.
    const cast = sql`select organisation.count_cast(${appraisalId}) as cast`
    expect(await ask(user('513221'), cast)).toEqual([{ cast: 6 }])
    for (const actor of strangers.slice(1)) expect(await ask(actor, cast)).toEqual([{ cast: null }])
    for (const actor of [user(township), ...strangers])
      expect(await ask(actor, sql`select * from organisation.count_ballots(${appraisalId})`)).toEqual([])
    // Nor is it closed with other ballots than were cast, or with none at all.
    for (const choices of [null, [], six.slice(1), [...six, 'basic']])
      await expect(
        ask(
          user(township),
          sql`select organisation.close_appraisal(${appraisalId}, ${choices}::text[], '2026-11-21', 1, ''::bytea)`,
        ),
      ).rejects.toThrow('with that many ballots')
    // Nor by the own body, with as many as were cast, without what three members of the working group open; nor given up by one alone.
    await expect(ask(user(township), sql`select organisation.abandon_appraisal(${appraisalId})`)).rejects.toThrow(
      'somebody asked to end',
    )
    await ask(
      user(township),
      sql`update organisation.appraisal set early_by = 'x', early_reason = 'because' where id = ${appraisalId} returning id`,
    )
    for (const proof of [null, Buffer.alloc(0), Buffer.alloc(32)])
      await expect(
        ask(
          user(township),
          sql`select organisation.close_appraisal(${appraisalId}, ${six}::text[], '2026-11-21', 1, ${proof}::bytea)`,
        ),
      ).rejects.toThrow('key of the working group')
    expect(await ask(user(township), cast)).toEqual([{ cast: 6 }])
  })

  test('slips and ballots are out of reach of every statement, for everybody', async () => {
    for (const actor of [user(township), user('00'), systemActor('test', idOf(tree, '00')), visitor])
      for (const table of ['slip', 'waiting_ballot', 'sealed_ballot', 'ballot'].map((name) =>
        sql.table(`organisation.${name}`),
      ))
        for (const statement of [
          sql`select * from ${table}`,
          sql`select count(*) from ${table}`,
          sql`delete from ${table}`,
          sql`update ${table} set appraisal_id = appraisal_id`,
          sql`insert into ${table} default values`,
          sql`truncate ${table}`,
          sql`copy ${table} to stdout`,
        ])
          await expect(ask(actor, statement)).rejects.toThrow('permission denied')
  })

  test('no body writes itself a result, throws an open appraisal away, or takes a published one back', async () => {
    const { appraisalId, unionId } = await open()
    await expect(
      ask(
        user(township),
        sql`insert into organisation.appraisal (tenant_id, union_id, year, state, group_size, eligible, members, participation, opened_on, closes_on,
          satisfied, basic, unsatisfied, invalid, slips)
          values (${idOf(tree, township)}, ${unionId}, 2025, 'closed', 5, 20, 20, 5000, '2025-11-01', '2025-12-01', 20, 0, 0, 0, 20)`,
      ),
    ).rejects.toThrow('begins open')
    const move = (state: string) =>
      ask(user(township), sql`update organisation.appraisal set state = ${state} where id = ${appraisalId}`)
    for (const state of ['void', 'closed', 'published', 'filed']) await expect(move(state)).rejects.toThrow('no step')
  })
})
