import {
  applicationFiles,
  collectApprovals,
  declareApprovals,
  declareDecisions,
  getApplication,
} from '@gonglian/approvals'
import { samplePaper, storeSample } from '@gonglian/files/testing'
import { performCommand } from '@gonglian/records'
import { gatherTasks } from '@gonglian/tasks'
import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { applyAccreditation } from '../unions/accreditation.ts'
import { ApplyUnion, applyUnion } from '../unions/applications.ts'
import { FoundUnion, foundUnion } from '../unions/foundings.ts'
import { AskElection, askElection, withdrawElection } from '../terms/elections.ts'
import { setLimit } from '../limits.ts'
import { failElection, holdPoll } from '../terms/polls.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { approveAbove, approveInHouse } from './sample-approvals.ts'
import { aCongress, aSlate, anEmployer, anOffice, papers, type Office } from '../unions/sample-unions.ts'
import { ListTerms, RecordTerm, listTerms, recordTerm } from '../terms/terms.ts'
import { DraftUnion, draftUnion } from '../unions/union-drafts.ts'
import { getUnion } from '../unions/unions.ts'
import { applyResult } from './election-applications.ts'
import { organisationTasks } from '../tasks/index.ts'
import { organisationApprovals } from './index.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const township = anOffice(deps, id('513221100'))
const county = anOffice(deps, id('513221'))
const city = anOffice(deps, id('5132'))
const today = '2026-11-21'
const approvals = collectApprovals(organisationApprovals)
const { proposeDecision, returnApplication } = declareDecisions(approvals)
const applicationTasks = declareApprovals(approvals).tasks

const attach = async (office: 'township' | 'county', ...slots: string[]) => {
  const actor = aUser(id(office === 'township' ? '513221100' : '513221'), 'officer')
  const stored = slots.map(async (slot) => ({
    fileId: (await storeSample(deps, actor, applicationFiles, samplePaper)).fileId,
    slot,
  }))
  return Promise.all(stored)
}
const propose = (office: Office, applicationId: number, version: number) =>
  office.officer((ctx) =>
    performCommand(ctx, proposeDecision, { applicationId, version, proposal: 'approve', opinion: '材料齐全' }),
  )
const read = (office: Office, applicationId: number) =>
  office.officer((ctx) => getApplication(ctx, approvals, { applicationId }))
/** What a leader is asked to decide. */
const decides = (office: Office, title: string) =>
  office.leader(async (ctx) =>
    (await gatherTasks(ctx, [...applicationTasks, ...organisationTasks]))
      .filter(({ step }) => step === 'decide')
      .flatMap(({ rows }) => rows)
      .filter((row) => row.title?.zh === title),
  )

describe('ORG-20 the status of a legal person', () => {
  const legal = async (unionId: number) => (await township.officer((ctx) => getUnion(ctx, unionId))).union
  test('is registered by a federation of county level or above, never by a township', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    const { version } = await legal(unionId)
    const apply = (files: Awaited<ReturnType<typeof attach>>) =>
      township.officer((ctx) => applyAccreditation(ctx, { unionId, version, files }))
    await expect(apply([])).rejects.toMatchObject({ fields: [{ path: 'files.certificate' }] })
    const { applicationId } = await apply(await attach('township', 'certificate'))
    expect((await legal(unionId)).legal_person_no).toBe('')
    // Its own leader neither finds it on the desk nor decides it.
    await expect(approveInHouse(township, applicationId)).rejects.toMatchObject({ code: 'not_found' })
    const paperNo = await approveAbove(county, applicationId)
    expect(await legal(unionId)).toMatchObject({ legal_person_no: paperNo, legal_person_on: today })
  })

  test('of a union that ended meanwhile is not given: the leader’s approval fails, and nothing is decided', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    const { version } = await legal(unionId)
    const files = await attach('township', 'certificate')
    const { applicationId } = await township.officer((ctx) => applyAccreditation(ctx, { unionId, version, files }))
    await township.officer(({ db }) =>
      db
        .updateTable('organisation.trade_union')
        .set({ state: 'revoked', ended_on: today })
        .where('id', '=', unionId)
        .execute(),
    )
    await expect(approveAbove(county, applicationId)).rejects.toMatchObject({ key: 'organisation.union.notActive' })
    expect(await read(township, applicationId)).toMatchObject({ state: 'proposed' })
  })
})

describe('ORG-03 a founding in the register of a township', () => {
  let serial = 0
  async function draft() {
    const name = `乡镇企业${++serial}`
    const { employerId } = await anEmployer(township, name)
    return township.officer((ctx) =>
      draftUnion(ctx, DraftUnion.parse({ name: `${name}工会`, kind: 'BASIC_SINGLE', employerId })),
    )
  }
  const apply = (union: { unionId: number; version: number }, files: Awaited<ReturnType<typeof attach>>) =>
    township.officer((ctx) =>
      applyUnion(
        ctx,
        ApplyUnion.parse({
          ...union,
          members: 90,
          papers,
          congress: aSlate(),
          files,
        }),
      ),
    )
  const stateOf = async (unionId: number) => (await township.officer((ctx) => getUnion(ctx, unionId))).union

  test('is approved by the county on what was typed and attached; then it has its number', async () => {
    const union = await draft()
    await expect(apply(union, [])).rejects.toMatchObject({ fields: [{ path: 'files.form' }] })
    const applied = await apply(union, await attach('township', 'form', 'memberList'))
    const { applicationId } = applied
    await expect(approveInHouse(township, applicationId)).rejects.toMatchObject({ code: 'not_found' })
    const seen = await read(county, applicationId)
    expect(seen.files.map(({ slot }) => slot)).toEqual(['form', 'memberList'])
    expect(seen.shown.tables[0]?.rows.map(([name]) => name)).toEqual(
      ['甲', '乙', '丙', '丁'].map((one) => `候选人${one}`),
    )
    expect(seen.shown.facts).toContainEqual({ label: 'approvals.seats.union_committee', value: '3' })
    expect(seen.dueOn).toBe(applied.dueOn)
    expect(await decides(township, seen.title)).toEqual([])
    const paperNo = await approveAbove(county, applicationId)
    expect(await stateOf(union.unionId)).toMatchObject({
      state: 'approved',
      approval_no: paperNo,
      approved_on: today,
      code: expect.stringMatching(/^513221100-\d{5}-/),
    })
    // The founding asks for the votes alone: who stands was applied for.
    const { founding, union: approved } = await township.officer((ctx) => getUnion(ctx, union.unionId))
    expect(founding).toMatchObject({ memberCount: 90, termYears: 5, bodies: [{ body: 'union_committee', seats: 3 }] })
    const { results } = await township.officer((ctx) =>
      foundUnion(
        ctx,
        FoundUnion.parse({ unionId: union.unionId, version: approved.version, on: today, congress: aCongress() }),
      ),
    )
    expect(results).toMatchObject([{ body: 'union_committee', emptySeats: 0 }])
  })

  test('comes back with reasons and is applied for again, in the same application', async () => {
    const union = await draft()
    const first = await apply(union, await attach('township', 'form', 'memberList'))
    const { applicationId } = first
    const { version } = await propose(county, applicationId, 1)
    await county.leader((ctx) =>
      performCommand(ctx, returnApplication, { applicationId, version, reason: '名册缺签字' }),
    )
    const returned = await stateOf(union.unionId)
    expect(returned.state).toBe('preparatory')
    const again = await apply(
      { unionId: union.unionId, version: returned.version },
      await attach('township', 'form', 'memberList'),
    )
    expect(again.applicationId).toBe(applicationId)
    await approveAbove(county, applicationId, (await read(county, applicationId)).version)
    expect((await stateOf(union.unionId)).state).toBe('approved')
  })

  const entrust = (value: boolean, validFrom: string) =>
    county.leader((ctx) => setLimit(ctx, { key: 'organisation.township_founds', value, validFrom, source: '委托书' }))

  test('returned by the county and entrusted to the township meanwhile, it is applied for anew; the old application is over', async () => {
    const union = await draft()
    const { applicationId } = await apply(union, await attach('township', 'form', 'memberList'))
    const { version } = await propose(county, applicationId, 1)
    await county.leader((ctx) =>
      performCommand(ctx, returnApplication, { applicationId, version, reason: '名册缺签字' }),
    )
    await entrust(true, '2026-01-01')
    const again = await apply({ unionId: union.unionId, version: (await stateOf(union.unionId)).version }, [])
    expect(again.applicationId).not.toBe(applicationId)
    expect(await read(county, applicationId)).toMatchObject({ state: 'withdrawn' })
    await expect(approveAbove(county, applicationId, version + 1)).rejects.toMatchObject({ code: 'conflict' })
    expect(await read(township, again.applicationId)).toMatchObject({ state: 'proposed', isSuperior: true })
    await approveInHouse(township, again.applicationId)
    expect((await stateOf(union.unionId)).state).toBe('approved')
  })

  test('is decided by the township where the county has entrusted it', async () => {
    const union = await draft()
    const applied = await apply(union, [])
    expect(await read(township, applied.applicationId)).toMatchObject({ state: 'proposed', isSuperior: true })
    const paperNo = await approveInHouse(township, applied.applicationId)
    expect(await stateOf(union.unionId)).toMatchObject({ state: 'approved', approval_no: paperNo })
    await entrust(false, today)
  })
})

describe('appendix A an election of the federation itself', () => {
  const slate = AskElection.parse({
    unionId: null,
    plannedOn: '2026-12-01',
    memberCount: 90,
    electorate: 'members',
    eligible: 90,
    termYears: 5,
    bodies: [
      {
        body: 'union_committee',
        seats: 3,
        candidates: ['一', '二', '三', '四'].map((name) => ({ name, isNearRelative: false })),
      },
    ],
  })
  const states = async () => {
    const { rows } = await county.officer((ctx) => listTerms(ctx, ListTerms.parse({ of: 'federations', states: [] })))
    return rows.filter((row) => row.tenantId === id('513221')).map(({ number, state }) => [number, state])
  }

  test('candidates and result are approved by the superior, never by the own leader', async () => {
    await county.officer((ctx) =>
      recordTerm(
        ctx,
        RecordTerm.parse({ unionId: null, body: 'union_committee', number: 5, startsOn: '2022-01-01', years: 5 }),
      ),
    )
    const asked = await county.officer((ctx) => askElection(ctx, slate))
    const own = { electionId: asked.electionId, version: asked.version }
    const { applicationId } = asked
    await expect(approveInHouse(county, applicationId)).rejects.toMatchObject({ code: 'not_found' })
    expect(await decides(county, '汶川县总工会')).toEqual([])
    expect((await read(city, applicationId)).shown.tables[0]?.rows.map(([name]) => name)).toEqual([
      '一',
      '二',
      '三',
      '四',
    ])
    await approveAbove(city, applicationId)
    const candidates = await county.officer(({ db }) =>
      db
        .selectFrom('organisation.election_candidate as c')
        .innerJoin('organisation.election_body as b', 'b.id', 'c.election_body_id')
        .select(['c.id', 'c.name'])
        .where('b.election_id', '=', asked.electionId)
        .execute(),
    )
    const votes = candidates.map(({ id: candidateId, name }) => ({ candidateId, votes: name === '四' ? 5 : 70 }))
    const held = await county.officer((ctx) =>
      holdPoll(ctx, { ...own, version: own.version + 1, heldOn: today, present: 85, votes }),
    )
    const seen = { electionId: asked.electionId, version: held.version }
    const waits = async () =>
      county.officer(async (ctx) =>
        (await gatherTasks(ctx, organisationTasks))
          .find(({ key }) => key === 'organisation.results')
          ?.rows.map((row) => row.to),
      )
    // The officer is told to hand it in, until it is.
    expect(await waits()).toEqual([`/organisation/elections/${asked.electionId}`])
    const result = await county.officer((ctx) => applyResult(ctx, { ...seen, files: [] }))
    expect(await waits()).toBeUndefined()
    await expect(approveInHouse(county, result.applicationId)).rejects.toMatchObject({ code: 'not_found' })
    expect((await read(city, result.applicationId)).shown.tables[0]?.rows).toContainEqual([
      '一',
      '—',
      { value: 'member', words: 'slate.post' },
      '70',
      { value: 'yes', words: 'approvals' },
    ])
    expect(await states()).toEqual([[5, 'in_election']])
    await approveAbove(city, result.applicationId)
    expect(await states()).toEqual([[6, 'running']])
  })

  test('that its own body takes back, or that fails, leaves nothing with the superior', async () => {
    const asked = await county.officer((ctx) => askElection(ctx, slate))
    await county.officer((ctx) =>
      withdrawElection(ctx, { electionId: asked.electionId, version: asked.version, reason: '推迟' }),
    )
    expect(await read(city, asked.applicationId)).toMatchObject({ state: 'withdrawn' })
    const other = await county.officer((ctx) => askElection(ctx, slate))
    await approveAbove(city, other.applicationId)
    await county.officer((ctx) =>
      failElection(ctx, { electionId: other.electionId, version: other.version + 1, reason: '未达法定人数' }),
    )
    const { state } = await withTenant(deps, aUser(id('513221')), ({ db }) =>
      db
        .selectFrom('organisation.election')
        .select('state')
        .where('id', '=', other.electionId)
        .executeTakeFirstOrThrow(),
    )
    expect(state).toBe('failed')
  })

  test('a body without superior decides by itself', async () => {
    const top = anOffice(deps, id('00'))
    const asked = await top.officer((ctx) => askElection(ctx, slate))
    expect(await read(top, asked.applicationId)).toMatchObject({
      state: 'proposed',
      from: '全国总工会',
      to: '全国总工会',
    })
    await approveInHouse(top, asked.applicationId)
    const { state } = await top.officer(({ db }) =>
      db
        .selectFrom('organisation.election')
        .select('state')
        .where('id', '=', asked.electionId)
        .executeTakeFirstOrThrow(),
    )
    expect(state).toBe('approved')
  })
})
