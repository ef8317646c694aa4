import { performCommand } from '@gonglian/records'
import {
  AppendRows,
  FoundUnion,
  foundUnion,
  AskElection,
  AskExtension,
  CoverEmployers,
  DraftUnion,
  ImportList,
  OpenLeads,
  PlanCongress,
  ReportDelegates,
  SaveDelegateQuotas,
  SendInstructor,
  addGroup,
  applyAccreditation,
  appendRows,
  askElection,
  askExtension,
  coverEmployers,
  draftUnion,
  getElection,
  holdPoll,
  importList,
  issueDelegateQuotas,
  joinAssociation,
  listCoverage,
  ListDelegateQuotas,
  listDelegateQuotas,
  listLeads,
  listRows,
  listTerms,
  matchList,
  nameDemonstration,
  openCampaign,
  openLeads,
  planCongress,
  recordVisit,
  refuseLead,
  reportDelegates,
  restructureEmployer,
  saveDelegateQuotas,
  sendInstructor,
  sendLetter,
  settleUnion,
  ListCoverage,
  ListLeads,
  ListRows,
  ListTerms,
} from '@gonglian/organisation'
import {
  aCongress,
  aFoundedUnion,
  anAppliedDraft,
  anApplication,
  anEmployer,
  anOffice,
  approveInHouse,
  approveOwn,
  type Office,
} from '@gonglian/organisation/testing'
import type { Deps } from '@gonglian/tenancy'
import { idOf } from '@gonglian/tenancy/testing'

type Place = { version: number }

/** Stands in names of the county's employers, unions and congresses: superiors read it, neighbours and those below do not. */
export const unionMark = '标记单位寅'
/** Stands in names of those who prepare a union: the owner's alone. */
export const founderMark = '标记筹备卯'

const day = '2026-11-20'
const county = '513221'
const bodies = ['union_committee', 'audit_committee', 'women_committee'] as const

/** Each step of founding, renewing and ending, with something of the county waiting at it. */
export async function plantUnions(deps: Deps, ids: Map<string, number>) {
  const office = anOffice(deps, idOf(ids, county))
  const city = anOffice(deps, idOf(ids, '5132'))
  const township = anOffice(deps, idOf(ids, '513221100'))
  let serial = 0
  const employer = () => anEmployer(office, `${unionMark}${(serial += 1)}厂`)
  const draft = async () => {
    const { employerId } = await employer()
    return { name: `${unionMark}${serial}工会`, kind: 'BASIC_SINGLE' as const, employerId }
  }
  const founded = async () => aFoundedUnion(office, await draft(), { foundedOn: '2026-03-10', bodies })
  const lead = async () => {
    const { employerId } = await employer()
    await office.officer((ctx) => openLeads(ctx, OpenLeads.parse({ employerIds: [employerId] })))
    return employerId
  }
  const readLead = (employerId: number) =>
    office.officer(async (ctx) => {
      const { rows } = await listLeads(ctx, ListLeads.parse({ pageSize: 200 }))
      const row = rows.find((one) => one.employer_id === employerId)
      return { leadId: row?.id ?? 0, version: row?.version ?? 0 }
    })

  const free = await employer()
  const open = await lead()
  const contacted = await lead()
  await office.officer((ctx) =>
    performCommand(ctx, recordVisit, {
      place: 'employer',
      employerId: contacted,
      visitedOn: '2026-11-21',
      purpose: 'mobilise',
      visitors: 1,
    }),
  )
  const inContact = await readLead(contacted)
  await office.officer((ctx) =>
    sendInstructor(
      ctx,
      SendInstructor.parse({ leadId: inContact.leadId, name: founderMark, sentBy: '园区党工委', on: day }),
    ),
  )
  const refused = await lead()
  const refusing = await readLead(refused)
  await office.officer((ctx) => refuseLead(ctx, { ...refusing, on: '2026-11-21', reason: '不同意' }))
  const refusedLead = await readLead(refused)
  const letter = await office.officer((ctx) =>
    performCommand(ctx, sendLetter, {
      ...refusedLead,
      letterNo: '联函1号',
      departments: ['组织部'],
      sentOn: '2026-11-21',
      dueOn: '2026-12-21',
    }),
  )

  const rows = [{ name: `${unionMark}1厂` }]
  const take = (listVersion: string) =>
    office.officer((ctx) =>
      importList(ctx, ImportList.parse({ source: 'tax', listVersion, name: '名录', asOf: day, rows })),
    )
  const openList = await take('待匹配')
  const doubtful = await take('已匹配')
  await anEmployer(office, `${unionMark}(1)厂`)
  await office.officer((ctx) => appendRows(ctx, AppendRows.parse({ ...doubtful, rows: [{ name: `${unionMark}2厂` }] })))
  await office.officer((ctx) => matchList(ctx, { listId: doubtful.listId, version: doubtful.version + 1 }))
  const ambiguous = await office.officer((ctx) =>
    listRows(ctx, ListRows.parse({ listId: doubtful.listId, outcome: 'ambiguous' })),
  )

  const campaign = await office.officer((ctx) =>
    performCommand(ctx, openCampaign, { name: '建会行动月', startsOn: '2026-11-01', endsOn: '2026-11-30' }),
  )

  const drafted = await office.officer(async (ctx) => draftUnion(ctx, DraftUnion.parse(await draft())))
  const applied = await anApplication(office, await draft(), day)
  const approving = await anApplication(office, await draft(), day)
  const approved = await approveOwn(office, approving, day)
  const active = await founded()
  const group = await office.officer((ctx) =>
    addGroup(ctx, { unionId: active.unionId, name: '一车间分会', on: day, headcount: 0, femaleHeadcount: 0 }),
  )
  const demonstration = await office.leader((ctx) =>
    performCommand(ctx, nameDemonstration, { unionId: active.unionId, title: '示范点', partyBranch: '', on: day }),
  )
  const { unionId: accreditedId, version: foundedVersion } = await founded()
  const registering = await office.officer((ctx) =>
    applyAccreditation(ctx, { unionId: accreditedId, version: foundedVersion, files: [] }),
  )
  await approveInHouse(office, registering.applicationId)
  const ending = await founded()
  for (const subject of ['property', 'funds'] as const)
    await office.officer((ctx) =>
      settleUnion(ctx, {
        unionId: ending.unionId,
        subject,
        amountFen: 0,
        receiver: '县总工会',
        documentNo: '1',
        on: day,
      }),
    )
  const changing = await draft()
  const unsettled = await aFoundedUnion(office, changing, { foundedOn: '2026-03-10' })
  const restructured = await office.officer((ctx) =>
    restructureEmployer(ctx, { employerId: changing.employerId, version: 1, on: day, reason: '改制' }),
  )
  for (const subject of ['property', 'funds'] as const)
    await office.officer((ctx) =>
      settleUnion(ctx, {
        unionId: unsettled.unionId,
        subject,
        amountFen: 0,
        receiver: '县总工会',
        documentNo: '1',
        on: day,
      }),
    )

  const joint = await office.officer((ctx) =>
    draftUnion(ctx, DraftUnion.parse({ name: `${unionMark}联合工会`, kind: 'BASIC_JOINT' })),
  )
  await office.officer((ctx) =>
    coverEmployers(
      ctx,
      CoverEmployers.parse({ unionId: joint.unionId, employerIds: [open], mode: 'joint', from: '2026-11-01' }),
    ),
  )
  const coverage = await office.officer((ctx) => listCoverage(ctx, ListCoverage.parse({ unionId: joint.unionId })))
  const associated = await office.officer((ctx) =>
    draftUnion(ctx, DraftUnion.parse({ name: `${unionMark}行业联合会`, kind: 'UNION_ASSOC_INDUSTRY' })),
  )
  await office.officer((ctx) =>
    coverEmployers(
      ctx,
      CoverEmployers.parse({
        unionId: associated.unionId,
        employerIds: [open],
        mode: 'association',
        from: '2026-11-01',
      }),
    ),
  )
  const association = await foundDrafted(office, associated)
  await office.officer((ctx) =>
    joinAssociation(ctx, { associationId: association, unionId: active.unionId, on: '2026-11-20' }),
  )

  const slate = (unionId: number) =>
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
    })
  const ask = async () => {
    const { unionId } = await founded()
    return office.officer((ctx) => askElection(ctx, slate(unionId)))
  }
  const allow = async ({ electionId, version, applicationId }: Awaited<ReturnType<typeof ask>>) => {
    await approveInHouse(office, applicationId)
    return { electionId, version: version + 1 }
  }
  const asked = await ask()
  const allowed = await allow(await ask())
  const votesOf = (electionId: number) =>
    office.officer(async (ctx) =>
      (await getElection(ctx, electionId)).bodies.flatMap((body) =>
        body.candidates.map((one) => ({ candidateId: one.id, votes: one.name === '四' ? 10 : 60 })),
      ),
    )
  const votes = await votesOf(allowed.electionId)
  const holding = await allow(await ask())
  const heldVotes = await votesOf(holding.electionId)
  const held = await office.officer((ctx) => holdPoll(ctx, { ...holding, heldOn: day, present: 85, votes: heldVotes }))

  const terms = await office.officer((ctx) => listTerms(ctx, ListTerms.parse({ unionId: active.unionId })))
  const [first, second] = terms.rows
  const extension = await office.officer((ctx) =>
    askExtension(
      ctx,
      AskExtension.parse({ termId: second?.id, version: second?.version, to: '2031-04-10', reason: '工作需要' }),
    ),
  )

  const plan = (who: typeof office, number: number) =>
    who.officer((ctx) =>
      planCongress(
        ctx,
        PlanCongress.parse({ unionId: null, kind: 'union', number, plannedOn: '2026-12-20', delegatesPlanned: 30 }),
      ),
    )
  const send = async (from: typeof office, number: number, receiver: string, issue = true) => {
    const congress = await plan(from, number)
    const saved = await from.officer((ctx) =>
      saveDelegateQuotas(
        ctx,
        SaveDelegateQuotas.parse({
          ...congress,
          dueOn: '2026-12-01',
          quotas: [{ receiverId: idOf(ids, receiver), quota: 1 }],
        }),
      ),
    )
    if (issue) await from.leader((ctx) => issueDelegateQuotas(ctx, { ...congress, version: saved.version }))
    const {
      rows: [quota],
    } = await from.officer((ctx) =>
      listDelegateQuotas(ctx, ListDelegateQuotas.parse({ congressId: congress.congressId })),
    )
    return {
      congressId: congress.congressId,
      version: saved.version,
      quotaId: quota?.id ?? 0,
      quotaVersion: quota?.version ?? 0,
    }
  }
  const congress = await plan(office, 4)
  const prepared = await send(office, 5, '513221100', false)
  const received = await send(city, 6, county)
  const sent = await send(office, 7, '513221100')
  const delegates = [{ name: '当选代表甲', gender: 'female', votes: 60 }]
  const report = { electedOn: day, eligible: 90, present: 80, delegates }
  const reported = await township.leader((ctx) =>
    reportDelegates(ctx, ReportDelegates.parse({ quotaId: sent.quotaId, version: sent.quotaVersion, ...report })),
  )

  return {
    free,
    openEmployer: open,
    changingEmployer: { employerId: changing.employerId, version: restructured.version },
    lead: await readLead(open),
    contacted: inContact,
    refused: refusedLead,
    letterId: letter.letterId,
    list: { listId: openList.listId, version: openList.version },
    matchedListId: doubtful.listId,
    ambiguousRowId: ambiguous.rows[0]?.id ?? 0,
    campaign,
    drafted,
    applied,
    approved: { unionId: approving.unionId, version: approved.version },
    accreditedId,
    active: { unionId: active.unionId, version: active.version },
    group: { unionId: group.unionId, version: group.version },
    demonstrationId: demonstration.demonstrationId,
    ending: { unionId: ending.unionId, version: ending.version },
    restructuring: { unionId: unsettled.unionId, version: unsettled.version + 1 },
    jointId: joint.unionId,
    coverageId: coverage.rows[0]?.id ?? 0,
    association,
    asked,
    allowed,
    votes,
    held: { electionId: holding.electionId, version: held.version },
    term: { termId: first?.id ?? 0, version: first?.version ?? 0 },
    extension: { termId: second?.id ?? 0, version: extension.version },
    slate: slate(ending.unionId),
    congress,
    prepared,
    received,
    sent: { congressId: sent.congressId, quotaId: sent.quotaId, version: reported.version },
    report,
  }
}
export type UnionsFixture = Awaited<ReturnType<typeof plantUnions>>

async function foundDrafted(office: Office, drafted: { unionId: number } & Place): Promise<number> {
  const { unionId, version } = await approveOwn(office, await anAppliedDraft(office.on(day), drafted), day)
  await office.officer((ctx) => foundUnion(ctx, FoundUnion.parse({ unionId, version, on: day, congress: aCongress() })))
  return unionId
}
