import { beforeAll, describe, expect, test } from 'vitest'
import { lastMonth } from './calendar.ts'
import { approveUnion } from './approved-union.ts'
import { nobody, signIn, type Person } from './person.ts'
import { entries } from './routes/entries.ts'
import { county, everyRole, form, type Fixture } from './routes/entry.ts'
import { listRoutes } from './routes/list.ts'

const routes = listRoutes()
let fixture: Fixture

beforeAll(async () => {
  const [leader, reviewer, officer] = await Promise.all([
    signIn(`${county}-leader`),
    signIn(`${county}-reviewer`),
    signIn(`${county}-officer`),
  ])
  const period = lastMonth()
  const plans = await leader.api.targets.listPlans.query({ year: Number(period.slice(0, 4)) })
  const plan = plans.find((one) => one.issuer.code === '51')
  if (plan === undefined) throw new Error('the province has issued no plan')
  const { aspects } = await leader.api.targets.getPlan.query({ planId: plan.id })
  const item = aspects.flatMap((aspect) => aspect.items).find((one) => one.method === 'sum')
  const { reports } = await reviewer.api.reviews.listReviewQueue.query({ period, state: 'submitted' })
  const [report] = reports
  if (item === undefined || report === undefined) throw new Error('the demonstration left no work')
  const { employerId } = await officer.api.employers.registerEmployer.mutate({ name: '汶川某厂' })
  const { unionId } = await officer.api.unions.draftUnion.mutate({
    name: '汶川某厂工会委员会',
    kind: 'BASIC_SINGLE',
    employerId,
  })
  const { listId } = await officer.api.lists.importListFile.mutate({
    source: 'tax',
    listVersion: '2026-06',
    name: '税务名录',
    asOf: '2026-06-30',
    content: Buffer.from('单位名称,职工人数\n汶川另一厂,40\n').toString('base64'),
  })
  fixture = {
    period,
    planId: plan.id,
    itemId: item.id,
    reportId: report.reportId,
    unionId,
    ...(await enrolMember(officer, leader)),
    importId: await beginImport(officer),
    listId,
    electionId: await askElection(officer),
    congressId: await planCongress(officer),
    trainingId: await planTraining(officer),
    ratingId: await planRating(leader),
    appraisalId: await openAppraisal(officer, unionId),
    applicationId: await askExtension(officer),
  }
})

/** An extension of a term of the county's own, which the city decides. */
async function askExtension(officer: Person): Promise<number> {
  const term = await officer.api.terms.recordTerm.mutate({
    unionId: null,
    body: 'congress',
    number: 90,
    startsOn: '2025-01-01',
    years: 5,
  })
  const asked = await officer.api.terms.askExtension.mutate({ ...term, to: '2030-03-01', reason: '工作需要' })
  return asked.applicationId
}

/** A congress of the county's own. */
async function planCongress(officer: Person): Promise<number> {
  const { congressId } = await officer.api.congresses.planCongress.mutate({
    unionId: null,
    kind: 'women',
    number: 7,
    plannedOn: '2026-12-20',
    delegatesPlanned: 30,
  })
  return congressId
}

async function planTraining(officer: Person): Promise<number> {
  const { trainingId } = await officer.api.trainings.planTraining.mutate({
    name: '汶川干部培训班',
    kind: 'class',
    topic: 'general',
    startsOn: '2026-10-01',
    endsOn: '2026-10-02',
    plannedPersons: 20,
  })
  return trainingId
}

/** An election of the county's own committees. */
async function askElection(officer: Person): Promise<number> {
  const { electionId } = await officer.api.terms.askElection.mutate({
    unionId: null,
    plannedOn: '2026-12-01',
    memberCount: 200,
    electorate: 'representatives',
    eligible: 60,
    termYears: 5,
    bodies: [
      { body: 'union_committee', seats: 1, candidates: [{ name: '候选人', isNearRelative: false }] },
      { body: 'audit_committee', seats: 1, candidates: [{ name: '候选人', isNearRelative: false }] },
      { body: 'women_committee', seats: 1, candidates: [{ name: '候选人', isNearRelative: false }] },
    ],
  })
  return electionId
}

/** An appraisal of a union, whose working group has no codes yet. */
async function openAppraisal(officer: Person, unionId: number): Promise<number> {
  const { appraisalId } = await officer.api.appraisals.openAppraisal.mutate({
    unionId,
    closesOn: '2026-12-31',
    group: ['officer', 'leader', 'reviewer'].map((name) => `${county}-${name}`),
    members: 20,
    eligible: 20,
  })
  return appraisalId
}

/** A rating of the county itself. */
async function planRating(leader: Person): Promise<number> {
  const { schemeId } = await leader.api.ratings.defineScheme.mutate({
    code: 'county_walk',
    nameZh: '示范县',
    nameEn: 'Model county',
    track: 'demonstration',
    subject: 'body',
    validityMonths: 36,
    validFrom: '2020-01-01',
    items: [{ textZh: '有计划', textEn: 'A plan', maxScore: 10 }],
    levels: [{ nameZh: '示范', nameEn: 'Model', minScore: 6, grantedBy: 'county' }],
  })
  const { planned } = await leader.api.ratings.planRatings.mutate({
    schemeId,
    year: 2026,
    rows: [{ unionId: null, quarter: 4, rank: 1 }],
  })
  const [rating] = planned
  if (rating === undefined) throw new Error('no rating was planned')
  return rating.ratingId
}

/** Somebody who has applied to an approved union of the county. */
async function enrolMember(officer: Person, leader: Person) {
  const { unionId } = await approveUnion(officer, leader, '汶川名册厂')
  const { memberId } = await officer.api.members.applyMember.mutate({ unionId, name: '某乙' })
  const paper = { path: 'unions.approval', id: unionId }
  await leader.api.papers.issuePaper.mutate(paper)
  const { seal } = await leader.api.papers.readPaper.query(paper)
  return { memberId, approvedId: unionId, paperToken: seal?.token ?? '' }
}

async function beginImport(officer: Person): Promise<number> {
  const content = Buffer.from('姓名,身份证号,入会日期,告知同意日期\n某人,1,,').toString('base64')
  const { id } = await officer.api.imports.startImport.mutate({ fileName: '名册.csv', content, consentVersion: '2026' })
  return id
}

/** The county and what lies under it: nobody outside may read these names. */
const ofTheCounty = /汶川|威州镇|513221-|51322110/
/** Of the townships beside the one that asks, and of the county's people. */
const besideTheChild = /水磨镇|映秀镇|绵虒镇|513221-(?!leader|reviewer)|51322110[1-9]/

async function askAll(person: Person, address: string) {
  const [path = '', query = ''] = address.split('?')
  const [page, data] = await Promise.all([
    person.ask(address),
    // What the browser's own navigation asks for.
    person.ask(`${path === '/' ? '/_root' : path}.data${query === '' ? '' : `?${query}`}`),
  ])
  return { page, text: page.text + data.text }
}

test('every address takes part, and nothing else does', () => {
  expect(Object.keys(entries).toSorted()).toEqual(routes)
})

describe.each(routes)('%s', (route) => {
  const entry = entries[route]
  if (entry === undefined) return

  test('nobody', async () => {
    const { page, text } = await askAll(nobody, entry.to(fixture))
    if (entry.nobody === undefined) {
      expect({ status: page.status, location: page.location }).toMatchObject({
        status: 302,
        location: expect.stringMatching(/^\/sign-in\?back=/),
      })
    } else expect(page.status).toBe(entry.nobody)
    // The door of the demonstration offers accounts by the names of their bodies.
    if (route !== '/sign-in' && entry.told === undefined) expect(ofTheCounty.exec(text)).toBeNull()
  })

  test('each role of the body', async () => {
    const statuses: Record<string, number> = {}
    for (const role of everyRole) {
      const page = await (await signIn(`${county}-${role}`)).ask(entry.to(fixture))
      statuses[role] = page.status
      if (page.status === 200 && entry.shows !== undefined) expect(page.text).toContain(entry.shows)
    }
    const expected = everyRole.map((role) => [
      role,
      entry.everybody ?? (entry.allowed.includes(role) ? (entry.answers ?? 200) : 403),
    ])
    expect(statuses).toEqual(Object.fromEntries(expected))
  })

  test('a body beside it', async () => {
    for (const role of ['leader', 'reviewer', 'auditor'] as const) {
      const { page, text } = await askAll(await signIn(`513222-${role}`), entry.to(fixture))
      const asks = [...entry.allowed, ...(entry.asking ?? [])].some((one) => one === role)
      expect(page.status, role).toBe(entry.everybody ?? (asks ? entry.sibling : 403))
      if (entry.told === undefined) expect(ofTheCounty.exec(text), role).toBeNull()
    }
  })

  test('a body below it', async () => {
    const { page, text } = await askAll(await signIn(`${county}100-officer`), entry.to(fixture))
    expect(page.status).toBe(entry.everybody ?? entry.child)
    expect(besideTheChild.exec(text)).toBeNull()
  })
})

test('the names that others must not read are there for the county to read', async () => {
  const { text } = await askAll(await signIn(`${county}-reviewer`), `/reports/missing/${form}/${fixture.period}`)
  expect(text).toMatch(ofTheCounty)
  const below = await askAll(await signIn(`${county}-reviewer`), `/bodies/${county}`)
  expect(below.text).toMatch(besideTheChild)
})
