import { collectApprovals, declareApprovals } from '@gonglian/approvals'
import { performCommand } from '@gonglian/records'
import { countDays, gatherTasks, type WaitingRow } from '@gonglian/tasks'
import { systemActor, withTenant, type Role } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { ApplyMember, applyMember } from '../members/enrolment.ts'
import { assignLead, OpenLeads, openLeads, refuseLead } from '../census/leads.ts'
import { sendLetter } from '../letters/letters.ts'
import { aCountedAppraisal, aRating } from '../ratings/placed-ratings.ts'
import { restructureEmployer } from '../unions/restructurings.ts'
import { aMember, anIdNumber, aUnion } from '../members/sample-members.ts'
import { anApplication, anEmployer, anOffice, aFoundedUnion } from '../unions/sample-unions.ts'
import { DefineScheme, defineScheme } from '../ratings/schemes.ts'
import { AskExtension, askExtension, RecordTerm, recordTerm } from '../terms/terms.ts'
import { acceptTransfers, RequestTransfers, requestTransfers } from '../members/transfers.ts'
import { organisationApprovals } from '../approvals/index.ts'
import { organisationTasks } from './index.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = anOffice(deps, id('513221'))
const today = '2026-11-21'
beforeEach(() => setNow('2026-11-21T12:00:00+08:00'))
let serial = 0
const applicationTasks = declareApprovals(collectApprovals(organisationApprovals)).tasks

/** What waits for somebody, of one kind. */
async function waiting(code: string, role: Role, key: string, username?: string): Promise<readonly WaitingRow[]> {
  const actor = aUser(id(code), role)
  const kinds = await withTenant(deps, username === undefined ? actor : { ...actor, username }, (ctx) =>
    gatherTasks(ctx, organisationTasks),
  )
  return kinds.find((kind) => kind.key === `organisation.${key}`)?.rows ?? []
}
const titles = (rows: readonly WaitingRow[]) => rows.map(({ title }) => title?.zh)

async function newUnion(foundedOn = '2026-03-10') {
  const name = `待办单位${++serial}`
  const { employerId, version } = await anEmployer(county, name)
  const union = await aFoundedUnion(county, { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId }, { foundedOn })
  return { name: `${name}工会`, employerId, employerVersion: version, ...union }
}

test('an application waits for the leader who did not make it, by its working days, and for nobody else', async () => {
  const { employerId } = await anEmployer(county, '申请单位')
  const { applicationId } = await anApplication(
    county,
    { name: '申请单位工会', kind: 'BASIC_SINGLE', employerId },
    '2026-11-02',
  )
  const waits = async (code: string, role: Role, username?: string) => {
    const actor = aUser(id(code), role)
    const kinds = await withTenant(deps, username === undefined ? actor : { ...actor, username }, (ctx) =>
      gatherTasks(ctx, [...applicationTasks, ...organisationTasks]),
    )
    return kinds.flatMap(({ key, rows }) =>
      rows.filter(({ title }) => title?.zh === '申请单位工会').map((row) => ({ key, ...row })),
    )
  }
  const rows = await waits('513221', 'leader')
  expect(rows).toMatchObject([
    {
      key: 'approvals.decide',
      since: '2026-11-02',
      id: String(applicationId),
      to: `/approvals/${applicationId}`,
      urgency: 'later',
    },
  ])
  // Twenty working days, the weekends left out.
  expect(rows[0]?.due).toBe('2026-11-30')
  setNow('2026-12-05T12:00:00+08:00')
  expect((await waits('513221', 'leader'))[0]).toMatchObject({ urgency: 'overdue', daysLeft: -5 })
  expect(await waits('513221', 'leader', `officer-${id('513221')}`)).toEqual([])
  expect(await waits('513221', 'officer')).toEqual([])
  expect(await waits('513222', 'leader')).toEqual([])
  expect(await waits('5132', 'leader')).toEqual([])
})

test('terms wait ninety days before their end, the overdue first; the superior sees how many', async () => {
  const overdue = await newUnion('2020-01-10')
  const soon = await newUnion('2020-01-10')
  const late = await newUnion('2020-01-10')
  await withTenant(deps, systemActor('test', id('513221')), async (ctx) => {
    for (const [union, ends] of [
      [overdue, '2026-10-31'],
      [soon, '2027-02-19'],
      [late, '2027-02-20'],
    ] as const)
      await ctx.db
        .updateTable('organisation.term')
        .set({ ends_on: ends })
        .where('union_id', '=', union.unionId)
        .execute()
  })
  // What an election is under way for is on the list of elections.
  const begun = await newUnion('2020-01-10')
  await withTenant(deps, systemActor('test', id('513221')), (ctx) =>
    ctx.db
      .updateTable('organisation.term')
      .set({ ends_on: '2026-10-30', state: 'in_election' })
      .where('union_id', '=', begun.unionId)
      .execute(),
  )
  expect(countDays(today, '2027-02-19')).toBe(90)
  const rows = await waiting('513221', 'officer', 'terms')
  expect(titles(rows)).toEqual([overdue.name, soon.name])
  expect(rows[0]).toMatchObject({
    urgency: 'overdue',
    daysLeft: -21,
    notes: [{ key: 'unions.termOf.union_committee' }],
  })
  expect(await waiting('513222', 'officer', 'terms')).toEqual([])
  // The superior sees their rows, and has them on no desk of its own.
  expect(await waiting('5132', 'officer', 'terms')).toEqual([])
  const below = [
    {
      title: null,
      count: 3,
      due: '2026-10-30',
      notes: [{ key: 'tasks.overdueOf', params: { count: 2 } }],
      to: '/organisation/terms?terms.is.endsBy=2027-02-19',
    },
  ]
  expect(await waiting('5132', 'officer', 'termsBelow')).toMatchObject(below)
  expect(await waiting('00', 'reviewer', 'termsBelow')).toMatchObject(below)
  expect(await waiting('513221', 'officer', 'termsBelow')).toEqual([])
  expect(await waiting('320924', 'officer', 'termsBelow')).toEqual([])
})

test('an extension waits once, as an application, for the leader who did not ask for it', async () => {
  const { unionId, name } = await newUnion('2021-01-10')
  const { termId, version } = await county.officer((ctx) =>
    recordTerm(
      ctx,
      RecordTerm.parse({ unionId, body: 'audit_committee', number: 1, startsOn: '2024-01-10', years: 3 }),
    ),
  )
  await county.officer((ctx) =>
    askExtension(ctx, AskExtension.parse({ termId, version, to: '2027-03-10', reason: '筹备不足' })),
  )
  const seen = async (username?: string) => {
    const leader = aUser(id('513221'), 'leader')
    const kinds = await withTenant(deps, username === undefined ? leader : { ...leader, username }, (ctx) =>
      gatherTasks(ctx, [...applicationTasks, ...organisationTasks.filter(({ step }) => step === 'decide')]),
    )
    return kinds.flatMap(({ key, rows }) => rows.filter(({ title }) => title?.zh === name).map(() => key))
  }
  expect(await seen()).toEqual(['approvals.decide'])
  expect(await seen(`officer-${id('513221')}`)).toEqual([])
})

test('transfers wait at the receiver by pair of unions; the sender is warned a week before they lapse', async () => {
  const from = await aUnion(deps, id('513221'), '513221-9001')
  await aUnion(deps, id('320924'), '320924-9001')
  const asked: number[] = []
  for (const number of [9001, 9002]) {
    const { memberId } = await aMember(deps, id('513221'), { unionId: from, idNumber: anIdNumber(number) })
    asked.push(memberId)
  }
  await county.officer((ctx) =>
    requestTransfers(ctx, RequestTransfers.parse({ memberIds: asked, toUnion: '320924-9001', reason: '工作调动' })),
  )
  const [row] = await waiting('320924', 'officer', 'transfersIn')
  expect(row).toMatchObject({ title: { zh: '工会513221-9001 → 工会320924-9001' }, count: 2, since: today })
  expect(await waiting('513221', 'officer', 'transfersOut')).toEqual([])
  const lapse = row?.due ?? ''
  setNow(new Date(Date.parse(`${lapse}T12:00:00+08:00`) - 7 * 86_400_000).toISOString())
  expect(await waiting('513221', 'officer', 'transfersOut')).toMatchObject([{ count: 2, due: lapse, urgency: 'soon' }])
  await withTenant(deps, aUser(id('320924')), async (ctx) => {
    const open = await ctx.db.selectFrom('organisation.transfer').select(['id', 'version']).execute()
    await acceptTransfers(ctx, { transfers: open.map(({ id: transferId, version }) => ({ transferId, version })) })
  })
  expect(await waiting('320924', 'officer', 'transfersIn')).toEqual([])
  expect(await waiting('513221', 'officer', 'transfersOut')).toEqual([])
})

test('people who applied wait by union for who keeps members', async () => {
  const unionId = await aUnion(deps, id('513222'), '513222-9001')
  for (const number of [9101, 9102])
    await withTenant(deps, aUser(id('513222')), (ctx) =>
      applyMember(
        ctx,
        ApplyMember.parse({
          unionId,
          name: '张三丰',
          idNumber: anIdNumber(number),
          appliedOn: '2026-11-20',
          consent: { version: '2026', on: '2026-01-01', channel: 'paper' },
        }),
      ),
    )
  const rows = await waiting('513222', 'officer', 'memberships')
  expect(rows).toMatchObject([{ title: { zh: '工会513222-9001' }, count: 2, since: '2026-11-20' }])
  // The names of people stay in the register.
  expect(JSON.stringify(rows)).not.toContain('张三丰')
  expect(await waiting('513222', 'leader', 'memberships')).toEqual([])
  expect(await waiting('5132', 'officer', 'memberships')).toEqual([])
})

test('leads wait together until somebody was there, letters each until their answer', async () => {
  const employers: { employerId: number }[] = []
  for (const name of ['走访单位甲', '走访单位乙', '拒绝单位']) employers.push(await anEmployer(county, name))
  await county.officer((ctx) =>
    openLeads(ctx, OpenLeads.parse({ employerIds: employers.map((one) => one.employerId) })),
  )
  const leads = await county.officer((ctx) =>
    ctx.db.selectFrom('organisation.lead').select(['id', 'version', 'employer_id']).execute(),
  )
  const [first, , refused] = employers.map(({ employerId }) => leads.find((lead) => lead.employer_id === employerId))
  if (!first || !refused) throw new Error('no leads')
  await county.officer((ctx) =>
    assignLead(ctx, { leadId: first.id, version: first.version, assignedTo: '走访员', dueOn: '2026-11-10' }),
  )
  await county.officer((ctx) =>
    refuseLead(ctx, { leadId: refused.id, version: refused.version, on: today, reason: '单位不同意' }),
  )
  expect(await waiting('513221', 'officer', 'leads')).toMatchObject([
    { title: null, count: 2, due: '2026-11-10', urgency: 'overdue', notes: [{ params: { count: 1 } }] },
  ])
  const version = refused.version + 1
  await county.officer((ctx) =>
    performCommand(ctx, sendLetter, {
      leadId: refused.id,
      version,
      letterNo: '联函1号',
      departments: ['总工会', '人社局'],
      sentOn: today,
      dueOn: '2026-12-05',
    }),
  )
  expect(await waiting('513221', 'officer', 'letters')).toMatchObject([
    { title: { zh: '拒绝单位' }, due: '2026-12-05', to: `/organisation/census?lead=${refused.id}` },
  ])
  expect(await waiting('513222', 'officer', 'letters')).toEqual([])
})

test('a restructured employer’s union waits by its months, unions without companions together', async () => {
  const union = await newUnion()
  await county.officer((ctx) =>
    restructureEmployer(ctx, {
      employerId: union.employerId,
      version: union.employerVersion,
      on: '2026-06-01',
      reason: '改制重组',
    }),
  )
  const rows = await waiting('513221', 'officer', 'restructurings')
  expect(rows).toMatchObject([{ title: { zh: union.name }, since: '2026-06-01', due: '2026-12-01', urgency: 'later' }])
  const [companions] = await waiting('513221', 'officer', 'companions')
  const { rows: active } = await withTenant(deps, systemActor('test', id('513221')), (ctx) =>
    sql<{ count: number }>`select count(*) as count from organisation.trade_union
      where tenant_id = ${id('513221')} and state = 'active' and kind = 'BASIC_SINGLE'`.execute(ctx.db),
  )
  expect(companions).toMatchObject({ title: null, count: active[0]?.count })
})

test('ratings wait where they stand: for a committee, for scores, for the leader; appraisals until they are filed', async () => {
  const unionId = await aUnion(deps, id('513221'), '513221-9009')
  const { schemeId } = await withTenant(deps, aUser(id('00'), 'leader'), (ctx) =>
    defineScheme(
      ctx,
      DefineScheme.parse({
        code: 'desk_home',
        nameZh: '职工之家',
        nameEn: 'Home',
        track: 'home',
        validityMonths: 24,
        validFrom: '2020-01-01',
        items: [{ textZh: '组织建设', textEn: 'Organisation', maxScore: 100 }],
        levels: [{ nameZh: '合格', nameEn: 'Qualified', minScore: 60, grantedBy: 'county' }],
      }),
    ),
  )
  const other = async (code: string) => aUnion(deps, id('513221'), code)
  const placed = { tenantId: id('513221'), schemeId }
  await aRating(deps, { ...placed, unionId, state: 'recommended' })
  await aRating(deps, {
    ...placed,
    unionId: await other('513221-9010'),
    state: 'under_review',
    committee: ['甲', '乙', '丙'],
  })
  await aRating(deps, { ...placed, unionId: await other('513221-9011'), state: 'published' })
  await aRating(deps, {
    ...placed,
    unionId: await other('513221-9012'),
    state: 'published',
    appeal: '不同意这个评定结果',
  })
  expect(titles(await waiting('513221', 'reviewer', 'recommendations'))).toEqual(['工会513221-9009 · 职工之家'])
  expect(titles(await waiting('513221', 'reviewer', 'scores', '甲'))).toEqual(['工会513221-9010 · 职工之家'])
  expect(await waiting('513221', 'reviewer', 'scores', '丁')).toEqual([])
  expect(await waiting('513221', 'leader', 'awards')).toEqual([])
  expect(titles(await waiting('513221', 'leader', 'appeals'))).toEqual(['工会513221-9012 · 职工之家'])
  setNow('2026-12-02T12:00:00+08:00')
  expect(titles(await waiting('513221', 'leader', 'awards'))).toEqual(['工会513221-9011 · 职工之家'])
  expect(await waiting('513221', 'reviewer', 'awards')).toEqual([])

  await aCountedAppraisal(deps, { tenantId: id('513221'), unionId, state: 'closed' })
  expect(await waiting('513221', 'officer', 'appraisals')).toMatchObject([
    { title: { zh: '工会513221-9009' }, notes: [{ key: 'appraisals.state.closed' }], since: '2026-05-08', due: null },
  ])
})
