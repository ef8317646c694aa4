import { performCommand, readList } from '@gonglian/records'
import fc from 'fast-check'
import { DomainError, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { approveInHouse, decisions } from '../approvals/sample-approvals.ts'
import { applyAccreditation } from './accreditation.ts'
import { ApplyUnion, ListApplications, applyUnion, listApplications } from './applications.ts'
import { ListAssociation, joinAssociation, listAssociation } from './associations.ts'
import { ListMissingCompanions, formCompanion, listMissingCompanions } from '../coverage/companions.ts'
import { CoverEmployers, countCoverage, coverEmployers } from '../coverage/coverage.ts'
import { demonstrationView } from '../demonstrations/demonstration.ts'
import { listDemonstrations, nameDemonstration } from '../demonstrations/demonstrations.ts'
import { MergeUnion, RevokeUnion, SettleUnion, findObstacles, mergeUnion, revokeUnion, settleUnion } from './endings.ts'
import { FoundUnion, foundUnion } from './foundings.ts'
import { AddGroup, addGroup, endGroup } from './groups.ts'
import { setLimit } from '../limits.ts'
import { ListRestructurings, listRestructurings, rebuildUnion, restructureEmployer } from './restructurings.ts'
import {
  aCongress,
  aCreditCode,
  aFoundedUnion,
  aSlate,
  anAppliedDraft,
  anApplication,
  anEmployer,
  anOffice,
  approveOwn,
  papers,
} from './sample-unions.ts'
import { aMember, anIdNumber } from '../members/sample-members.ts'
import { ListStaffing, listStaffing } from '../cadres/staffing.ts'
import { listSteps } from '../steps.ts'
import { DraftUnion, draftUnion } from './union-drafts.ts'
import { askExtension } from '../terms/terms.ts'
import { unionMoves } from './union-states.ts'
import { ListUnions, getUnion, listUnions } from './unions.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = anOffice(deps, id('513221'))
const day = '2026-03-02'
let serial = 0
/** No application has this number. */
const nothing = 987_654_321
const aDraft = async (more: Partial<Parameters<typeof anApplication>[1]> = {}) => {
  const name = `单位${++serial}公司`
  const { employerId } = await anEmployer(county, name)
  return { name: `${name}工会`, kind: 'BASIC_SINGLE' as const, employerId, ...more }
}
type Applied = Awaited<ReturnType<typeof anApplication>>
const approve = (applied: Applied) => approveOwn(county, applied, day)
const approveAs = (who: typeof county.leader, { applicationId }: { applicationId: number }, version = 1) =>
  who((ctx) => performCommand(ctx, decisions.approveApplication, { applicationId, version }))
const sendBack = ({ applicationId }: { applicationId: number }, version = 1, office = county.on(day)) =>
  office.leader((ctx) =>
    performCommand(ctx, decisions.returnApplication, { applicationId, version, reason: '名单不全' }),
  )
const settle = async (unionId: number) => {
  for (const subject of ['property', 'funds'] as const)
    await county.officer((ctx) =>
      settleUnion(
        ctx,
        SettleUnion.parse({
          unionId,
          subject,
          amountFen: 0,
          receiver: '汶川县总工会',
          documentNo: '决1',
          on: '2026-10-01',
        }),
      ),
    )
}
const revoke = (union: { unionId: number; version: number }) =>
  county.leader((ctx) =>
    revokeUnion(ctx, RevokeUnion.parse({ ...union, on: '2026-10-01', reason: '注销', documentNo: '报1' })),
  )

describe('applying and deciding', () => {
  test('ORG-03 no approval, no number; whoever applied does not decide; the number is area code and serial', async () => {
    const applied = await anApplication(county, await aDraft())
    expect((await county.officer((ctx) => getUnion(ctx, applied.unionId))).union.code).toBeNull()
    await expect(
      county.officer((ctx) => foundUnion(ctx, FoundUnion.parse({ ...applied, on: day, congress: aCongress() }))),
    ).rejects.toMatchObject({
      key: 'organisation.union.move',
    })
    await expect(approveAs(county.officer, applied)).rejects.toMatchObject({ code: 'forbidden' })
    const own = await county.leader(async (ctx) => {
      const draft = await draftUnion(ctx, DraftUnion.parse(await aDraft()))
      return applyUnion(ctx, ApplyUnion.parse({ ...draft, members: 90, papers, congress: aSlate() }))
    })
    await expect(approveAs(county.leader, own)).rejects.toMatchObject({
      code: 'forbidden',
      key: 'approvals.fourEyes',
    })
    const first = await approve(applied)
    expect(first.code).toMatch(/^513221-\d{5}-[2-9A-HJ-NP-Z]{4}$/)
    const second = await approve(await anApplication(county, await aDraft()))
    expect(Number(second.code.slice(7, 12))).toBe(Number(first.code.slice(7, 12)) + 1)
    // The signs behind the serial are drawn, so that the next number is not known from this one.
    expect(second.code.slice(13)).not.toBe(first.code.slice(13))
    expect(first.approvalNo).toMatch(/^汶川县工复〔2026〕\d+号$/)
  })

  test('a returned application comes again, and waits twenty working days (appendix A)', async () => {
    const applied = await anApplication(county, await aDraft(), '2026-09-28')
    const [waiting] = (await county.officer((ctx) => listApplications(ctx, ListApplications.parse({})))).rows.filter(
      (one) => one.unionId === applied.unionId,
    )
    expect(waiting?.dueOn).toBe('2026-10-28')
    expect(waiting?.isOverdue).toBe(true)
    await sendBack(applied, 1, county.on('2026-10-08'))
    const steps = await county.officer((ctx) => listSteps(ctx, 'union', applied.unionId))
    expect(steps.map((step) => step.to)).toEqual(['preparatory', 'applied', 'preparatory'])
    expect(steps.at(-1)?.reason).toBe('名单不全')
    const { union } = await county.officer((ctx) => getUnion(ctx, applied.unionId))
    expect(union).toMatchObject({ code: null, applied_on: null })
    const again = await anAppliedDraft(county, { unionId: applied.unionId, version: union.version })
    expect(again.applicationId).toBe(applied.applicationId)
    await approveInHouse(county, again.applicationId, 3)
    expect((await county.officer((ctx) => getUnion(ctx, applied.unionId))).union.state).toBe('approved')
  })

  test('ORG-01 an organiser alone is for fewer than 25, ORG-05 no near relatives, no paper missing', async () => {
    const draft = await county.officer(async (ctx) =>
      draftUnion(ctx, DraftUnion.parse(await aDraft({ kind: 'ORGANISER_ONLY' }))),
    )
    const congress = aSlate(['union_committee'], 24)
    const apply = (more: object) =>
      county
        .on(day)
        .officer((ctx) => applyUnion(ctx, ApplyUnion.parse({ ...draft, members: 24, papers, congress, ...more })))
    await expect(apply({ members: 25 })).rejects.toMatchObject({
      key: 'organisation.union.needsCommittee',
      params: { least: 25 },
    })
    const near = congress.bodies.map((body) => ({
      ...body,
      candidates: body.candidates.map((one, index) => ({ ...one, isNearRelative: index === 1 })),
    }))
    await expect(apply({ congress: { ...congress, bodies: near } })).rejects.toMatchObject({
      key: 'organisation.nearRelative',
      fields: [{ path: 'bodies.0.candidates.1.isNearRelative' }],
    })
    await expect(apply({ congress: null })).rejects.toMatchObject({ key: 'organisation.union.noCandidates' })
    await expect(apply({ congress: aSlate(['women_committee'], 24) })).rejects.toMatchObject({
      key: 'organisation.union.congress',
    })
    // ORG-15, ORG-17: what the congress could not elect is not applied for.
    await expect(apply({ congress: aSlate(['union_committee'], 90) })).rejects.toMatchObject({
      key: 'organisation.election.allMembers',
    })
    const few = congress.bodies.map((body) => ({ ...body, candidates: body.candidates.slice(0, 3) }))
    await expect(apply({ congress: { ...congress, bodies: few } })).rejects.toMatchObject({
      key: 'organisation.election.fewCandidates',
    })
    await expect(apply({ papers: { ...papers, memberList: false } })).rejects.toMatchObject({
      fields: [{ path: 'papers.memberList' }],
    })
    await expect(apply({})).resolves.toMatchObject({ dueOn: '2026-03-30' })
  })

  test('5.5 a name is one union’s while it lives, and the area lies under the body’s', async () => {
    const draft = await aDraft()
    await anApplication(county, draft)
    await expect(
      anApplication(county, { ...draft, name: draft.name.replace('公司', '（公司）') }),
    ).rejects.toMatchObject({
      key: 'organisation.union.nameTaken',
    })
    await expect(anApplication(county, await aDraft({ areaCode: '320924' }))).rejects.toMatchObject({
      key: 'organisation.union.area',
    })
  })

  test('ORG-17 no founding without two thirds and a majority of all', async () => {
    const three = ['union_committee', 'audit_committee', 'women_committee'] as const
    const applied = await anApplication(county, await aDraft(), day, three)
    const approved = await approve(applied)
    const found = (congress: object) =>
      county.officer((ctx) =>
        foundUnion(ctx, FoundUnion.parse({ unionId: applied.unionId, version: approved.version, on: day, congress })),
      )
    await expect(found(aCongress(three, { present: 59, votes: [50, 50, 50, 50] }))).rejects.toMatchObject({
      key: 'organisation.election.noQuorum',
    })
    await expect(found(aCongress(three, { votes: [45, 45, 45, 45] }))).rejects.toMatchObject({
      key: 'organisation.election.nobody',
    })
    // Who stands was said in the application: nobody is added or left out.
    const { votes } = aCongress(three)
    await expect(found({ present: 80, votes: votes.slice(1) })).rejects.toMatchObject({
      key: 'organisation.election.uncounted',
    })
    const { results } = await found(aCongress(three))
    expect(results.map((one) => one.elected.length)).toEqual([3, 3, 3])
    const view = await county.officer((ctx) => getUnion(ctx, applied.unionId))
    expect(view.union).toMatchObject({ state: 'active', founded_on: day })
    expect(view.terms.map((term) => [term.body, term.startsOn, term.endsOn])).toEqual(
      ['audit_committee', 'union_committee', 'women_committee'].map((body) => [body, day, '2031-03-02']),
    )
  })
})

describe('kinds', () => {
  test('M012 a project union has an end, a place, and is closed in order', async () => {
    await expect(anApplication(county, await aDraft({ kind: 'BASIC_PROJECT' }))).rejects.toMatchObject({
      key: 'organisation.union.projectEnd',
    })
    const project = await aFoundedUnion(county, {
      name: '都汶高速项目部工会',
      kind: 'BASIC_PROJECT',
      areaCode: '513221100',
      expectedEndOn: '2026-10-01',
    })
    const ending = await county.officer((ctx) => listUnions(ctx, ListUnions.parse({ endingBy: '2026-12-31' })))
    expect(ending.rows.map((row) => row.id)).toEqual([project.unionId])
    await expect(revoke(project)).rejects.toMatchObject({ key: 'organisation.end.property' })
    await settle(project.unionId)
    await revoke(project)
    expect((await county.officer((ctx) => getUnion(ctx, project.unionId))).union).toMatchObject({
      state: 'revoked',
      ended_on: '2026-10-01',
    })
  })

  test('M014 M094 M146 covered units are counted apart from unions and once each, also under two roofs', async () => {
    // The county has entrusted its townships with foundings.
    await anOffice(deps, id('320924')).leader((ctx) =>
      setLimit(ctx, {
        key: 'organisation.township_founds',
        value: true,
        validFrom: '2026-01-01',
        source: '县总工会委托书',
      }),
    )
    const office = anOffice(deps, id('320924100'))
    const shops = await Promise.all(['店一', '店二', '店三', '店四'].map((name) => anEmployer(office, `合德${name}`)))
    const ids = shops.map((shop) => shop.employerId)
    const joint = await office.officer((ctx) =>
      draftUnion(ctx, DraftUnion.parse({ name: '个体工商联合工会', kind: 'BASIC_JOINT' })),
    )
    const cover = (unionId: number, employerIds: number[], mode: string) =>
      office.officer((ctx) => coverEmployers(ctx, CoverEmployers.parse({ unionId, employerIds, mode, from: day })))
    const applyJoint = () => anAppliedDraft(office.on(day), joint)
    await cover(joint.unionId, ids.slice(0, 1), 'joint')
    await expect(applyJoint()).rejects.toMatchObject({ key: 'organisation.union.fewUnits', params: { least: 2 } })
    await cover(joint.unionId, ids.slice(0, 3), 'joint')
    const applied = await applyJoint()
    const found = async (request: Applied) => {
      const { unionId, version } = await approveOwn(office, request, day)
      await office.officer((ctx) =>
        foundUnion(ctx, FoundUnion.parse({ unionId, version, on: day, congress: aCongress() })),
      )
    }
    await found(applied)
    const single = await aFoundedUnion(
      office,
      { name: '店四工会', kind: 'BASIC_SINGLE', employerId: ids[3] ?? 0 },
      { foundedOn: day },
    )
    const draft = await office.officer((ctx) =>
      draftUnion(ctx, DraftUnion.parse({ name: '合德镇商贸行业工会联合会', kind: 'UNION_ASSOC_INDUSTRY' })),
    )
    await cover(draft.unionId, ids, 'association')
    await found(await anAppliedDraft(office.on(day), draft))
    await office.officer((ctx) =>
      joinAssociation(ctx, { associationId: draft.unionId, unionId: single.unionId, on: day }),
    )
    expect(
      await office.officer((ctx) => listAssociation(ctx, ListAssociation.parse({ associationId: draft.unionId }))),
    ).toMatchObject({ rows: [{ unionId: single.unionId }] })
    const counted = {
      // Basic ones, as in reports; the association stands beside them.
      unions: 2,
      jointUnions: 1,
      associations: 1,
      units: 4,
      ownUnits: 1,
      jointUnits: 3,
      associationUnits: 4,
      secondCovered: 4,
      custodyUnits: 0,
    }
    expect(await office.officer((ctx) => countCoverage(ctx, {}))).toEqual(counted)
    expect(await withTenant(deps, aUser(id('320924')), (ctx) => countCoverage(ctx, {}))).toEqual(counted)
    expect(await office.officer((ctx) => countCoverage(ctx, { on: '2026-03-01' }))).toMatchObject({
      unions: 0,
      units: 0,
    })
    // One basic union for each employer; who founds its own leaves the joint one.
    await expect(cover(joint.unionId, ids.slice(3), 'joint')).rejects.toMatchObject({
      key: 'organisation.coverage.takenCount',
    })
    await aFoundedUnion(office, { name: '店一工会', kind: 'BASIC_SINGLE', employerId: ids[0] ?? 0 })
    expect(await office.officer((ctx) => countCoverage(ctx, {}))).toMatchObject({
      unions: 3,
      units: 4,
      ownUnits: 2,
      jointUnits: 2,
    })
  })

  test('a group is the union’s own affair and never counts as a union', async () => {
    const union = await aFoundedUnion(county, await aDraft())
    const before = (await county.officer((ctx) => countCoverage(ctx, {}))).unions
    const group = await county.officer((ctx) =>
      addGroup(ctx, AddGroup.parse({ unionId: union.unionId, name: '一车间职工小家', on: '2026-04-01' })),
    )
    expect(group.code).toBe(`${union.code}-G01`)
    expect((await county.officer((ctx) => countCoverage(ctx, {}))).unions).toBe(before)
    const list = (more: object) =>
      county.officer((ctx) => listUnions(ctx, ListUnions.parse({ pageSize: 200, ...more })))
    expect((await list({})).rows.map((row) => row.id)).not.toContain(group.unionId)
    expect((await list({ parentUnionId: union.unionId })).rows.map((row) => row.id)).toEqual([group.unionId])
    await settle(union.unionId)
    const employer = await county.officer((ctx) => getUnion(ctx, union.unionId))
    await county.officer((ctx) =>
      restructureEmployer(ctx, {
        employerId: employer.union.employer_id ?? 0,
        version: 1,
        on: '2026-05-01',
        reason: '改制',
      }),
    )
    const version = union.version + 1
    await expect(revoke({ ...union, version })).rejects.toMatchObject({ key: 'organisation.end.groups' })
    await county.officer((ctx) => endGroup(ctx, { ...group, on: '2026-06-01', reason: '合并车间' }))
    await expect(revoke({ ...union, version })).resolves.toBeDefined()
  })

  test('M092 the staffing of townships against the template', async () => {
    const ask = { onlyGaps: true }
    const { rows: lines, total } = await withTenant(deps, aUser(id('513221')), (ctx) =>
      listStaffing(ctx, ListStaffing.parse(ask)),
    )
    expect(total).toBe(3)
    expect(lines.map((line) => line.bodyId).toSorted()).toEqual(
      ['513221100', '513221101', '513221102'].map(id).toSorted(),
    )
    expect(lines[0]?.short).toEqual({ chairs: 1, fullTimeVices: 1, partTimeVices: 1, institutionPosts: 1 })
    await county.leader((ctx) =>
      setLimit(ctx, {
        key: 'organisation.township_staff',
        value: { chairs: 0, fullTimeVices: 0, partTimeVices: 0, institutionPosts: 0 },
        validFrom: '2026-01-01',
        source: '县编办',
      }),
    )
    expect(await county.officer((ctx) => listStaffing(ctx, ListStaffing.parse(ask)))).toEqual({ rows: [], total: 0 })
  })

  test('six companion bodies: what is missing, by the list of the place', async () => {
    const union = await aFoundedUnion(county, await aDraft(), {
      bodies: ['union_committee', 'audit_committee', 'women_committee'],
    })
    const missing = async () =>
      (
        await county.officer((ctx) => listMissingCompanions(ctx, ListMissingCompanions.parse({ pageSize: 200 })))
      ).rows.find((row) => row.unionId === union.unionId)?.missing
    expect(await missing()).toEqual(['dispute_mediation', 'labour_protection', 'staff_congress'])
    for (const kind of ['dispute_mediation', 'labour_protection'] as const)
      await county.officer((ctx) => formCompanion(ctx, { unionId: union.unionId, kind, on: '2026-04-01' }))
    expect(await missing()).toEqual(['staff_congress'])
  })

  test('M079 units of building party and union together; ORG-20 legal persons', async () => {
    const union = await aFoundedUnion(county, await aDraft({ hasPartyOrganisation: true }))
    await county.leader((ctx) =>
      performCommand(ctx, nameDemonstration, {
        unionId: union.unionId,
        title: '四统筹一创争示范点',
        partyBranch: '第一支部',
        on: '2026-05-01',
      }),
    )
    expect(
      await county.officer((ctx) => readList(ctx, listDemonstrations, demonstrationView.input.parse({}))),
    ).toMatchObject({
      rows: [{ unionId: union.unionId, title: '四统筹一创争示范点' }],
    })
    const { unionId, version } = union
    const { applicationId } = await county.officer((ctx) => applyAccreditation(ctx, { unionId, version, files: [] }))
    await expect(approveAs(county.officer, { applicationId })).rejects.toMatchObject({ code: 'forbidden' })
    const paperNo = await approveInHouse(county, applicationId)
    await expect(
      county.officer((ctx) => applyAccreditation(ctx, { unionId, version: version + 1, files: [] })),
    ).rejects.toMatchObject({ key: 'organisation.union.accredited' })
    const legal = await county.officer((ctx) => listUnions(ctx, ListUnions.parse({ legalPerson: true })))
    expect(legal.rows.map((row) => [row.id, row.legalPersonNo])).toEqual([[union.unionId, paperNo]])
  })
})

describe('the union as its page shows it', () => {
  test('who keeps it, and no term that was only asked to last longer', async () => {
    const applied = await anApplication(county, await aDraft())
    const view = await county.officer((ctx) => getUnion(ctx, applied.unionId))
    const [waiting] = (await county.officer((ctx) => listApplications(ctx, ListApplications.parse({})))).rows.filter(
      (one) => one.unionId === applied.unionId,
    )
    expect(view.bodyName).toBe(waiting?.bodyName)
    const union = await aFoundedUnion(county, await aDraft())
    const [term] = (await county.officer((ctx) => getUnion(ctx, union.unionId))).terms
    await county.officer((ctx) =>
      askExtension(ctx, {
        termId: term?.id ?? 0,
        version: term?.version ?? 0,
        to: '2031-05-01',
        reason: '换届推迟',
        files: [],
      }),
    )
    const after = await county.officer((ctx) => getUnion(ctx, union.unionId))
    expect(after.terms[0]?.extendedTo).toBeNull()
  })

  test('its committee, its ratings, and to its own body alone how many members it has', async () => {
    const { unionId } = await aFoundedUnion(county, await aDraft())
    await aMember(deps, id('513221'), { unionId, idNumber: anIdNumber(90_001) })
    const view = await county.officer((ctx) => getUnion(ctx, unionId))
    expect(view.officers.map(({ name, post }) => [name, post])).toEqual(
      ['甲', '乙', '丙'].map((one) => [`候选人${one}`, 'committee_member']),
    )
    expect(view).toMatchObject({ members: 1, ratings: [], appraisals: [] })
    const above = await withTenant(deps, aUser(id('5132')), (ctx) => getUnion(ctx, unionId))
    expect(above).toMatchObject({ members: null, applications: [] })
    expect(above.officers).toHaveLength(3)
  })

  test('nobody to cover is said beside the employers', async () => {
    const { unionId } = await aFoundedUnion(county, await aDraft())
    const input = CoverEmployers.parse({ unionId, employerIds: [], mode: 'custody', from: '2026-05-01' })
    await expect(county.officer((ctx) => coverEmployers(ctx, input))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'employerIds', key: 'organisation.coverage.nobody' }],
    })
  })
})

describe('M008 restructuring', () => {
  test('M008 a restructured employer: no member is lost', async () => {
    const office = anOffice(deps, id('5132'))
    const old = await anEmployer(office, '老国营厂', { ownership: 'state' })
    const next = await anEmployer(office, '新股份公司')
    const union = await aFoundedUnion(office, {
      name: '老国营厂工会',
      kind: 'BASIC_SINGLE',
      employerId: old.employerId,
    })
    const member = await aMember(deps, id('5132'), {
      unionId: union.unionId,
      idNumber: anIdNumber(7),
      joinedOn: '2026-04-01',
    })
    const { unionIds } = await office.officer((ctx) =>
      restructureEmployer(ctx, { ...old, on: '2026-06-01', reason: '改制' }),
    )
    expect(unionIds).toEqual([union.unionId])
    const version = union.version + 1
    const end = () =>
      office.leader((ctx) =>
        revokeUnion(
          ctx,
          RevokeUnion.parse({ unionId: union.unionId, version, on: '2026-07-01', reason: '改制', documentNo: '1' }),
        ),
      )
    for (const subject of ['property', 'funds'] as const)
      await office.officer((ctx) =>
        settleUnion(
          ctx,
          SettleUnion.parse({
            unionId: union.unionId,
            subject,
            amountFen: 100,
            receiver: '州总工会',
            documentNo: '2',
            on: '2026-06-10',
          }),
        ),
      )
    await expect(end()).rejects.toMatchObject({ key: 'organisation.end.members', params: { count: 1 } })
    expect(
      (await office.officer((ctx) => listRestructurings(ctx, ListRestructurings.parse({})))).rows.map((one) => [
        one.unionId,
        one.left.members,
      ]),
    ).toEqual([[union.unionId, 1]])
    // The day of the restructuring counts, not the day on which somebody typed it.
    expect(await office.officer((ctx) => listRestructurings(ctx, ListRestructurings.parse({})))).toMatchObject({
      rows: [{ since: '2026-06-01', dueOn: '2026-12-01', left: { property: false, funds: false, groups: 0 } }],
    })
    await office.leader((ctx) =>
      setLimit(ctx, { key: 'organisation.rebuild_months', value: 1, validFrom: '2026-01-01', source: '州总工会' }),
    )
    expect(await office.officer((ctx) => listRestructurings(ctx, ListRestructurings.parse({})))).toMatchObject({
      rows: [{ dueOn: '2026-07-01', isOverdue: true }],
    })
    // Superiors see that it waits; how many members are left is the owner's to know.
    expect(
      await withTenant(deps, aUser(id('51')), (ctx) => listRestructurings(ctx, ListRestructurings.parse({}))),
    ).toMatchObject({ rows: [{ unionId: union.unionId, left: { members: null } }] })
    expect(await withTenant(deps, aUser(id('51')), (ctx) => findObstacles(ctx, union.unionId))).toMatchObject({
      members: null,
    })
    await office.leader((ctx) =>
      rebuildUnion(ctx, {
        unionId: union.unionId,
        version,
        employerId: next.employerId,
        on: '2026-06-20',
        reason: '重建',
      }),
    )
    const view = await office.officer((ctx) => getUnion(ctx, union.unionId))
    expect(view.union).toMatchObject({ state: 'active', code: union.code, employer_id: next.employerId })
    const kept = await office.officer((ctx) =>
      ctx.db
        .selectFrom('organisation.member')
        .select(['union_id', 'state'])
        .where('id', '=', member.memberId)
        .execute(),
    )
    expect(kept).toEqual([{ union_id: union.unionId, state: 'active' }])
  })

  test('ORG-04 a living employer’s union is not revoked at will; merging takes units along', async () => {
    const single = await aFoundedUnion(county, await aDraft())
    await settle(single.unionId)
    await expect(revoke(single)).rejects.toMatchObject({ key: 'organisation.end.employerLives' })
    const joint = await county.officer((ctx) =>
      draftUnion(ctx, DraftUnion.parse({ name: '威州联合工会', kind: 'BASIC_JOINT' })),
    )
    const shops = await Promise.all(['甲', '乙'].map((name) => anEmployer(county, `威州${name}店`)))
    await county.officer((ctx) =>
      coverEmployers(
        ctx,
        CoverEmployers.parse({
          unionId: joint.unionId,
          employerIds: shops.map((shop) => shop.employerId),
          mode: 'joint',
          from: day,
        }),
      ),
    )
    const approved = await approve(await anAppliedDraft(county.on(day), joint))
    await county.officer((ctx) =>
      foundUnion(
        ctx,
        FoundUnion.parse({ unionId: joint.unionId, version: approved.version, on: day, congress: aCongress() }),
      ),
    )
    const before = await county.officer((ctx) => countCoverage(ctx, {}))
    const merge = (intoId: number) =>
      county.leader((ctx) =>
        mergeUnion(ctx, MergeUnion.parse({ ...single, intoId, on: '2026-10-01', reason: '并入', documentNo: '1' })),
      )
    await expect(merge(single.unionId)).rejects.toMatchObject({ key: 'organisation.end.into' })
    await merge(joint.unionId)
    const after = await county.officer((ctx) => countCoverage(ctx, {}))
    expect(after).toMatchObject({ unions: before.unions - 1, units: before.units, jointUnits: before.jointUnits + 1 })
    expect((await county.officer((ctx) => getUnion(ctx, single.unionId))).union).toMatchObject({
      state: 'merged',
      merged_into_id: joint.unionId,
    })
  })
})

test('no sequence of acts reaches a state by a way that is not foreseen, or goes round the second pair of eyes', async () => {
  const acts = [
    'apply',
    'approveByOfficer',
    'approve',
    'return',
    'found',
    'restructure',
    'rebuild',
    'settle',
    'revoke',
  ] as const
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 3, maxLength: 12 }), async (sequence) => {
      const draft = await aDraft()
      const { unionId } = await county.officer((ctx) => draftUnion(ctx, DraftUnion.parse(draft)))
      const there = county.on(day)
      for (const act of sequence) {
        const { union, applications } = await county.officer((ctx) => getUnion(ctx, unionId))
        const at = { unionId, version: union.version }
        const applicationId = applications[0]?.applicationId ?? nothing
        const seen = await there.officer((ctx) =>
          ctx.db
            .selectFrom('approvals.application')
            .select('version')
            .where('id', '=', applicationId)
            .executeTakeFirst(),
        )
        const open = { applicationId, version: seen?.version ?? 1 }
        const employer = await county.officer((ctx) =>
          ctx.db
            .selectFrom('organisation.employer')
            .select(['id', 'version'])
            .where('id', '=', draft.employerId ?? 0)
            .executeTakeFirstOrThrow(),
        )
        const run = {
          apply: async () => void (await anAppliedDraft(there, at)),
          approveByOfficer: async () => void (await approveAs(there.officer, open, open.version)),
          approve: async () => void (await approveAs(there.leader, open, open.version)),
          return: async () => void (await sendBack(open, open.version)),
          found: () =>
            county.officer((ctx) => foundUnion(ctx, FoundUnion.parse({ ...at, on: day, congress: aCongress() }))),
          restructure: () =>
            county.officer((ctx) =>
              restructureEmployer(ctx, { employerId: employer.id, version: employer.version, on: day, reason: '改制' }),
            ),
          rebuild: () =>
            county.leader((ctx) => rebuildUnion(ctx, { ...at, employerId: employer.id, on: day, reason: '重建' })),
          settle: () => settle(unionId),
          revoke: () => revoke(at),
        }[act]
        await run().catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error
        })
      }
      const { union, steps } = await county.officer((ctx) => getUnion(ctx, unionId))
      let state: string = ''
      for (const step of steps) {
        expect(step.from).toBe(state)
        const next: readonly string[] =
          state === '' ? ['preparatory'] : (Object.entries(unionMoves).find(([from]) => from === state)?.[1] ?? [])
        expect(next).toContain(step.to)
        if (step.to === 'approved') expect(step.actor).not.toBe(union.proposed_by)
        // Only a leader rebuilds; nothing is founded twice.
        if (step.to === 'active') expect(step.reason === '重建').toBe(state === 'restructuring')
        state = step.to
      }
      expect(union.state).toBe(state)
      if (union.founded_on !== null) expect(steps.some((step) => step.to === 'approved')).toBe(true)
      if (union.state === 'revoked' && union.founded_on !== null)
        expect(await county.officer((ctx) => findObstacles(ctx, unionId))).toEqual({
          members: 0,
          property: false,
          funds: false,
          groups: 0,
        })
    }),
    {
      numRuns: 25,
      examples: [
        // Founded again while it was being rebuilt; rebuilt before it was founded.
        [['apply', 'approve', 'found', 'restructure', 'found']],
        [['apply', 'approve', 'rebuild', 'found']],
      ],
    },
  )
})

test('who may see: superiors read, neighbours and those below do not; numbers are one register’s', async () => {
  const union = await aFoundedUnion(county, await aDraft())
  const see = (code: string) => withTenant(deps, aUser(id(code)), (ctx) => getUnion(ctx, union.unionId))
  await expect(see('5132')).resolves.toBeDefined()
  for (const code of ['513222', '513221100', '32']) await expect(see(code)).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    withTenant(deps, aUser(id('5132'), 'leader'), (ctx) =>
      applyAccreditation(ctx, { unionId: union.unionId, version: union.version, files: [] }),
    ),
  ).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('two who act at the same moment: one name, one employer by its code, and two numbers for two approvals', async () => {
  const draft = await aDraft()
  const settled = async (work: Promise<unknown>[]) =>
    (await Promise.allSettled(work))
      .map((one) => (one.status === 'fulfilled' ? 'ok' : String(one.reason.key)))
      .toSorted()
  const drafts = [0, 1].map(() => county.officer((ctx) => draftUnion(ctx, DraftUnion.parse(draft))))
  expect(await settled(drafts)).toEqual(['ok', 'organisation.union.nameTaken'])
  const coded = ['甲', '乙'].map((name) =>
    anEmployer(county, `同码${name}公司`, { creditCode: aCreditCode(9_000_001) }),
  )
  expect(await settled(coded)).toEqual(['ok', 'organisation.employer.codeTaken'])
  const [one, two] = [await anApplication(county, await aDraft()), await anApplication(county, await aDraft())]
  const codes = (await Promise.all([approve(one), approve(two)])).map((approved) => approved.code)
  expect(new Set(codes).size).toBe(2)
  const third = await anApplication(county, await aDraft())
  expect(await settled([1, 2].map(() => approveAs(county.on(day).leader, third)))).toEqual(['errors.conflict', 'ok'])
})
