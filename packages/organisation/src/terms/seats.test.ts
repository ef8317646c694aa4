import fc from 'fast-check'
import { performCommand } from '@gonglian/records'
import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { AskElection, askElection } from './elections.ts'
import { RevokeUnion, revokeUnion, settleUnion } from '../unions/endings.ts'
import { ListOfficers, listOfficers } from '../cadres/officer-lists.ts'
import { AmendOfficer, AppointOfficer, amendOfficer, appointOfficer, endPost } from '../cadres/officers.ts'
import { HoldPoll, holdPoll } from './polls.ts'
import { aFoundedUnion, anEmployer, anOffice } from '../unions/sample-unions.ts'
import { assignPosts, seatPosts, type Elected } from './seats.ts'
import { HoldTraining, getTraining, holdTraining, planTraining } from '../cadres/trainings.ts'
import { ListUntrainedChairs, listUntrainedChairs } from '../cadres/untrained-chairs.ts'
import { applyResult } from '../approvals/election-applications.ts'
import { approveAbove, approveInHouse } from '../approvals/sample-approvals.ts'
import { ListVacancies, listVacancies, recordUnionDay } from '../cadres/vacancies.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const county = anOffice(deps, idOf(tree, '513221'))
const city = anOffice(deps, idOf(tree, '5132'))
const three = ['union_committee', 'audit_committee', 'women_committee'] as const
type Body = (typeof three)[number]
type Stood = 'chair' | 'vice_chair' | 'member'
/** Name, what the person stands for, votes. */
type Stand = readonly [string, Stood, number]
let serial = 0

async function aUnion(bodies: readonly Body[] = ['union_committee']) {
  const name = `班子单位${++serial}`
  const { employerId } = await anEmployer(county, name)
  return aFoundedUnion(county, { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId }, { bodies })
}

/** Asks, approves, holds and confirms an election on a day. */
async function elect(unionId: number | null, ballots: Partial<Record<Body, readonly Stand[]>>, heldOn = '2026-11-10') {
  const asked = await county.officer((ctx) =>
    askElection(
      ctx,
      AskElection.parse({
        unionId,
        plannedOn: heldOn,
        memberCount: 90,
        electorate: 'members',
        eligible: 90,
        termYears: unionId === null ? 5 : 3,
        bodies: Object.entries(ballots).map(([body, stands]) => ({
          body,
          seats: stands.length - 1,
          candidates: stands.map(([name, post]) => ({ name, post, isNearRelative: false })),
        })),
      }),
    ),
  )
  // The candidates and the result of the federation itself are approved by its superior, those of a union by the body.
  const approve = (applicationId: number) =>
    unionId === null ? approveAbove(city, applicationId) : approveInHouse(county, applicationId)
  const { applicationId, ...election } = asked
  await approve(applicationId)
  const votes = await county.officer(async (ctx) => {
    const rows = await ctx.db
      .selectFrom('organisation.election_candidate as c')
      .innerJoin('organisation.election_body as b', 'b.id', 'c.election_body_id')
      .select(['c.id', 'c.name', 'b.body'])
      .where('b.election_id', '=', asked.electionId)
      .execute()
    return rows.map((one) => ({
      candidateId: one.id,
      votes: ballots[one.body]?.find(([name]) => name === one.name)?.[2] ?? 0,
    }))
  })
  const held = await county.officer((ctx) =>
    holdPoll(ctx, HoldPoll.parse({ ...election, version: election.version + 1, heldOn, present: 85, votes })),
  )
  const seen = { ...election, version: held.version }
  const result = await county.officer((ctx) => applyResult(ctx, { ...seen, files: [] }))
  await approve(result.applicationId)
}

const postsOn = (unionId: number, on: string) =>
  county.officer(async (ctx) => {
    const { rows } = await listOfficers(ctx, ListOfficers.parse({ unionId, on, sort: 'name' }))
    return rows.map((row) => `${row.name} ${row.post}`).toSorted()
  })
const officersOf = (unionId: number) =>
  county.officer(async (ctx) => (await listOfficers(ctx, ListOfficers.parse({ unionId }))).rows)

describe('posts of the elected', () => {
  test('everybody elected holds one post of the body; a body has one chair at most', () => {
    const elected = fc.record({
      body: fc.constantFrom(...three),
      name: fc.string(),
      gender: fc.constant(null),
      stood: fc.constantFrom<Stood>('chair', 'vice_chair', 'member'),
      votes: fc.integer({ min: 0, max: 5 }),
    })
    fc.assert(
      fc.property(fc.array(elected, { maxLength: 12 }), (all: Elected[]) => {
        const seats = assignPosts(all)
        expect(seats).toHaveLength(all.length)
        for (const body of three) {
          const own = seats.filter((one) => one.body === body)
          for (const seat of own) expect(Object.values(seatPosts[body])).toContain(seat.post)
          const chairs = own.filter((one) => one.post === seatPosts[body].chair)
          expect(chairs.length).toBeLessThanOrEqual(1)
          const stood = own.filter((one) => one.stood === 'chair')
          const most = Math.max(...stood.map((one) => one.votes))
          if (stood.filter((one) => one.votes === most).length === 1) expect(chairs[0]?.votes).toBe(most)
        }
      }),
    )
  })

  test('M111 whoever a confirmed election brings in holds the post from the day of the meeting; who was there before no longer', async () => {
    const { unionId } = await aUnion(three)
    // The founding seats the first committee.
    expect(await postsOn(unionId, '2026-03-10')).toEqual(
      three.flatMap((body) => ['丙', '乙', '甲'].map((name) => `候选人${name} ${seatPosts[body].member}`)).toSorted(),
    )
    await county.officer((ctx) =>
      appointOfficer(
        ctx,
        AppointOfficer.parse({
          unionId,
          name: '留任',
          gender: 'female',
          post: 'chair',
          engagement: 'full_time',
          rank: 'enterprise_deputy',
          concurrentPost: '党委副书记',
          isPartyCommittee: true,
          validFrom: '2026-05-01',
        }),
      ),
    )
    await county.officer((ctx) =>
      appointOfficer(
        ctx,
        AppointOfficer.parse({
          unionId,
          name: '小组长',
          post: 'team_leader',
          engagement: 'part_time',
          validFrom: '2026-05-01',
        }),
      ),
    )
    await elect(unionId, {
      union_committee: [
        ['留任', 'chair', 80],
        ['副手', 'vice_chair', 70],
        ['委员', 'member', 60],
        ['落选', 'member', 10],
      ],
      audit_committee: [
        ['经审', 'chair', 80],
        ['经审二', 'vice_chair', 70],
        ['经审三', 'member', 60],
        ['落选', 'member', 10],
      ],
      women_committee: [
        ['女工', 'chair', 80],
        ['委员', 'member', 70],
        ['女工三', 'vice_chair', 60],
        ['落选', 'member', 10],
      ],
    })
    expect(await postsOn(unionId, '2026-11-09')).toContain('候选人甲 committee_member')
    const now = await officersOf(unionId)
    expect(now.map((row) => `${row.name} ${row.post} ${row.validFrom}`).toSorted()).toEqual(
      [
        '留任 chair 2026-11-10',
        '副手 vice_chair 2026-11-10',
        '委员 committee_member 2026-11-10',
        '经审 audit_chair 2026-11-10',
        '经审二 audit_vice_chair 2026-11-10',
        '经审三 audit_member 2026-11-10',
        '女工 women_chair 2026-11-10',
        '委员 women_member 2026-11-10',
        '女工三 women_vice_chair 2026-11-10',
        // Nobody elects team leaders here.
        '小组长 team_leader 2026-05-01',
      ].toSorted(),
    )
    expect(now.find((row) => row.post === 'chair')).toMatchObject({
      gender: 'female',
      engagement: 'full_time',
      rank: 'enterprise_deputy',
      concurrentPost: '党委副书记',
      isPartyCommittee: true,
      appointedBy: 'elected',
    })
    expect(now.find((row) => row.post === 'vice_chair')).toMatchObject({ engagement: 'part_time', rank: 'none' })
    // Elected again is not new in the post (M251), and nothing stands empty.
    const chairs = await county.officer((ctx) => listUntrainedChairs(ctx, ListUntrainedChairs.parse({ pageSize: 200 })))
    expect(chairs.rows.filter((row) => row.name === '留任').map((row) => row.validFrom)).toEqual([])
    const { rows } = await county.officer((ctx) => listVacancies(ctx, ListVacancies.parse({ pageSize: 200 })))
    expect(rows.filter((row) => row.unionId === unionId)).toEqual([])
  })

  test('a committee without a chair has a vacancy, one without a vice chair has none; typed in before, nobody is there twice', async () => {
    const { unionId } = await aUnion()
    const appoint = (officer: object) =>
      county.officer((ctx) =>
        appointOfficer(
          ctx,
          AppointOfficer.parse({ unionId, engagement: 'part_time', validFrom: '2026-04-01', ...officer }),
        ),
      )
    await appoint({ name: '老主席', post: 'chair' })
    await appoint({ name: '老副主席', post: 'vice_chair' })
    await appoint({ name: '新人', post: 'committee_member', engagement: 'full_time', validFrom: '2026-11-10' })
    await elect(unionId, {
      union_committee: [
        ['新人', 'member', 80],
        // Both stood for chair with as many votes: neither is.
        ['甲', 'chair', 70],
        ['乙', 'chair', 70],
        ['丙', 'member', 10],
      ],
    })
    expect((await officersOf(unionId)).map((row) => `${row.name} ${row.post} ${row.engagement}`).toSorted()).toEqual(
      ['新人 committee_member full_time', '甲 committee_member part_time', '乙 committee_member part_time'].toSorted(),
    )
    const { rows } = await county.officer((ctx) => listVacancies(ctx, ListVacancies.parse({ pageSize: 200 })))
    expect(rows.filter((row) => row.unionId === unionId)).toMatchObject([{ post: 'chair', since: '2026-11-10' }])
  })

  test('ORG-02 a women’s committee that is elected is formed, and the woman member’s place ends', async () => {
    const { unionId } = await aUnion()
    await county.officer((ctx) =>
      sql`insert into organisation.companion_body (tenant_id, union_id, kind, formed_on)
        values (${ctx.tenantId}, ${unionId}, 'women_member', '2026-04-01')`.execute(ctx.db),
    )
    const committee: Stand[] = [
      ['一', 'chair', 80],
      ['二', 'member', 70],
      ['三', 'member', 60],
      ['四', 'member', 10],
    ]
    await elect(unionId, { union_committee: committee, women_committee: committee })
    const { rows } = await county.officer((ctx) =>
      sql<{ kind: string; ended_on: string | null }>`select kind, ended_on from organisation.companion_body
        where union_id = ${unionId} order by kind`.execute(ctx.db),
    )
    expect(rows).toEqual([
      { kind: 'union_committee', ended_on: null },
      { kind: 'women_committee', ended_on: null },
      { kind: 'women_member', ended_on: '2026-11-10' },
    ])
  })

  test('of the federation itself as well; its unions’ posts stay', async () => {
    const { unionId } = await aUnion()
    await elect(null, {
      union_committee: [
        ['县主席', 'chair', 80],
        ['县副主席', 'vice_chair', 70],
        ['县委员', 'member', 60],
        ['落选', 'member', 10],
      ],
    })
    const { rows } = await county.officer((ctx) => listOfficers(ctx, ListOfficers.parse({ search: '县' })))
    expect(rows.filter((row) => row.unionId === null).map((row) => row.post)).toEqual([
      'chair',
      'vice_chair',
      'committee_member',
    ])
    expect(await officersOf(unionId)).toHaveLength(3)
  })
})

describe('posts later on', () => {
  test('what the ballot does not say is said afterwards; a post that ended is not touched', async () => {
    const { unionId } = await aUnion()
    const [officer] = await officersOf(unionId)
    const seen = { officerId: officer?.officerId, version: officer?.version }
    const more = {
      gender: 'male',
      engagement: 'full_time',
      rank: 'enterprise_deputy',
      concurrentPost: '工会办主任',
      isPartyCommittee: false,
      quotaId: null,
      contractEndsOn: '2028-06-30',
    }
    const amend = (input: object, code = '513221') =>
      withTenant(deps, aUser(idOf(tree, code), 'officer'), (ctx) =>
        amendOfficer(ctx, AmendOfficer.parse({ ...seen, ...more, ...input })),
      )
    await expect(amend({}, '513222')).rejects.toMatchObject({ code: 'not_found' })
    await expect(amend({ quotaId: 999_999 })).rejects.toMatchObject({ fields: [{ path: 'quotaId' }] })
    const { version } = await amend({})
    await expect(amend({})).rejects.toMatchObject({ key: 'errors.conflict' })
    expect((await officersOf(unionId))[0]).toMatchObject({
      name: officer?.name,
      post: officer?.post,
      engagement: 'full_time',
      contractEndsOn: '2028-06-30',
    })
    await county.officer((ctx) =>
      endPost(ctx, { officerId: officer?.officerId ?? 0, version, on: '2026-11-20', reason: '调动' }),
    )
    await expect(amend({ version: version + 1 })).rejects.toMatchObject({ key: 'errors.conflict' })
  })

  test('ORG-14 paid days are a person’s: a second post or a new term gives no more of them', async () => {
    const { unionId } = await aUnion()
    const first = (await officersOf(unionId)).find((row) => row.name === '候选人甲')
    const spend = (officerId: number, day: string) => county.officer((ctx) => recordUnionDay(ctx, { officerId, day }))
    await expect(spend(first?.officerId ?? 0, '2026-03-09')).rejects.toMatchObject({ key: 'organisation.day' })
    await spend(first?.officerId ?? 0, '2026-11-02')
    await spend(first?.officerId ?? 0, '2026-11-03')
    await elect(unionId, {
      union_committee: [
        ['候选人甲', 'chair', 80],
        ['二', 'member', 70],
        ['三', 'member', 60],
        ['四', 'member', 10],
      ],
    })
    const second = (await officersOf(unionId)).find((row) => row.name === '候选人甲')
    expect(second?.officerId).not.toBe(first?.officerId)
    expect(await spend(second?.officerId ?? 0, '2026-11-12')).toEqual({ left: 0 })
    await expect(spend(second?.officerId ?? 0, '2026-11-13')).rejects.toMatchObject({
      key: 'organisation.paidDaysSpent',
    })
  })

  test('who was at a training is read back by name', async () => {
    const { unionId } = await aUnion()
    const [one, two] = await officersOf(unionId)
    const planned = await county.officer((ctx) =>
      performCommand(ctx, planTraining, {
        name: '新任主席班',
        kind: 'class',
        topic: 'new_chair',
        startsOn: '2026-11-01',
        endsOn: '2026-11-02',
        plannedPersons: 2,
      }),
    )
    await county.officer((ctx) =>
      holdTraining(
        ctx,
        HoldTraining.parse({
          ...planned,
          officers: [
            { officerId: one?.officerId, result: 'passed' },
            { officerId: two?.officerId, result: 'absent' },
          ],
        }),
      ),
    )
    const view = await county.officer((ctx) => getTraining(ctx, planned.trainingId))
    expect(view.attendance.map((row) => [row.name, row.result])).toEqual([
      [one?.name, 'passed'],
      [two?.name, 'absent'],
    ])
    await expect(
      withTenant(deps, aUser(idOf(tree, '513222')), (ctx) => getTraining(ctx, planned.trainingId)),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  test('ORG-04 when a union ends, so do its posts', async () => {
    const name = `班子单位${++serial}`
    const { employerId } = await anEmployer(county, name)
    const union = await aFoundedUnion(county, {
      name: `${name}工会`,
      kind: 'BASIC_PROJECT',
      employerId,
      expectedEndOn: '2026-12-31',
    })
    for (const subject of ['property', 'funds'] as const)
      await county.officer((ctx) =>
        settleUnion(ctx, {
          unionId: union.unionId,
          subject,
          amountFen: 0,
          receiver: '县总工会',
          documentNo: '1',
          on: '2026-11-19',
        }),
      )
    await county.leader((ctx) =>
      revokeUnion(
        ctx,
        RevokeUnion.parse({
          unionId: union.unionId,
          version: union.version,
          on: '2026-11-20',
          reason: '项目竣工',
          documentNo: '1',
        }),
      ),
    )
    expect(await postsOn(union.unionId, '2026-11-20')).toHaveLength(3)
    expect(await postsOn(union.unionId, '2026-11-21')).toEqual([])
  })
})
