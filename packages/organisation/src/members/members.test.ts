import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listOpenings, ListOpenings, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { ListMembers, listMembers } from './member-lists.ts'
import {
  ApplyMember,
  ApproveMember,
  ChangeMember,
  RegisterMember,
  applyMember,
  approveMember,
  changeMember,
  registerMember,
} from './enrolment.ts'
import { listFacets, memberKinds, memberStates, type FacetFilter } from './facets.ts'
import { getMember, memberFee, openMember } from './members.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'
import {
  ExpelMember,
  LeaveMember,
  expelMember,
  leaveMember,
  recordDeath,
  reemployMember,
  retainMember,
} from './standings.ts'
import { IssueCardsOfUnion, issueCards, issueCardsOfUnion, listCards, replaceCard } from './cards.ts'

let house: TestDeps
let tree: Map<string, number>
let union: number
let other: number
const county = '513221'
let person = 0
const next = () => anIdNumber(++person)

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  union = await aUnion(house.deps, idOf(tree, county), '513221-0001')
  other = await aUnion(house.deps, idOf(tree, '513222'), '513222-0001')
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>, ...roles: ('leader' | 'officer')[]) =>
  withTenant(house.deps, aUser(idOf(tree, code), ...(roles.length ? roles : (['officer'] as const))), work)
const member = (idNumber = next(), unionId = union, code = county) =>
  aMember(house.deps, idOf(tree, code), { unionId, idNumber })
const read = (memberId: number, code = county) => as(code, (ctx) => getMember(ctx, { memberId }))

describe('enrolment', () => {
  test('MEM-02 an application, in writing or by word of mouth, becomes a membership when the union approves it', async () => {
    const applied = await as(county, (ctx) =>
      applyMember(ctx, ApplyMember.parse({ unionId: union, name: '李四', channel: 'oral', idNumber: next() })),
    )
    expect(await read(applied.memberId)).toMatchObject({ state: 'applied', channel: 'oral', votes: false, pays: false })
    await as(county, (ctx) => approveMember(ctx, ApproveMember.parse(applied)))
    expect(await read(applied.memberId)).toMatchObject({ state: 'active', joinedOn: '2026-11-21', votes: true })
    await expect(as(county, (ctx) => approveMember(ctx, ApproveMember.parse(applied)))).rejects.toThrow('conflict')
  })

  test('M010 quick registration: a member at once, what is missing is listed and completed later, the card issued on record', async () => {
    const quick = await as(county, (ctx) =>
      registerMember(ctx, RegisterMember.parse({ unionId: union, name: '王五', kind: 'migrant', idNumber: next() })),
    )
    expect(quick.missing).toEqual(['mobile', 'hukou', 'consent'])
    const [card] = await as(county, (ctx) => issueCards(ctx, { memberIds: [quick.memberId] }))
    const { version } = await read(quick.memberId)
    const incomplete = () =>
      as(county, (ctx) => listMembers(ctx, ListMembers.parse({ incomplete: true, kinds: ['migrant'] })))
    expect((await incomplete()).rows.map((row) => row.id)).toContain(quick.memberId)
    const done = await as(county, (ctx) =>
      changeMember(
        ctx,
        ChangeMember.parse({
          memberId: quick.memberId,
          version,
          mobile: '139 0013 9000',
          hukou: 'rural',
          consent: { version: '2026', on: '2026-11-21', channel: 'paper' },
        }),
      ),
    )
    expect(done.missing).toEqual([])
    expect((await incomplete()).rows.map((row) => row.id)).not.toContain(quick.memberId)
    expect(await as(county, (ctx) => listCards(ctx, quick))).toEqual([
      { cardNo: card?.cardNo, issuedOn: '2026-11-21', replacedOn: null, replacedFor: '' },
    ])
  })

  test('M010 without an id number it stays an application, and is not approved', async () => {
    const quick = await as(county, (ctx) => registerMember(ctx, RegisterMember.parse({ unionId: union, name: '无证' })))
    expect((await read(quick.memberId)).state).toBe('applied')
    await expect(as(county, (ctx) => approveMember(ctx, quick))).rejects.toThrow('organisation.member.needsId')
  })

  test('5.5 one person, one membership in the whole system; the refusal tells nothing of the other body', async () => {
    const idNumber = next()
    await member(idNumber)
    const again = (code: string, unionId: number) =>
      as(code, (ctx) => registerMember(ctx, RegisterMember.parse({ unionId, name: '重名', idNumber }))).catch(
        (error: unknown) => JSON.stringify(error),
      )
    expect(await again(county, union)).toContain('organisation.member.takenHere')
    const refused = await again('513222', other)
    expect(refused).toContain('organisation.member.takenElsewhere')
    expect(refused).not.toMatch(/513221|工会|张三丰/)
    expect((await as('513222', (ctx) => listMembers(ctx, ListMembers.parse({ search: idNumber })))).rows).toEqual([])
  })

  test('5.5 two bodies at the same moment: the database lets one in', async () => {
    const idNumber = next()
    const both = await Promise.allSettled([member(idNumber), member(idNumber, other, '513222')])
    expect(both.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('13 what is wrong with an id number or a phone stands at its field', async () => {
    const typed = { unionId: union, name: '错号', idNumber: '110105194912310021', mobile: '12345' }
    await expect(as(county, (ctx) => registerMember(ctx, RegisterMember.parse(typed)))).rejects.toMatchObject({
      fields: [
        { path: 'idNumber', key: 'organisation.idNumber.check' },
        { path: 'mobile', key: 'organisation.phone.signs' },
      ],
    })
  })

  test('ORG-03 another body’s union, or one that is not approved, takes nobody', async () => {
    const typed = { name: '某某', idNumber: next() }
    await expect(
      as(county, (ctx) => registerMember(ctx, RegisterMember.parse({ ...typed, unionId: other }))),
    ).rejects.toThrow('not_found')
  })

  test('M011 the client’s union keeps the contractor’s workers in custody: counted once, under it', async () => {
    const contractor = await as(county, async (ctx) => {
      const employer = await ctx.db
        .insertInto('organisation.employer')
        .values({ tenant_id: ctx.tenantId, name: '某建筑公司', name_key: '某建筑公司' })
        .returning('id')
        .executeTakeFirstOrThrow()
      return employer.id
    })
    const idNumber = next()
    const typed = RegisterMember.parse({
      unionId: union,
      name: '工地甲',
      idNumber,
      kind: 'migrant',
      custodyEmployerId: contractor,
    })
    await expect(as(county, (ctx) => registerMember(ctx, typed))).rejects.toThrow('organisation.member.noCustody')
    await as(county, (ctx) =>
      ctx.db
        .insertInto('organisation.covered_unit')
        .values({
          tenant_id: ctx.tenantId,
          union_id: union,
          employer_id: contractor,
          mode: 'custody',
          valid_from: '2026-01-01',
        })
        .execute(),
    )
    const kept = await as(county, (ctx) => registerMember(ctx, typed))
    expect(await read(kept.memberId)).toMatchObject({ custodyEmployerId: contractor, unionId: union })
    await expect(
      as('513222', (ctx) => registerMember(ctx, { ...typed, unionId: other, custodyEmployerId: null })),
    ).rejects.toThrow('takenElsewhere')
  })
})

describe('standing', () => {
  test('MEM-04 MEM-05 MEM-06 MEM-07 the retained neither vote nor pay; the unemployed return, the retired stay', async () => {
    for (const cause of ['unemployed', 'military'] as const) {
      const one = await member()
      const kept = await as(county, (ctx) => retainMember(ctx, { ...one, for: cause, on: '2026-03-01' }))
      expect(await read(one.memberId)).toMatchObject({
        state: 'retained',
        retainedFor: cause,
        votes: false,
        pays: false,
      })
      await as(county, (ctx) => reemployMember(ctx, { ...kept, on: '2026-06-01' }))
      expect(await read(one.memberId)).toMatchObject({ state: 'active', retainedFor: '', votes: true })
      const { rows } = await as(county, (ctx) =>
        sql<{
          on: boolean[]
        }>`select array[retained @> date '2026-02-28', retained @> date '2026-03-01', retained @> date '2026-05-31',
          retained @> date '2026-06-01'] as on from organisation.member where id = ${one.memberId}`.execute(ctx.db),
      )
      expect(rows[0]?.on).toEqual([false, true, true, false])
    }
    const old = await member()
    const kept = await as(county, (ctx) => retainMember(ctx, { ...old, for: 'retired' }))
    await expect(as(county, (ctx) => reemployMember(ctx, kept))).rejects.toThrow('organisation.member.retiredStays')
  })

  test('MEM-08 leaving is free; treated as left only after six months and an admonition', async () => {
    const one = await member()
    const leave = (typed: object) =>
      as(county, (ctx) => leaveMember(ctx, LeaveMember.parse({ ...one, how: 'treated_as_left', ...typed })))
    await expect(leave({})).rejects.toThrow('organisation.member.sixMonths')
    await expect(leave({ unpaidSince: '2026-05-22', admonishedOn: '2026-07-01' })).rejects.toThrow('sixMonths')
    await expect(leave({ unpaidSince: '2026-05-21', admonishedOn: '2026-05-20' })).rejects.toThrow('sixMonths')
    await leave({ unpaidSince: '2026-05-21', admonishedOn: '2026-07-01' })
    expect(await read(one.memberId)).toMatchObject({ state: 'left', leftOn: '2026-11-21', votes: false })
    const free = await member()
    await as(county, (ctx) => leaveMember(ctx, LeaveMember.parse({ ...free, how: 'own_wish' })))
    expect((await read(free.memberId)).state).toBe('left')
  })

  test('MEM-09 expulsion: group, then committee, decided by the leader, reported to the superior without a name', async () => {
    const one = await member()
    const typed = { ...one, groupDiscussedOn: '2026-11-02', committeeDecidedOn: '2026-11-10', reason: '严重违法' }
    await expect(as(county, (ctx) => expelMember(ctx, ExpelMember.parse(typed)))).rejects.toThrow('forbidden')
    await expect(
      as(county, (ctx) => expelMember(ctx, ExpelMember.parse({ ...typed, groupDiscussedOn: '2026-11-11' })), 'leader'),
    ).rejects.toThrow('organisation.member.expelOrder')
    await as(county, (ctx) => expelMember(ctx, ExpelMember.parse(typed)), 'leader')
    expect((await read(one.memberId)).state).toBe('expelled')
    const steps = await as('5132', (ctx) =>
      ctx.db
        .selectFrom('organisation.step')
        .selectAll()
        .where('object_kind', '=', 'union')
        .where('object_id', '=', union)
        .execute(),
    )
    expect(JSON.stringify(steps)).toContain('2026-11-10')
    expect(JSON.stringify(steps)).not.toMatch(/张三丰|严重违法/)
  })

  test('MEM-10 the fee is half a percent of the wage, of who pays', () => {
    expect(memberFee(612_345, 'active')).toBe(3061)
    expect(memberFee(612_345, 'retained')).toBe(0)
  })

  test('a death ends the membership', async () => {
    const idNumber = next()
    const one = await member(idNumber)
    await as(county, (ctx) => recordDeath(ctx, one))
    expect((await read(one.memberId)).state).toBe('deceased')
  })
})

describe('cards', () => {
  test('M010 single, of a whole union, replaced: each number once', async () => {
    const place = await aUnion(house.deps, idOf(tree, county), '513221-0002')
    const ids = [await member(next(), place), await member(next(), place), await member(next(), place)]
    const first = await as(county, (ctx) => issueCards(ctx, { memberIds: [ids[0]?.memberId ?? 0] }))
    const [left, right] = await Promise.all([
      as(county, (ctx) => issueCardsOfUnion(ctx, IssueCardsOfUnion.parse({ unionId: place }))),
      as(county, (ctx) => issueCardsOfUnion(ctx, IssueCardsOfUnion.parse({ unionId: place }))),
    ])
    const numbers = [...first, ...left, ...right].map((card) => card.cardNo)
    expect(new Set(numbers).size).toBe(3)
    await expect(as(county, (ctx) => issueCards(ctx, { memberIds: [ids[0]?.memberId ?? 0] }))).rejects.toThrow(
      'organisation.card.notAll',
    )
    const fresh = await as(county, (ctx) => replaceCard(ctx, { memberId: ids[0]?.memberId ?? 0, for: 'lost' }))
    expect(numbers).not.toContain(fresh.cardNo)
    const cards = await as(county, (ctx) => listCards(ctx, { memberId: ids[0]?.memberId ?? 0 }))
    expect(cards.map((card) => card.replacedFor)).toEqual(['', 'lost'])
    expect(
      (await as(county, (ctx) => listMembers(ctx, ListMembers.parse({ search: fresh.cardNo })))).rows,
    ).toHaveLength(1)
  })
})

describe('visibility (5.6, 14.2)', () => {
  test('lists mask numbers; who opens them says why, and the owner reads who did', async () => {
    const idNumber = next()
    const one = await aMember(house.deps, idOf(tree, county), { unionId: union, idNumber, mobile: '13712345678' })
    const shown = await read(one.memberId)
    expect(shown.idNumber).toBe(`${idNumber.slice(0, 2)}****************`)
    expect(shown.mobile).toBe('*********78')
    expect(JSON.stringify(shown)).not.toContain(idNumber.slice(6, 14))
    const open = { memberId: one.memberId, fields: ['idNumber' as const, 'mobile' as const], reason: '核对身份证件' }
    expect(await as(county, (ctx) => openMember(ctx, open))).toEqual({ idNumber, mobile: '13712345678' })
    const { openings } = await as(county, (ctx) =>
      listOpenings(ctx, ListOpenings.parse({ objectKind: 'member', objectId: String(one.memberId) })),
    )
    expect(openings).toMatchObject([{ fields: ['idNumber', 'mobile'], reason: '核对身份证件' }])
  })

  test.each(['5132', '51', '00', '513222', '513221100'])('%s sees no row', async (code) => {
    const one = await member()
    await expect(read(one.memberId, code)).rejects.toThrow('not_found')
    await expect(
      as(code, (ctx) => openMember(ctx, { memberId: one.memberId, fields: ['idNumber'], reason: '想看一看' })),
    ).rejects.toThrow('not_found')
    const { rows } = await as(code, (ctx) =>
      sql`select from organisation.member where tenant_id <> ${ctx.tenantId}`.execute(ctx.db),
    )
    expect(rows).toHaveLength(0)
  })

  test('what lies on the disk is sealed', async () => {
    const idNumber = next()
    const one = await member(idNumber)
    const { rows } = await as(county, (ctx) =>
      sql<{
        all: string
      }>`select m::text || encode(id_sealed, 'escape') as all from organisation.member m where id = ${one.memberId}`.execute(
        ctx.db,
      ),
    )
    expect(rows[0]?.all).not.toContain(idNumber)
    expect(rows[0]?.all).not.toContain('13800138000')
  })
})

test('the facets of the list are those of the database', async () => {
  const { rows } = await as(county, (ctx) =>
    sql<{ facet: number; state: string; kind: string; sex: 'male' | 'female' | null; card: boolean; open: boolean }>`
      select organisation.member_facet(state, kind, sex, card, open) as facet, state, kind, sex, card, open
      from unnest(${memberStates.slice()}::text[]) state, unnest(${memberKinds.slice()}::text[]) kind,
        unnest(array[null, 'male', 'female']) sex, unnest(array[false, true]) card, unnest(array[false, true]) open`.execute(
      ctx.db,
    ),
  )
  expect(rows).toHaveLength(420)
  for (const row of rows) {
    const filter: FacetFilter = {
      states: memberStates.filter((state) => state === row.state),
      kinds: memberKinds.filter((kind) => kind === row.kind),
      sex: row.sex ?? undefined,
      hasCard: row.card,
      incomplete: row.open,
    }
    expect(listFacets(filter)).toContain(row.facet)
    expect(listFacets(filter)).toHaveLength(row.sex === null ? 3 : 1)
  }
})
