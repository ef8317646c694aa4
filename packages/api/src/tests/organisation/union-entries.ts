import { aCongress, aSlate } from '@gonglian/organisation/testing'
import { business, hidden, theirs, type Entries, type Entry } from '../entry.ts'
import type { Fixture } from '../fixture.ts'
import { founderMark, unionMark, type UnionsFixture } from './unions.ts'

const today = '2026-11-21'
const writers = ['officer', 'leader'] as const
const leaders = ['leader'] as const
type Input = (unions: UnionsFixture, fixture: Fixture) => unknown
const aim = (input: Input) => (fixture: Fixture) => input(fixture.unions, fixture)

/** A list that everybody has of their own. */
const list = (input: object = {}, shows?: string): Entry => ({
  input: () => input,
  allowed: business,
  ...theirs,
  ...(shows === undefined ? {} : { shows }),
})
/** A list of what belongs to something of the county: others get an empty one. */
const part = (input: Input, shows?: string): Entry => ({
  input: aim(input),
  allowed: business,
  ...theirs,
  ...(shows === undefined ? {} : { shows }),
})
/** One thing of the county, which superiors read as well. */
const one = (input: Input, shows?: string): Entry => ({
  input: aim(input),
  allowed: business,
  sibling: 'not_found',
  child: 'not_found',
  superior: 'ok',
  ...(shows === undefined ? {} : { shows }),
})
/** An act on something of the county. */
const act = (input: Input): Entry => ({ input: aim(input), allowed: writers, ...hidden })
const decide = (input: Input): Entry => ({ input: aim(input), allowed: leaders, ...hidden })
/** An act that everybody does in their own register. */
const own = (input: object): Entry => ({ input: () => input, allowed: writers, ...theirs })

const reason = '理由充分'
const listFile = Buffer.from('单位名称,职工人数\n某企业,30\n').toString('base64')

/** Employers, lists, leads, unions, terms and congresses. */
export const organisationUnions: Entries = {
  'employers.listEmployers': list({ pageSize: 200 }, unionMark),
  'employers.getEmployer': one((u) => ({ employerId: u.free.employerId })),
  'employers.summariseGap': list(),
  'employers.rankRates': list({ source: 'tax', listVersion: '已匹配' }),
  'employers.registerEmployer': own({ name: '新登记企业' }),
  'employers.changeEmployer': act((u) => ({ ...u.free, name: '改名企业' })),
  'employers.closeEmployer': act((u) => ({ ...u.free, status: 'suspended', on: today, reason })),
  'employers.restructureEmployer': act((u) => ({ ...u.free, on: today, reason })),

  'lists.listLists': list(),
  'lists.listRows': part((u) => ({ listId: u.matchedListId }), unionMark),
  'lists.importListFile': own({
    source: 'other',
    listVersion: '新文件',
    name: '新名录',
    asOf: today,
    content: listFile,
  }),
  'lists.appendListFile': act((u) => ({ ...u.list, content: listFile })),
  'lists.matchList': act((u) => u.list),
  'lists.handDownList': act((u) => ({ ...u.list, to: 'township' })),
  'lists.decideRow': act((u) => ({ rowId: u.ambiguousRowId, decision: { kind: 'other' } })),

  'leads.listLeads': list({ pageSize: 200 }, unionMark),
  'leads.openLeads': own({ headcountFrom: 2_000_000 }),
  'leads.assignLead': act((u) => ({ ...u.lead, assignedTo: '组织部' })),
  'leads.refuseLead': act((u) => ({ ...u.lead, on: today, reason })),
  'leads.endLead': act((u) => ({ ...u.lead, to: 'exempt', on: today, reason })),
  'leads.sendInstructor': act((u) => ({ leadId: u.contacted.leadId, name: '指导员', sentBy: '党工委', on: today })),
  'leads.formGroup': act((u) => ({ ...u.contacted, on: today, leader: { name: '组长' }, members: [] })),
  'leads.listFounders': part((u) => ({ leadId: u.contacted.leadId }), founderMark),

  'unions.listUnions': list({ pageSize: 200 }, unionMark),
  'unions.getUnion': one((u) => ({ unionId: u.active.unionId }), unionMark),
  'unions.findNextUnionSteps': one((u) => ({ unionId: u.drafted.unionId }), 'unions.next.apply'),
  'unions.draftUnion': own({ name: '新筹备工委', kind: 'WORK_COMMITTEE' }),
  'unions.changeUnion': act((u) => ({ ...u.drafted, name: '改名工委', kind: 'WORK_COMMITTEE' })),
  'unions.applyUnion': act((u) => ({
    ...u.drafted,
    members: 90,
    papers: { form: true, memberList: true, candidateList: true },
    congress: aSlate(),
  })),
  'unions.listApplications': list({}, unionMark),
  'unions.foundUnion': act((u) => ({ ...u.approved, on: today, congress: aCongress() })),
  'unions.addGroup': act((u) => ({ unionId: u.active.unionId, name: '二车间分会', on: today })),
  'unions.endGroup': act((u) => ({ ...u.group, on: today, reason })),
  'unions.settleUnion': act((u) => ({
    unionId: u.active.unionId,
    subject: 'funds',
    amountFen: 0,
    receiver: '县总工会',
    documentNo: '1',
    on: today,
  })),
  'unions.findObstacles': one((u) => ({ unionId: u.active.unionId })),
  'unions.revokeUnion': decide((u) => ({ ...u.restructuring, on: today, reason, documentNo: '1' })),
  'unions.mergeUnion': decide((u) => ({ ...u.ending, intoId: u.active.unionId, on: today, reason, documentNo: '1' })),
  'unions.rebuildUnion': decide((u) => ({
    ...u.restructuring,
    employerId: u.changingEmployer.employerId,
    on: today,
    reason,
  })),
  'unions.listRestructurings': list({}, unionMark),
  'unions.listStaffing': list(),
  'unions.formCompanion': act((u) => ({ unionId: u.active.unionId, kind: 'staff_congress', on: today })),
  'unions.endCompanion': act((u) => ({ unionId: u.active.unionId, kind: 'audit_committee', on: today })),
  'unions.listMissingCompanions': list({ pageSize: 200 }, unionMark),

  'coverage.listCoverage': list({ pageSize: 200 }, unionMark),
  'coverage.countCoverage': list(),
  'coverage.coverEmployers': act((u) => ({
    unionId: u.jointId,
    employerIds: [u.free.employerId],
    mode: 'joint',
    from: today,
  })),
  'coverage.endCoverage': act((u) => ({ coverageId: u.coverageId, on: today })),
  'coverage.joinAssociation': act((u) => ({ associationId: u.association, unionId: u.ending.unionId, on: today })),
  'coverage.leaveAssociation': act((u) => ({ associationId: u.association, unionId: u.active.unionId, on: today })),
  'coverage.listAssociation': part((u) => ({ associationId: u.association }), unionMark),

  'terms.listTerms': list({ pageSize: 200 }, unionMark),
  'terms.recordTerm': own({ unionId: null, body: 'congress', number: 1, startsOn: '2025-01-01', years: 5 }),
  'terms.askExtension': act((u) => ({ ...u.term, to: '2031-04-10', reason })),
  'terms.listElections': list({}, unionMark),
  'terms.getElection': one((u) => ({ electionId: u.asked.electionId })),
  'terms.askElection': act((u) => u.slate),
  'terms.withdrawElection': act((u) => ({ ...u.asked, reason })),
  'terms.holdPoll': act((u) => ({ ...u.allowed, heldOn: today, present: 85, votes: u.votes })),
  'terms.applyResult': act((u) => u.held),
  'terms.failElection': act((u) => ({ ...u.allowed, reason })),

  'congresses.listCongresses': list(),
  'congresses.getCongress': one((u) => ({ congressId: u.congress.congressId })),
  'congresses.planCongress': own({
    unionId: null,
    kind: 'women',
    number: 9,
    plannedOn: '2026-12-01',
    delegatesPlanned: 30,
  }),
  'congresses.holdCongress': act((u) => ({ ...u.congress, from: today, to: today, delegatesPresent: 25 })),
  'congresses.cancelCongress': decide((u) => ({ ...u.congress, reason })),
  'congresses.listDelegateQuotas': list(),
  'congresses.saveDelegateQuotas': act((u, { ids }) => ({
    congressId: u.prepared.congressId,
    version: u.prepared.version,
    dueOn: '2026-12-10',
    quotas: [{ receiverId: ids.get('513221100'), quota: 2 }],
  })),
  'congresses.issueDelegateQuotas': decide((u) => ({ congressId: u.prepared.congressId, version: u.prepared.version })),
  'congresses.listDelegates': part((u) => ({ quotaId: u.sent.quotaId }), '当选代表甲'),
  'congresses.exportDelegates': part((u) => ({ congressId: u.sent.congressId }), '当选代表甲'),
  'congresses.reportDelegates': decide((u) => ({
    quotaId: u.received.quotaId,
    version: u.received.quotaVersion,
    ...u.report,
  })),
  'congresses.decideDelegates': decide((u) => ({ ...u.sent, decision: { kind: 'confirm' } })),
}
