import { mostFiles } from '@gonglian/files'
import { largestFile } from '@gonglian/tenancy'

type Bound = {
  /** Items of any array in an answer. */
  readonly atMost: number
  readonly because: string
}

const codes = { atMost: 40, because: 'kinds, states and roles that the program knows' }
const children = { atMost: 100, because: 'bodies directly below one body, and items beside them' }
const line = { atMost: 12, because: 'superiors of one body' }
const form = { atMost: 4000, because: 'items of one form' }
const person = { atMost: 200, because: 'records of one person or one session' }
const union = { atMost: 300, because: 'records of one union' }
const lists = { atMost: 300, because: 'items of one list or scheme' }
const plan = { atMost: 400, because: 'items of one plan, months of a year' }
const file = { atMost: largestFile, because: 'a file of one list, refused beyond this length' }
const colleagues = { atMost: 500, because: 'accounts of one body that may do something' }
const issued = { atMost: 500, because: 'what one body and its superiors issued' }

/**
 * Queries whose answers hold arrays and are not read a page at a time: what bounds each, whatever the number of bodies, unions and
 * members. A list that grows with them is paged.
 */
export const bounds: Readonly<Record<string, Bound>> = {
  'accounts.exportAccounts': { atMost: 100_000, because: 'a file of the own body’s accounts, cut at 100,000' },
  'accounts.readSignInRule': codes,
  'approvals.getApplication': union,
  'appraisals.listGroupCandidates': colleagues,
  'appraisals.readGroup': { atMost: 20, because: 'members of one working group; the input takes no more' },
  'audit.exportAudit': { atMost: 100_000, because: 'a file of the own trail, cut at a fixed number of lines' },
  'bodies.listLinks': line,
  'bodies.listReorganisations': { atMost: 200, because: 'of one body, cut at the newest 200' },
  'bodies.listSuperiors': line,
  'bodies.readFormerSelf': line,
  'bodies.readReorganisable': children,
  'bodies.readReorganisedTotals': form,
  'cadres.exportAttendance': { atMost: 5000, because: 'who was at one training; the input takes no more' },
  'cadres.exportOfficers': file,
  'cadres.exportUntrainedChairs': file,
  'cadres.getTraining': { atMost: 5000, because: 'who was at one training; the input takes no more' },
  'checklists.checkAcceptance': lists,
  'checklists.getChecklist': lists,
  'checklists.getLedger': lists,
  'congresses.getCongress': union,
  'congresses.exportDelegates': file,
  'desk.getDesk': issued,
  'employers.getEmployer': union,
  'records.readFile': file,
  'employers.rankRates': children,
  'employers.summariseGap': codes,
  'files.listRecordFiles': { atMost: mostFiles, because: 'files of one record; no more are attached' },
  'forms.getForm': form,
  'forms.getFormById': form,
  'forms.listForms': issued,
  'imports.exportImportProblems': file,
  'imports.getImportLayout': { atMost: 200, because: 'columns of one file; the reader leaves out further ones' },
  'imports.readFaultyRows': { atMost: 500, because: 'refused rows of one file, 500 to an answer' },
  'imports.readTemplate': codes,
  'indicators.getIndicator': codes,
  'leads.listFounders': union,
  'members.countMembersBelow': children,
  'members.exportOpenings': file,
  'members.findNextMemberSteps': person,
  'members.getMember': person,
  'members.listCards': person,
  'members.listOutgoing': { atMost: 500, because: 'destinations of the own members, cut at the 500 with most' },
  'overview.countListBelow': children,
  'overview.readOverview': {
    atMost: 100,
    because: 'bodies directly below, kinds of task with fifty lines each, months of a quarter',
  },
  'papers.readPaper': { atMost: 500, because: 'paragraphs and table rows of one paper' },
  'parameters.getParameter': codes,
  'parameters.listParameters': issued,
  'progress.getBoard': plan,
  'progress.getCell': plan,
  'progress.getHeat': plan,
  'progress.listStandings': issued,
  'progress.openBoard': plan,
  'queue.readQueue': { atMost: 200, because: 'the newest 200 jobs that failed' },
  'search.findRecords': { atMost: 200, because: 'twenty of each kind of record, and a domain has a few kinds' },
  'ratings.draftScheme': lists,
  'ratings.getRating': lists,
  'ratings.getScheme': lists,
  'ratings.listReviewers': colleagues,
  'ratings.readHomeRates': codes,
  'ratings.readPlanGrid': codes,
  'reports.getCellHistory': union,
  'reports.getReport': form,
  'reports.listMyReports': issued,
  'reports.listTimeliness': children,
  'reports.listVersions': union,
  'reviews.getReview': form,
  'reviews.listReviewWork': issued,
  'session.getSession': { atMost: 200, because: 'what the program lets roles do' },
  'session.listNotices': person,
  'session.listSessions': person,
  'targets.findItem': plan,
  'targets.getLetter': plan,
  'targets.getPlan': plan,
  'targets.getSplit': plan,
  'targets.listDuties': issued,
  'targets.listPlans': issued,
  'targets.readBasis': children,
  'targets.readSeasons': plan,
  'tasks.listChannels': codes,
  'tasks.listDigests': { atMost: 40, because: 'the messages of thirty days, and kinds of task in each' },
  'tasks.listTasks': { atMost: 60, because: 'kinds of task, and of each at most fifty lines' },
  'terms.getElection': union,
  'totals.readTotals': form,
  'transfers.exportTransfers': file,
  'unions.findNextUnionSteps': union,
  'unions.getUnion': union,
  'urges.listReceivedUrges': { atMost: 100, because: 'what the superiors of one body wait for, cut at the newest 100' },
}

/** Arrays inside the rows of what is paged, or beside them: by procedure and place. */
export const innerBounds: Readonly<Record<string, number>> = {
  'audit.listAudit.actions': 400,
  'audit.listAudit.actors': 1000,
  'unions.listMissingCompanions.rows[].missing': 10,
  'unions.listMissingCompanions.required': 10,
}

/** Lists that must be long on the multiplied records, with a question that leaves them long. */
export const longLists = [
  ['unions.listStaffing', {}],
  ['unions.listStaffing', { onlyGaps: true }],
  ['unions.listUnions', {}],
  ['unions.listApplications', {}],
  ['unions.listRestructurings', {}],
  ['demonstrations.listDemonstrations', {}],
  ['checklists.listChecklists', {}],
  ['ratings.listSchemes', {}],
  ['cadres.listQuotas', {}],
  ['trainings.listTrainings', { year: 2026 }],
  ['cadres.listVacancies', {}],
  ['cadres.listUntrainedChairs', {}],
] as const
