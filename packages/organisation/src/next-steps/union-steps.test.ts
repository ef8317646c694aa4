import { performCommand } from '@gonglian/records'
import type { NextStep } from '@gonglian/tasks'
import { systemActor, withTenant, type Role } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { approveAbove, approveInHouse, decisions } from '../approvals/sample-approvals.ts'
import { aRating, type PlacedState } from '../ratings/placed-ratings.ts'
import { aUnion } from '../members/sample-members.ts'
import { DefineScheme, defineScheme } from '../ratings/schemes.ts'
import { AskExtension, askExtension } from '../terms/terms.ts'
import { findNextUnionSteps } from './union-steps.ts'
import { restructureEmployer } from '../unions/restructurings.ts'
import { aFoundedUnion, aSlate, anAppliedDraft, anEmployer, anOffice, papers } from '../unions/sample-unions.ts'
import { ApplyUnion, applyUnion } from '../unions/applications.ts'
import { DraftUnion, draftUnion } from '../unions/union-drafts.ts'
import { getUnion } from '../unions/unions.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = anOffice(deps, id('513221'))
const today = '2026-11-21'
beforeEach(() => setNow(`${today}T12:00:00+08:00`))

/** What a page says to somebody; the two of the office who acted go by their names. */
async function stepsOf(unionId: number, role: Role, code = '513221', username?: string): Promise<NextStep[]> {
  const actor = aUser(id(code), role)
  const { steps } = await withTenant(deps, username === undefined ? actor : { ...actor, username }, (ctx) =>
    findNextUnionSteps(ctx, { unionId }),
  )
  return steps
}
const acts = (steps: readonly NextStep[]) => steps.map(({ key, mayAct }) => [key, mayAct])
const theOfficer = `officer-${id('513221')}`

let serial = 0
async function aDraft(kind: 'BASIC_SINGLE' | 'PREPARATORY' = 'BASIC_SINGLE') {
  const name = `下一步单位${++serial}`
  const employer = await anEmployer(county, name)
  const draft = await county.officer((ctx) =>
    draftUnion(ctx, DraftUnion.parse({ name: `${name}工会`, kind, employerId: employer.employerId })),
  )
  return { ...draft, name, employer }
}
async function newUnion(foundedOn = '2026-03-10') {
  const name = `下一步单位${++serial}`
  const employer = await anEmployer(county, name)
  const draft = { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId: employer.employerId } as const
  return { ...(await aFoundedUnion(county, draft, { foundedOn })), employer }
}
const moveTermEnds = (unionId: number, day: string) =>
  withTenant(deps, systemActor('test', id('513221')), (ctx) =>
    ctx.db.updateTable('organisation.term').set({ ends_on: day }).where('union_id', '=', unionId).execute(),
  )

test('a draft waits for whoever applies; an auditor and the superior read for whom', async () => {
  const draft = await aDraft()
  expect(acts(await stepsOf(draft.unionId, 'officer'))).toEqual([['unions.next.apply', true]])
  const [read] = await stepsOf(draft.unionId, 'auditor')
  expect(read).toMatchObject({
    mayAct: false,
    waitsFor: { isOwn: true, isForOthers: false, roles: ['officer', 'leader'] },
  })
  const [above] = await stepsOf(draft.unionId, 'leader', '5132')
  expect(above).toMatchObject({ key: 'unions.next.apply', mayAct: false, waitsFor: { isOwn: false } })
  expect(above?.waitsFor?.body).not.toBe('')
  await expect(stepsOf(draft.unionId, 'officer', '513222')).rejects.toMatchObject({ code: 'not_found' })
  await expect(stepsOf(draft.unionId, 'secadmin')).rejects.toMatchObject({ code: 'forbidden' })
  const open = await aDraft('PREPARATORY')
  expect(acts(await stepsOf(open.unionId, 'officer'))).toEqual([['unions.next.chooseKind', true]])
})

test('an application waits for the leader who did not make it, with its day; what came back says why', async () => {
  const draft = await aDraft()
  const applied = await anAppliedDraft(county, draft)
  const [waits] = await stepsOf(draft.unionId, 'leader')
  expect(waits).toMatchObject({
    key: 'approvals.next.decide',
    about: 'approvals.kind.union.founding',
    mayAct: true,
    since: today,
    to: `/approvals/${applied.applicationId}`,
  })
  expect(waits?.due).not.toBeNull()
  expect((await stepsOf(draft.unionId, 'officer'))[0]).toMatchObject({ mayAct: false, waitsFor: { roles: ['leader'] } })
  // Whoever applied may be a leader as well.
  expect((await stepsOf(draft.unionId, 'leader', '513221', theOfficer))[0]).toMatchObject({
    mayAct: false,
    waitsFor: { isForOthers: true },
  })
  // Above the county nobody reads the application, but everybody that there is one.
  expect(await stepsOf(draft.unionId, 'leader', '5132')).toMatchObject([
    { key: 'unions.next.decided', waitsFor: null, due: waits?.due },
  ])
  setNow('2027-03-01T12:00:00+08:00')
  expect((await stepsOf(draft.unionId, 'leader'))[0]?.isLate).toBe(true)
  setNow(`${today}T12:00:00+08:00`)
  await county.leader((ctx) =>
    performCommand(ctx, decisions.returnApplication, {
      applicationId: applied.applicationId,
      version: 1,
      reason: '名单不全',
    }),
  )
  expect(await stepsOf(draft.unionId, 'officer')).toMatchObject([
    { key: 'unions.next.mend', mayAct: true, params: { reason: '名单不全' }, since: today },
  ])
})

test('in a township it waits for the county: first for an opinion, then for the leader; then for the founding', async () => {
  const township = anOffice(deps, id('513221100'))
  const { employerId } = await anEmployer(township, '乡镇下一步单位')
  const draft = await township.officer((ctx) =>
    draftUnion(ctx, DraftUnion.parse({ name: '乡镇下一步工会', kind: 'BASIC_SINGLE', employerId })),
  )
  const files = await withTenant(deps, systemActor('test', id('513221100')), async (ctx) => {
    const rows = await ctx.db
      .insertInto('files.file')
      .values(
        ['form', 'memberList'].map((slot, place) => ({
          tenant_id: ctx.tenantId,
          kind: 'application',
          file_name: `${slot}.pdf`,
          media_type: 'application/pdf',
          byte_count: 1,
          sha256: Buffer.alloc(32, place),
          check_state: 'unchecked' as const,
          stored_by: 'test',
        })),
      )
      .returning('id')
      .execute()
    return ['form', 'memberList'].map((slot, place) => ({ fileId: rows[place]?.id ?? 0, slot }))
  })
  const { applicationId } = await township.officer((ctx) =>
    applyUnion(ctx, ApplyUnion.parse({ ...draft, members: 90, papers, congress: aSlate(), files })),
  )
  const { unionId } = draft
  expect(acts(await stepsOf(unionId, 'leader', '513221100'))).toEqual([['approvals.next.propose', false]])
  expect(acts(await stepsOf(unionId, 'officer'))).toEqual([['approvals.next.propose', true]])
  await approveAbove(county, applicationId)
  expect(acts(await stepsOf(unionId, 'officer', '513221100'))).toEqual([['unions.next.found', true]])
  expect(acts(await stepsOf(unionId, 'officer'))).toEqual([['unions.next.found', false]])
})

test('a union at work waits for nothing until its term ends soon; an extension that was asked for comes before that', async () => {
  const { unionId } = await newUnion()
  expect(await stepsOf(unionId, 'officer')).toEqual([])
  await moveTermEnds(unionId, '2027-01-31')
  const [soon] = await stepsOf(unionId, 'officer')
  expect(soon).toMatchObject({
    key: 'unions.next.renew',
    about: 'unions.termOf.union_committee',
    due: '2027-01-31',
    mayAct: true,
  })
  await moveTermEnds(unionId, '2026-11-01')
  expect(await stepsOf(unionId, 'reviewer')).toMatchObject([
    { key: 'unions.next.renewLate', isLate: true, mayAct: false },
  ])
  const [term] = (await county.officer((ctx) => getUnion(ctx, unionId))).terms
  const { applicationId } = await county.officer((ctx) =>
    askExtension(
      ctx,
      AskExtension.parse({ termId: term?.id, version: term?.version, to: '2027-03-01', reason: '筹备不足' }),
    ),
  )
  expect(acts(await stepsOf(unionId, 'leader'))).toEqual([['approvals.next.decide', true]])
  await approveInHouse(county, applicationId)
  expect(acts(await stepsOf(unionId, 'officer'))).toEqual([['unions.next.renew', true]])
})

test('an election that is under way says which of its steps is next', async () => {
  const { unionId } = await newUnion()
  await moveTermEnds(unionId, '2026-12-31')
  const electionId = await withTenant(deps, systemActor('test', id('513221')), async (ctx) => {
    const row = await ctx.db
      .insertInto('organisation.election')
      .values({
        ...{ tenant_id: ctx.tenantId, union_id: unionId, planned_on: today, electorate: 'members' },
        ...{ member_count: 90, eligible: 90, term_years: 5, asked_by: theOfficer },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  })
  const moveTo = (set: { state: 'approved' } | { state: 'held'; held_on: string; present: number }) =>
    withTenant(deps, systemActor('test', id('513221')), (ctx) =>
      ctx.db.updateTable('organisation.election').set(set).where('id', '=', electionId).execute(),
    )
  expect(await stepsOf(unionId, 'officer')).toMatchObject([
    { key: 'unions.next.decided', about: 'approvals.kind.election.slate' },
  ])
  await moveTo({ state: 'approved' })
  expect(await stepsOf(unionId, 'officer')).toMatchObject([
    { key: 'unions.next.hold', mayAct: true, due: '2026-12-31', to: `/organisation/elections/${electionId}` },
  ])
  await moveTo({ state: 'held', held_on: today, present: 80 })
  expect(acts(await stepsOf(unionId, 'officer'))).toEqual([['unions.next.handIn', true]])
})

test('an appraisal waits for the end of the voting, then for the leader who counts', async () => {
  const { unionId } = await newUnion()
  const appraisalId = await withTenant(deps, systemActor('test', id('513221')), async (ctx) => {
    const row = await ctx.db
      .insertInto('organisation.appraisal')
      .values({
        ...{ tenant_id: ctx.tenantId, union_id: unionId, year: 2026, round: 1, group_size: 5 },
        ...{ members: 90, eligible: 90, participation: 8000, opened_on: '2026-11-10', closes_on: '2026-11-25' },
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  })
  expect(await stepsOf(unionId, 'officer')).toMatchObject([
    { key: 'unions.next.vote', due: '2026-11-25', mayAct: true, params: { year: 2026 } },
  ])
  setNow('2026-11-26T12:00:00+08:00')
  expect((await stepsOf(unionId, 'leader'))[0]).toMatchObject({
    key: 'unions.next.count',
    mayAct: true,
    to: `/organisation/appraisals/${appraisalId}/count`,
  })
  expect((await stepsOf(unionId, 'officer'))[0]).toMatchObject({ mayAct: false, waitsFor: { roles: ['leader'] } })
})

test('a rating waits at the union’s body, then at the one that grants it; a public notice waits for its last day alone', async () => {
  const { schemeId } = await withTenant(deps, aUser(id('5132'), 'leader'), (ctx) =>
    defineScheme(
      ctx,
      DefineScheme.parse({
        code: 'next_home',
        nameZh: '职工之家',
        nameEn: 'Home',
        track: 'home',
        validityMonths: 24,
        validFrom: '2020-01-01',
        items: [{ textZh: '组织建设', textEn: 'Organisation', maxScore: 100 }],
        levels: [{ nameZh: '合格', nameEn: 'Qualified', minScore: 60, grantedBy: 'city' }],
      }),
    ),
  )
  const place = async (state: PlacedState, more: { appeal?: string } = {}) => {
    const unionId = await aUnion(deps, id('513221'), `513221-77${++serial}`)
    const placed = { tenantId: id('513221'), grantorId: id('5132'), schemeId, unionId, state, ...more }
    return { unionId, ...(await aRating(deps, placed)) }
  }
  const says = async ({ unionId }: { unionId: number }, role: Role) => ({
    owner: acts(await stepsOf(unionId, role)),
    grantor: acts(await stepsOf(unionId, role, '5132')),
  })
  const at = (key: string, owner: boolean, grantor: boolean) => ({
    owner: [[`unions.next.${key}`, owner]],
    grantor: [[`unions.next.${key}`, grantor]],
  })
  expect(await says(await place('planned'), 'officer')).toEqual(at('assess', true, false))
  expect(await says(await place('self_assessed'), 'officer')).toEqual(at('recommend', true, false))
  expect(await says(await place('recommended'), 'reviewer')).toEqual(at('committee', false, true))
  expect(await says(await place('under_review'), 'reviewer')).toEqual(at('score', false, true))
  expect(await says(await place('published', { appeal: '打分有误' }), 'leader')).toEqual(at('answer', false, true))
  const published = await place('published')
  expect(await says(published, 'leader')).toEqual(at('notice', false, false))
  setNow('2026-12-02T12:00:00+08:00')
  expect(await says(published, 'leader')).toEqual(at('award', false, true))
  expect(await says(await place('awarded'), 'leader')).toEqual({ owner: [], grantor: [] })
})

test('a union in restructuring waits for the leader, until the last day for it', async () => {
  const { unionId, employer } = await newUnion()
  await county.officer((ctx) => restructureEmployer(ctx, { ...employer, on: '2026-10-08', reason: '并入新公司' }))
  expect(await stepsOf(unionId, 'leader')).toMatchObject([
    { key: 'unions.next.rebuild', mayAct: true, since: '2026-10-08', due: '2027-04-08' },
  ])
  expect((await stepsOf(unionId, 'officer'))[0]?.mayAct).toBe(false)
})
