import fc from 'fast-check'
import { performCommand } from '@gonglian/records'
import { DomainError, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { applyResult } from '../approvals/election-applications.ts'
import { decisions } from '../approvals/sample-approvals.ts'
import {
  HoldCongress,
  ListCongresses,
  PlanCongress,
  getCongress,
  holdCongress,
  listCongresses,
  planCongress,
} from './congresses.ts'
import {
  DecideDelegates,
  SaveDelegateQuotas,
  decideDelegates,
  issueDelegateQuotas,
  ListDelegateQuotas,
  listDelegateQuotas,
  saveDelegateQuotas,
} from './delegate-quotas.ts'
import { ListDelegates, ReportDelegates, listDelegates, reportDelegates } from './delegates.ts'
import { AskElection, askElection, electionMoves, withdrawElection } from './elections.ts'
import { setLimit } from '../limits.ts'
import { getElection } from './election-lists.ts'
import { HoldPoll, failElection, holdPoll } from './polls.ts'
import { aFoundedUnion, anEmployer, anOffice } from '../unions/sample-unions.ts'
import { listSteps } from '../steps.ts'
import { AskExtension, ListTerms, RecordTerm, askExtension, listTerms, recordTerm } from './terms.ts'
import { addYears } from './term-turns.ts'
import { countVotes } from './votes.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = anOffice(deps, id('513221'))
let serial = 0
/** No application has this number. */
const nothing = 987_654_321
const three = ['union_committee', 'audit_committee', 'women_committee'] as const

async function aUnion(foundedOn = '2026-03-10') {
  const name = `届期单位${++serial}`
  const { employerId } = await anEmployer(county, name)
  return aFoundedUnion(county, { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId }, { foundedOn, bodies: three })
}
const slate = (unionId: number | null, bodies: readonly (typeof three)[number][] = three, more: object = {}) =>
  AskElection.parse({
    unionId,
    plannedOn: '2026-12-01',
    memberCount: 90,
    electorate: 'members',
    eligible: 90,
    termYears: 3,
    bodies: bodies.map((body) => ({
      body,
      seats: 3,
      candidates: ['一', '二', '三', '四'].map((name) => ({ name, isNearRelative: false })),
    })),
    ...more,
  })
const ask = (input: ReturnType<typeof slate>) => county.officer((ctx) => askElection(ctx, input))
type Asked = Awaited<ReturnType<typeof ask>>
const decide = (applicationId: number, who = county.leader, version = 1) =>
  who((ctx) => performCommand(ctx, decisions.approveApplication, { applicationId, version }))
/** The candidates are approved: the election has its next version. */
const approve = async ({ electionId, version, applicationId }: Asked, who = county.leader) => {
  await decide(applicationId, who)
  return { electionId, version: version + 1 }
}
const candidatesOf = (electionId: number) =>
  county.officer((ctx) =>
    ctx.db
      .selectFrom('organisation.election_candidate as c')
      .innerJoin('organisation.election_body as b', 'b.id', 'c.election_body_id')
      .select(['c.id', 'c.name', 'b.body'])
      .where('b.election_id', '=', electionId)
      .orderBy('c.id')
      .execute(),
  )
const votesFor = async (electionId: number, votes: Record<string, number>) =>
  (await candidatesOf(electionId)).map((one) => ({ candidateId: one.id, votes: votes[one.name] ?? 0 }))
const termsOf = (unionId: number) =>
  county.officer(async (ctx) => (await listTerms(ctx, ListTerms.parse({ unionId, pageSize: 200 }))).rows)
const good = { 一: 80, 二: 70, 三: 60, 四: 10 }

describe('counting (ORG-17)', () => {
  test.each([
    [{ eligible: 90, present: 59, seats: 2 }, [80, 70], { hasQuorum: false, elected: [], emptySeats: 2 }],
    [{ eligible: 90, present: 60, seats: 2 }, [46, 45], { hasQuorum: true, elected: [0], emptySeats: 1 }],
    [{ eligible: 90, present: 90, seats: 2 }, [80, 70, 70], { elected: [0], tied: [1, 2], emptySeats: 1 }],
    [{ eligible: 90, present: 90, seats: 3 }, [80, 70, 70, 20], { elected: [0, 1, 2], tied: [], emptySeats: 0 }],
  ])('%j with %j', (meeting, votes, result) => {
    expect(
      countVotes(
        meeting,
        votes.map((count, index) => ({ id: index, votes: count })),
      ),
    ).toMatchObject(result)
  })

  test('nobody is elected without a majority of all, no seat is given twice, nobody with more votes is passed over', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 40 }),
        (eligible, came, seats, counts) => {
          const present = Math.min(eligible, came)
          const votes = counts.map((count, index) => ({ id: index, votes: Math.min(count, present) }))
          const result = countVotes({ eligible, present, seats }, votes)
          const of = (one: number) => votes[one]?.votes ?? -1
          expect(result.elected.length + result.emptySeats).toBe(seats)
          if (present * 3 < eligible * 2) expect(result.elected).toEqual([])
          for (const one of result.elected) expect(of(one) * 2).toBeGreaterThan(eligible)
          const least = Math.min(...result.elected.map(of))
          for (const { id: other, votes: count } of votes)
            if (count > least) expect([...result.elected, ...result.tied]).toContain(other)
          expect(result.tied.filter((one) => result.elected.includes(one))).toEqual([])
        },
      ),
    )
  })

  test('a term of years ends on the same day; from 29 February it ends on the 28th', () => {
    expect([addYears('2024-02-29', 5), addYears('2024-02-29', 4), addYears('2026-03-10', 3)]).toEqual([
      '2029-02-28',
      '2028-02-29',
      '2029-03-10',
    ])
  })
})

describe('M111 three committees together', () => {
  test('M111 all bodies change on one day in one workflow, decided by a second person', async () => {
    const union = await aUnion()
    await expect(ask(slate(union.unionId, ['union_committee']))).rejects.toMatchObject({
      key: 'organisation.election.joint',
    })
    // Of the federation, not of this union.
    const congress = await county.officer((ctx) =>
      planCongress(
        ctx,
        PlanCongress.parse({ unionId: null, kind: 'union', number: 9, plannedOn: '2026-12-20', delegatesPlanned: 60 }),
      ),
    )
    await expect(ask({ ...slate(union.unionId), congressId: congress.congressId })).rejects.toMatchObject({
      key: 'organisation.election.congress',
    })
    const election = await ask(slate(union.unionId))
    expect((await termsOf(union.unionId)).map((term) => term.state)).toEqual([
      'in_election',
      'in_election',
      'in_election',
    ])
    await expect(ask(slate(union.unionId))).rejects.toMatchObject({ key: 'organisation.election.open' })
    await expect(approve(election, county.officer)).rejects.toMatchObject({ code: 'forbidden' })
    const hold = async (version: number, present: number, votes = good) =>
      county.officer(async (ctx) =>
        holdPoll(
          ctx,
          HoldPoll.parse({
            electionId: election.electionId,
            version,
            heldOn: '2026-11-20',
            present,
            votes: await votesFor(election.electionId, votes),
          }),
        ),
      )
    await expect(hold(election.version, 80)).rejects.toMatchObject({ key: 'organisation.election.move' })
    const approved = await approve(election)
    await expect(hold(approved.version, 59, { 一: 50, 二: 50, 三: 50, 四: 1 })).rejects.toMatchObject({
      key: 'organisation.election.noQuorum',
      params: { least: 60 },
    })
    await expect(hold(approved.version, 75)).rejects.toMatchObject({ key: 'organisation.election.tooMany' })
    const held = await hold(approved.version, 85)
    expect(held.results.map((one) => [one.body, one.elected.length])).toEqual(three.map((body) => [body, 3]))
    const seen = { electionId: election.electionId, version: held.version }
    const hand = (who: typeof county.leader) => who((ctx) => applyResult(ctx, { ...seen, files: [] }))
    const { applicationId } = await hand(county.officer)
    await expect(hand(county.officer)).rejects.toMatchObject({ key: 'approvals.open' })
    const confirm = (who = county.leader) => decide(applicationId, who)
    await expect(confirm(county.officer)).rejects.toMatchObject({ code: 'forbidden' })
    await confirm()
    const terms = (await termsOf(union.unionId)).toSorted((a, b) => a.number - b.number || (a.body < b.body ? -1 : 1))
    expect(terms.map((term) => [term.number, term.state, term.startsOn, term.endsOn])).toEqual([
      ...three.map(() => [1, 'ended', '2026-03-10', '2031-03-10']),
      ...three.map(() => [2, 'running', '2026-11-20', '2029-11-20']),
    ])
    await expect(confirm()).rejects.toMatchObject({ key: 'errors.conflict' })
    await expect(hand(county.officer)).rejects.toMatchObject({ key: 'errors.conflict' })
    // Where the place rules so, one body may be elected alone.
    await county.leader((ctx) =>
      setLimit(ctx, { key: 'organisation.joint_election', value: false, validFrom: '2026-01-01', source: '本级规定' }),
    )
    await expect(ask(slate(union.unionId, ['union_committee']))).resolves.toBeDefined()
  })

  test('whoever asked for an election, or entered its votes, doesn’t confirm it, in whatever role', async () => {
    const both = (username: string) => {
      const actor = { ...aUser(id('513221'), 'officer', 'leader'), username }
      return <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
    }
    const [asking, counting] = [both('asks'), both('counts')]
    const union = await aUnion()
    const asked = await asking((ctx) => askElection(ctx, slate(union.unionId)))
    const approved = await approve(asked)
    const votes = await votesFor(asked.electionId, good)
    const held = await counting((ctx) =>
      holdPoll(ctx, HoldPoll.parse({ ...approved, heldOn: '2026-11-20', present: 85, votes })),
    )
    const { applicationId } = await county.officer((ctx) =>
      applyResult(ctx, { electionId: asked.electionId, version: held.version, files: [] }),
    )
    for (const one of [asking, counting])
      await expect(decide(applicationId, one)).rejects.toMatchObject({ key: 'organisation.fourEyes' })
    await decide(applicationId)
    expect((await termsOf(union.unionId)).filter(({ state }) => state === 'running')).toHaveLength(3)
  })

  test.each([
    ['ORG-06 the length of a term', { termYears: 4 }, 'organisation.term.years'],
    [
      'ORG-16 fewer than a hundred members meet themselves',
      { electorate: 'representatives', eligible: 40 },
      'organisation.election.membersMeet',
    ],
    [
      'ORG-16 representatives by members',
      { memberCount: 300, electorate: 'representatives', eligible: 39 },
      'organisation.election.representatives',
    ],
    ['all members vote in a meeting of members', { eligible: 80 }, 'organisation.election.allMembers'],
    [
      'ORG-15 seats by members',
      {
        bodies: [
          {
            body: 'union_committee',
            seats: 8,
            candidates: Array.from({ length: 12 }, (_, index) => ({ name: `人${index}`, isNearRelative: false })),
          },
        ],
      },
      'organisation.election.seats',
    ],
    [
      'ORG-17 more candidates than seats',
      {
        bodies: [
          {
            body: 'union_committee',
            seats: 3,
            candidates: ['一', '二', '三'].map((name) => ({ name, isNearRelative: false })),
          },
        ],
      },
      'organisation.election.fewCandidates',
    ],
    [
      'ORG-05 no near relatives',
      {
        bodies: [
          {
            body: 'union_committee',
            seats: 3,
            candidates: ['一', '二', '三', '四'].map((name) => ({ name, isNearRelative: name === '四' })),
          },
        ],
      },
      'organisation.nearRelative',
    ],
  ])('%s', async (_rule, more, key) => {
    const union = await aUnion()
    const seen = slate(
      union.unionId,
      three,
      key === 'organisation.election.seats' ? { memberCount: 200, eligible: 200, ...more } : more,
    )
    await expect(ask(seen)).rejects.toMatchObject({ code: 'invalid', key })
  })

  test('no sequence of moves leaves the table; terms are in election exactly while one is open', async () => {
    const acts = ['ask', 'approve', 'approveOwn', 'return', 'hold', 'handIn', 'fail', 'withdraw'] as const
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 3, maxLength: 12 }), async (sequence) => {
        const { unionId } = await aUnion()
        for (const act of sequence) {
          const last = await county.officer((ctx) =>
            ctx.db
              .selectFrom('organisation.election')
              .select(['id', 'version'])
              .where('union_id', '=', unionId)
              .where('asked_by', '<>', '')
              .orderBy('id', 'desc')
              .executeTakeFirstOrThrow(),
          )
          const at = { electionId: last.id, version: last.version }
          const [open] = await county.officer(async (ctx) => {
            const { applications } = await getElection(ctx, last.id)
            const id = applications[0]?.applicationId ?? nothing
            return ctx.db.selectFrom('approvals.application').select(['id', 'version']).where('id', '=', id).execute()
          })
          const { id: applicationId, version } = open ?? { id: nothing, version: 1 }
          const run = {
            ask: () => ask(slate(unionId)),
            approve: () => decide(applicationId, county.leader, version),
            approveOwn: () => decide(applicationId, county.officer, version),
            return: () =>
              county.leader((ctx) =>
                performCommand(ctx, decisions.returnApplication, { applicationId, version, reason: '补正' }),
              ),
            hold: async () => {
              const votes = await votesFor(last.id, good)
              await county.officer((ctx) =>
                holdPoll(ctx, HoldPoll.parse({ ...at, heldOn: '2026-11-20', present: 85, votes })),
              )
            },
            handIn: () => county.officer((ctx) => applyResult(ctx, { ...at, files: [] })),
            fail: () => county.officer((ctx) => failElection(ctx, { ...at, reason: '人数不足' })),
            withdraw: () => county.officer((ctx) => withdrawElection(ctx, { ...at, reason: '改期' })),
          }[act]
          await run().catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error
          })
        }
        const elections = await county.officer((ctx) =>
          ctx.db
            .selectFrom('organisation.election')
            .select(['id', 'state'])
            .where('union_id', '=', unionId)
            .orderBy('id')
            .execute(),
        )
        // The first one is the founding's.
        for (const election of elections.slice(1)) {
          let state = ''
          for (const step of await county.officer((ctx) => listSteps(ctx, 'election', election.id))) {
            const moves: readonly string[] =
              state === '' ? ['asked'] : (Object.entries(electionMoves).find(([from]) => from === state)?.[1] ?? [])
            expect(moves).toContain(step.to)
            state = step.to
          }
          expect(election.state).toBe(state)
        }
        const isOpen = elections.some((one) => ['asked', 'approved', 'held'].includes(one.state))
        const open = (await termsOf(unionId)).filter((term) => term.state !== 'ended')
        expect(open.map((term) => term.state)).toEqual(open.map(() => (isOpen ? 'in_election' : 'running')))
        expect(open.map((term) => term.body).toSorted()).toEqual([...three].toSorted())
      }),
      { numRuns: 20 },
    )
  })
})

describe('M242 expiry', () => {
  test('M242 what ends is warned of 180 days ahead, and overdue unless extended with approval', async () => {
    const industry = anOffice(deps, id('5132JT'))
    const record = (startsOn: string, unionId: number | null = null, body = 'union_committee') =>
      industry.officer((ctx) => recordTerm(ctx, RecordTerm.parse({ unionId, body, number: 2, startsOn, years: 5 })))
    await expect(
      industry.officer((ctx) =>
        recordTerm(
          ctx,
          RecordTerm.parse({ unionId: null, body: 'congress', number: 1, startsOn: '2022-01-01', years: 3 }),
        ),
      ),
    ).rejects.toMatchObject({ key: 'organisation.term.years' })
    await record('2022-05-19')
    await record('2022-05-20', null, 'audit_committee')
    const late = await record('2021-11-20', null, 'congress')
    const read = async () => {
      const { rows, counts } = await withTenant(deps, aUser(id('51JT')), (ctx) =>
        listTerms(ctx, ListTerms.parse({ of: 'federations' })),
      )
      return [rows.map((row) => [row.body, row.state, row.daysLeft]), counts]
    }
    expect(await read()).toEqual([
      [
        ['congress', 'overdue', -1],
        ['union_committee', 'due_soon', 179],
        ['audit_committee', 'running', 180],
      ],
      { overdue: 1, due_soon: 1, running: 1 },
    ])
    const extend = (to: string) =>
      industry.officer((ctx) => askExtension(ctx, AskExtension.parse({ ...late, to, reason: '疫情影响' })))
    await expect(extend('2027-05-21')).rejects.toMatchObject({
      key: 'organisation.term.extension',
      params: { last: '2027-05-20' },
    })
    const asked = await extend('2027-05-20')
    const city = anOffice(deps, id('5132'))
    const seen = (version: number) => ({ applicationId: asked.applicationId, version })
    const { proposeDecision, approveApplication } = decisions
    expect((await read())[1]).toMatchObject({ overdue: 1 })
    // DL-04: the superior decides, on the proposal of its officer; nobody of the applicant's body does.
    for (const who of [industry.officer, industry.leader])
      await expect(
        who((ctx) => performCommand(ctx, proposeDecision, { ...seen(1), proposal: 'approve', opinion: '同意' })),
      ).rejects.toMatchObject({ code: 'not_found' })
    await city.officer((ctx) =>
      performCommand(ctx, proposeDecision, { ...seen(1), proposal: 'approve', opinion: '情况属实' }),
    )
    await expect(city.officer((ctx) => performCommand(ctx, approveApplication, seen(2)))).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { paperNo } = await city.leader((ctx) => performCommand(ctx, approveApplication, seen(2)))
    expect(paperNo).toBe('阿坝州工复〔2026〕1号')
    expect((await read())[1]).toEqual({ due_soon: 1, running: 1, extended: 1 })
    setNow('2027-05-21T12:00:00+08:00')
    expect((await read())[1]).toEqual({ overdue: 3 })
    setNow('2026-11-21T12:00:00+08:00')
  })
})

describe('congresses', () => {
  const city = anOffice(deps, id('5132'))
  const plan = (more: object = {}) =>
    city.officer((ctx) =>
      planCongress(
        ctx,
        PlanCongress.parse({
          unionId: null,
          kind: 'union',
          number: 4,
          plannedOn: '2026-11-20',
          delegatesPlanned: 90,
          ...more,
        }),
      ),
    )

  test('M173 M213 a congress is prepared, held with a quorum and kept with its record; union and women apart', async () => {
    const congress = await plan()
    await plan({ kind: 'women', number: 3 })
    await expect(plan()).rejects.toMatchObject({ key: 'organisation.congress.taken' })
    await expect(plan({ extraordinary: { proposedBy: 'members', members: 300, proposers: 99 } })).rejects.toMatchObject(
      { key: 'organisation.congress.third' },
    )
    await plan({ extraordinary: { proposedBy: 'members', members: 300, proposers: 100 } })
    const hold = (delegatesPresent: number) =>
      city.officer((ctx) =>
        holdCongress(
          ctx,
          HoldCongress.parse({
            ...congress,
            from: '2026-11-19',
            to: '2026-11-20',
            delegatesPresent,
            reviewedYears: 6,
            reports: ['工作报告'],
            resolutions: ['通过报告'],
            goals: '今后五年',
          }),
        ),
      )
    await expect(hold(59)).rejects.toMatchObject({ key: 'organisation.election.noQuorum' })
    await hold(60)
    const { rows } = await withTenant(deps, aUser(id('51')), (ctx) =>
      listCongresses(ctx, ListCongresses.parse({ states: ['held'], kinds: ['union'] })),
    )
    expect(rows).toMatchObject([
      { number: 4, kind: 'union', reviewed_years: 6, goals: '今后五年', delegates_present: 60 },
    ])
    expect(
      await withTenant(deps, aUser(id('32')), (ctx) => listCongresses(ctx, ListCongresses.parse({}))),
    ).toMatchObject({ total: 0 })
  })

  test('M243 quotas go to the bodies directly below, who elect and hand in; each sees its own', async () => {
    const congress = await plan({ number: 5, delegatesPlanned: 20 })
    const save = (quotas: object[]) =>
      city.officer((ctx) =>
        saveDelegateQuotas(ctx, SaveDelegateQuotas.parse({ ...congress, dueOn: '2026-12-01', quotas })),
      )
    await expect(save([{ receiverId: id('513221100'), quota: 1 }])).rejects.toMatchObject({
      key: 'organisation.quota.notBelow',
    })
    await expect(save([{ receiverId: id('513221'), quota: 21 }])).rejects.toMatchObject({
      key: 'organisation.quota.exceeds',
    })
    const saved = await save([
      { receiverId: id('513221'), quota: 8, womenLeast: 2, frontLineLeast: 3 },
      { receiverId: id('5132JT'), quota: 8 },
    ])
    const list = (code: string, asked: z.input<typeof ListDelegateQuotas>) =>
      withTenant(deps, aUser(id(code)), (ctx) => listDelegateQuotas(ctx, ListDelegateQuotas.parse(asked)))
    const of = async (code: string) => (await list(code, { congressId: congress.congressId })).rows
    expect(await of('513221')).toEqual([])
    await city.leader((ctx) => issueDelegateQuotas(ctx, { ...congress, version: saved.version }))
    expect((await of('5132')).map((quota) => quota.receiverCode)).toEqual(['513221', '5132JT'])
    // A page at a time, over all congresses; the number of all of them stands also beside a page that has none.
    const pages = await Promise.all([1, 2, 3].map((page) => list('5132', { page, pageSize: 1 })))
    expect(pages.map(({ rows, total }) => [rows.map((quota) => quota.receiverCode), total])).toEqual([
      [['513221'], 2],
      [['5132JT'], 2],
      [[], 2],
    ])
    expect(await of('513222')).toEqual([])
    const [quota] = await of('513221')
    expect(quota).toMatchObject({ quota: 8, state: 'issued', congressNumber: 5 })
    const delegates = Array.from({ length: 8 }, (_, index) => ({
      name: `代表${index}`,
      gender: index < 2 ? 'female' : 'male',
      isFrontLine: index < 3,
      votes: 60,
    }))
    const report = (more: object = {}, who = county.leader) =>
      who((ctx) =>
        reportDelegates(
          ctx,
          ReportDelegates.parse({
            quotaId: quota?.id,
            version: quota?.version,
            electedOn: '2026-11-20',
            eligible: 100,
            present: 80,
            delegates,
            ...more,
          }),
        ),
      )
    await expect(report({}, county.officer)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(report({ delegates: delegates.slice(1) })).rejects.toMatchObject({ key: 'organisation.quota.count' })
    await expect(report({ present: 66 })).rejects.toMatchObject({ key: 'organisation.election.noQuorum' })
    await expect(report({ delegates: delegates.map((one) => ({ ...one, votes: 50 })) })).rejects.toMatchObject({
      key: 'organisation.quota.majority',
    })
    await expect(report({ delegates: delegates.map((one) => ({ ...one, gender: 'male' })) })).rejects.toMatchObject({
      key: 'organisation.quota.women',
    })
    await expect(report({ delegates: delegates.map((one) => ({ ...one, isFrontLine: false })) })).rejects.toMatchObject(
      { key: 'organisation.quota.frontLine' },
    )
    await expect(report({}, anOffice(deps, id('5132JT')).leader)).rejects.toMatchObject({ code: 'not_found' })
    const first = await report()
    const decide = (version: number, decision: z.input<typeof DecideDelegates>['decision']) =>
      city.leader((ctx) => decideDelegates(ctx, DecideDelegates.parse({ quotaId: quota?.id, version, decision })))
    const returned = await decide(first.version, { kind: 'return', reason: '代表甲已调离' })
    expect(await of('513221')).toMatchObject([{ state: 'issued', returned_for: '代表甲已调离' }])
    const reported = await report({ version: returned.version })
    await expect(report()).rejects.toMatchObject({ key: 'errors.conflict' })
    expect(await of('5132')).toMatchObject([{ elected: 8, women: 2, frontLine: 3, state: 'reported' }, { elected: 0 }])
    const elected = (code: string, asked: Partial<z.input<typeof ListDelegates>> = {}) =>
      withTenant(deps, aUser(id(code)), (ctx) =>
        listDelegates(ctx, ListDelegates.parse({ quotaId: quota?.id, ...asked })),
      )
    const whole = await elected('5132')
    expect([whole.rows.length, whole.total]).toEqual([8, 8])
    expect(await elected('513222')).toEqual({ rows: [], total: 0 })
    const [third] = (await elected('5132', { page: 3, pageSize: 1 })).rows
    expect(third).toEqual(whole.rows[2])
    expect(await elected('5132', { genders: ['female'] })).toMatchObject({ total: 2 })
    expect(await elected('5132', { isFrontLine: true })).toMatchObject({ total: 3 })
    expect(await elected('5132', { search: third?.name ?? '' })).toMatchObject({ rows: [third], total: 1 })
    const votes = (await elected('5132', { sort: '-votes' })).rows.map((row) => row.votes)
    expect(votes).toEqual(votes.toSorted((one, other) => other - one))
    await decide(reported.version, { kind: 'confirm' })
    expect(await of('513221')).toMatchObject([{ state: 'confirmed', returned_for: '' }])
    const received = async (code: string) => (await list(code, { of: 'received' })).rows
    expect([(await received('5132')).length, (await received('513221')).length]).toEqual([0, 1])
    expect(await withTenant(deps, aUser(id('513221')), (ctx) => getCongress(ctx, congress.congressId))).toMatchObject({
      congress: { number: 5 },
      steps: [],
    })
    await expect(
      withTenant(deps, aUser(id('513222')), (ctx) => getCongress(ctx, congress.congressId)),
    ).rejects.toMatchObject({ code: 'not_found' })
    const listed = async (code: string) =>
      (await withTenant(deps, aUser(id(code)), (ctx) => listCongresses(ctx, ListCongresses.parse({})))).rows.filter(
        (row) => row.id === congress.congressId,
      ).length
    expect([await listed('513221'), await listed('513222')]).toEqual([1, 0])
    // The receiver cannot raise its own quota, not even past the code.
    const [other] = await of('5132JT')
    await expect(
      withTenant(deps, aUser(id('5132JT'), 'leader'), (ctx) =>
        ctx.db
          .updateTable('organisation.delegate_quota')
          .set({ quota: 99, state: 'reported' })
          .where('id', '=', other?.id ?? 0)
          .execute(),
      ),
    ).rejects.toThrow(/only hands in/)
  })
})
