import type { Locator } from 'playwright-core'
import pg from 'pg'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { MessageKey } from '@gonglian/ui/messages'
import { approveUnion, type ApprovedUnion } from './approved-union.ts'
import { download } from './download.ts'
import { choose, findColleague, findField, finish, openDialog, pickColleagues, readFault } from './fields.ts'
import { press, see } from './hand.ts'
import { nobody, signIn, type Person } from './person.ts'
import { sendPaper } from './sent-files.ts'
import { addRow, findCell } from './rows.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { say, zh } from './words.ts'

const county = '513232'
const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear()
/** Of this size alone: lists and schemes of these stories hold for no union of another test. */
const headcount = 7300

let officer: Person
let leader: Person
let reviewer: Person
let third: Person
let union: ApprovedUnion
let schemeId = 0
let ratingId = 0

beforeAll(async () => {
  const secadmin = await signIn(`${county}-secadmin`)
  // A committee has three members, and the demonstration gives a county two who review.
  await secadmin.api.accounts.grantRole.mutate({ username: `${county}-finance`, role: 'reviewer' })
  ;[officer, leader, reviewer, third] = await Promise.all([
    signIn(`${county}-officer`),
    signIn(`${county}-leader`),
    signIn(`${county}-reviewer`),
    signIn(`${county}-finance`),
  ])
  union = await approveUnion(officer, leader, '若尔盖花湖文旅集团', headcount)
})

const namesOf = (people: readonly Person[]) => people.map(({ username }) => username)
const pageOf = () => `/organisation/ratings/${ratingId}`
const readRating = () => officer.api.ratings.getRating.query({ ratingId })

describe('a scheme', () => {
  test('the leader writes it; what does not fit is told with the row it stands in', async () => {
    const page = await openScreen(leader, '/organisation/schemes/new')
    await expectAccessible(page)
    await findField(page, 'checklists.nameZh').fill('草原职工之家')
    await findField(page, 'schemes.noticeDays').fill('1')
    await findField(page, 'audience.minHeadcount').fill('7000')
    await findField(page, 'audience.maxHeadcount').fill('7999')
    for (const [index, [name, score]] of [
      ['组织健全', '50'],
      ['会员满意', '50'],
      ['弄虚作假', '5'],
    ].entries()) {
      if (index > 0) await addRow(page, 'schemes.items')
      await findCell(page, 'schemes.items', 'schemes.item.zh', index + 1).fill(name ?? '')
      await findCell(page, 'schemes.items', 'ratings.most', index + 1).fill(score ?? '')
    }
    await findCell(page, 'schemes.items', 'schemes.evidence', 1).selectOption('document')
    await findCell(page, 'schemes.items', 'ratings.vetoItem', 3).check()
    await findCell(page, 'schemes.levels', 'schemes.level.zh', 1).fill('合格之家')
    await findCell(page, 'schemes.levels', 'schemes.level.score', 1).fill('60')
    await findCell(page, 'schemes.levels', 'schemes.level.grantedBy', 1).selectOption('county')
    await findCell(page, 'schemes.levels', 'schemes.level.countsAs', 1).selectOption('qualified')
    await addRow(page, 'schemes.levels')
    await findCell(page, 'schemes.levels', 'schemes.level.zh', 2).fill('模范之家')
    await findCell(page, 'schemes.levels', 'schemes.level.score', 2).fill('200')
    await findCell(page, 'schemes.levels', 'schemes.level.countsAs', 2).selectOption('model')
    await findCell(page, 'schemes.conditions', 'schemes.condition.level', 1).fill('9')
    await findCell(page, 'schemes.conditions', 'schemes.condition.minSatisfaction', 1).fill('80')
    await press(page, 'schemes.submit')
    await see(page, zh('acts.row.wrong', { row: 1, message: zh('schemes.condition.stray') }))
    await findCell(page, 'schemes.conditions', 'schemes.condition.level', 1).fill('2')
    expectComplaint(/status of 400/)
    await press(page, 'schemes.submit')
    await see(page, zh('acts.row.wrong', { row: 3, message: zh('organisation.vetoScore') }))
    await see(page, zh('acts.row.wrong', { row: 2, message: zh('errors.inputLarge', { limit: 105 }) }))
    await expectAccessible(page)
    await findCell(page, 'schemes.items', 'ratings.most', 3).fill('')
    await findCell(page, 'schemes.levels', 'schemes.level.score', 2).fill('90')
    await press(page, 'schemes.submit')
    await page.waitForURL(/ratings\?scheme=\d+/)
    await page.locator('option:checked', { hasText: '草原职工之家' }).waitFor({ state: 'attached' })
    schemeId = Number(/scheme=(\d+)/.exec(page.url())?.[1])
    expect(await leader.api.ratings.getScheme.query({ schemeId })).toMatchObject({
      nameZh: '草原职工之家',
      nameEn: '草原职工之家',
      noticeDays: 1,
      needsAppraisal: true,
      items: [{ maxScore: 50, evidenceKind: 'document' }, { maxScore: 50 }, { maxScore: 0, isVeto: true }],
      levels: [
        { nameZh: '合格之家', minScore: 60, needsRank: 0, minSatisfaction: null },
        { nameZh: '模范之家', minScore: 90, needsRank: 1, minSatisfaction: 8000 },
      ],
    })
    await expectAccessible(page)
  })

  test('the next edition begins with the one before, and not on a day that is taken', async () => {
    const page = await openScreen(leader, `/organisation/ratings?scheme=${schemeId}`)
    await page.getByText(zh('ratings.details'), { exact: true }).click()
    await page.getByRole('link', { name: zh('schemes.next'), exact: true }).click()
    await page.waitForURL(/schemes\/new\?before=/)
    expect(await findCell(page, 'schemes.levels', 'schemes.level.zh', 2).inputValue()).toBe('模范之家')
    expect(await findCell(page, 'schemes.conditions', 'schemes.condition.minSatisfaction', 1).inputValue()).toBe('80')
    expectComplaint(/status of 409/)
    await press(page, 'schemes.submit')
    await page.getByRole('alert').first().waitFor()
    await findField(page, 'checklists.validFrom').fill(`${year + 1}-01-01`)
    await press(page, 'schemes.submit')
    await page.waitForURL(/ratings\?scheme=\d+/)
    const coming = zh('checklists.coming', { day: `${year + 1}-01-01` })
    await page.locator('option', { hasText: coming }).waitFor({ state: 'attached' })
    const phone = await openScreen(leader, '/organisation/schemes/new', { size: 'phone', locale: 'en' })
    await phone.getByText(say('en', 'schemes.define')).first().waitFor()
    await expectAccessible(phone)
    const clerk = await officer.ask('/organisation/schemes/new')
    expect(clerk.status).toBe(403)
  })
})

describe('a union on its way to a title', () => {
  const scores = async (dialog: Locator, values: readonly (readonly [number, string])[]) => {
    const { scheme } = await readRating()
    for (const [position, value] of values) {
      const item = scheme.items.find((one) => one.position === position)
      await dialog.getByLabel(`${position}. ${item?.textZh}`, { exact: true }).fill(value)
    }
  }
  const refused = async (act: MessageKey, dialog: Locator, said: string) => {
    await press(dialog, act)
    await see(dialog, said)
    await press(dialog, 'pages.cancel')
    await dialog.waitFor({ state: 'hidden' })
  }

  test('planned for too much, it scores itself with a file, and is told that nobody skips a step', async () => {
    const page = await openScreen(officer, `/organisation/ratings?scheme=${schemeId}`)
    const plan = await openDialog(page, 'ratings.plan')
    await expectAccessible(page)
    await choose(plan, 'registers.union', union.name)
    await findField(plan, 'ratings.level').selectOption('2')
    await finish(plan, 'ratings.plan')
    await page.getByRole('link', { name: union.name }).first().click()
    await page.waitForURL(/\/ratings\/\d+/)
    ratingId = Number(/\/ratings\/(\d+)/.exec(page.url())?.[1])
    await expectAccessible(page)

    const assess = await openDialog(page, 'ratings.selfAssess')
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    await scores(assess, [
      [1, '51'],
      [2, '45'],
    ])
    await press(assess, 'ratings.selfAssess')
    await see(assess, zh('errors.inputLarge', { limit: 50 }))
    await scores(assess, [[1, '50']])
    await press(assess, 'ratings.selfAssess')
    await see(assess, zh('organisation.evidenceMissing'))
    await assess.getByLabel(zh('ratings.evidence', { position: 1 })).setInputFiles({
      name: '组织.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4 组织'),
    })
    await finish(assess, 'ratings.selfAssess')
    await see(page, zh('ratings.state.self_assessed'))

    expectComplaint(/status of 409/)
    const recommend = await openDialog(page, 'ratings.recommend')
    await findField(recommend, 'ratings.recommendation').fill('材料齐全，同意推荐')
    await refused('ratings.recommend', recommend, zh('organisation.stepSkipped', { needed: 1, held: 0 }))
    const replan = await openDialog(page, 'ratings.replan')
    await findField(replan, 'ratings.level').selectOption('1')
    await finish(replan, 'ratings.replan')
    await see(page, zh('ratings.state.planned'))

    // What was scored and stored stands in the form again.
    const again = await openDialog(page, 'ratings.selfAssess')
    const kept = again.getByLabel('1. 组织健全', { exact: true })
    expect(await kept.inputValue()).toBe('50')
    await finish(again, 'ratings.selfAssess')
    await see(page, zh('ratings.state.self_assessed'))
    const unheld = await openDialog(page, 'ratings.recommend')
    await findField(unheld, 'ratings.recommendation').fill('材料齐全，同意推荐')
    await refused('ratings.recommend', unheld, zh('organisation.notAppraised'))
    expect(await readRating()).toMatchObject({ state: 'self_assessed', selfTotal: 95, targetRank: 1 })
  })

  test('appraised by its members it is recommended; withdrawn meanwhile, it is not taken into review', async () => {
    const { appraisalId } = await officer.api.appraisals.openAppraisal.mutate({
      unionId: union.unionId,
      closesOn: `${year}-12-31`,
      group: [officer, leader, reviewer].map(({ username }) => username ?? ''),
      members: 6,
      eligible: 6,
    })
    const groupCodes: string[] = []
    for (const person of [officer, leader, reviewer]) {
      const { code } = await person.api.appraisals.drawGroupCode.mutate({ appraisalId })
      await person.api.appraisals.keepGroupCode.mutate({ appraisalId, code })
      groupCodes.push(code)
    }
    const { orderId } = await officer.api.appraisals.issueSlips.mutate({ appraisalId, count: 6 })
    const { codes } = await leader.api.appraisals.printSlips.mutate({ orderId })
    for (const code of codes) await nobody.api.appraisals.castBallot.mutate({ code, choice: 'satisfied' })
    await leader.api.appraisals.closeAppraisal.mutate({ appraisalId, codes: groupCodes })
    const { rows } = await officer.api.appraisals.listAppraisals.query({ year, search: union.name })
    await officer.api.appraisals.publishAppraisal.mutate({ appraisalId, version: rows[0]?.version ?? 0 })

    const page = await openScreen(officer, pageOf())
    const recommend = async () => {
      const dialog = await openDialog(page, 'ratings.recommend')
      await findField(dialog, 'ratings.recommendation').fill('材料齐全，同意推荐')
      await finish(dialog, 'ratings.recommend')
      await see(page, zh('ratings.state.recommended'))
    }
    await recommend()
    const head = await openScreen(leader, pageOf(), { deaf: true })
    await expectAccessible(head)
    await finish(await openDialog(page, 'ratings.withdraw'), 'ratings.withdraw')
    await see(page, zh('ratings.state.self_assessed'))
    await recommend()
    const dialog = await openDialog(head, 'ratings.openReview')
    await pickColleagues(dialog, namesOf([leader, reviewer, third]))
    expectComplaint(/status of 409/)
    await press(dialog, 'ratings.openReview')
    await see(dialog, zh('errors.conflict'))
    await visit(head, pageOf())
    const anew = await openDialog(head, 'ratings.openReview')
    await expectAccessible(head)
    // Whoever recommended it can't be picked, and neither can an account that reviews nothing.
    for (const username of namesOf([officer, await signIn(`${county}-secadmin`)]))
      expect(await findColleague(anew, username).count()).toBe(0)
    await pickColleagues(anew, namesOf([reviewer, third]))
    expectComplaint(/status of 400/)
    await press(anew, 'ratings.openReview')
    await see(anew, zh('errors.inputFew', { limit: 3 }))
    await pickColleagues(anew, namesOf([leader]))
    await finish(anew, 'ratings.openReview')
    await see(head, zh('ratings.state.under_review'))
  })

  test('the committee scores, each alone; without a quorum nothing is published', async () => {
    const page = await openScreen(reviewer, pageOf())
    const dialog = await openDialog(page, 'ratings.score')
    await expectAccessible(page)
    await scores(dialog, [
      [1, '48'],
      [2, '40'],
    ])
    await finish(dialog, 'ratings.score')
    await see(page, zh('ratings.points', { score: 88 }))
    const bytes = await download(page, () =>
      page
        .getByRole('link', { name: /下载佐证材料/ })
        .first()
        .click(),
    )
    expect(bytes.toString()).toContain('组织')
    expectComplaint(/status of 409/)
    const publish = await openDialog(page, 'ratings.publish')
    await refused('ratings.publish', publish, zh('organisation.quorumMissing', { eligible: 3, scored: 1, least: 3 }))
    const points = [
      { position: 1, score: 45 },
      { position: 2, score: 44 },
    ]
    await third.api.ratings.scoreRating.mutate({ ratingId, scores: points })
    const head = await openScreen(leader, pageOf())
    // Nobody of the committee reads another’s points before the result.
    expect((await leader.api.ratings.getRating.query({ ratingId })).reviews.map(({ total }) => total)).toEqual([
      null,
      null,
      null,
    ])
    const own = await openDialog(head, 'ratings.score')
    await scores(own, [
      [1, '46'],
      [2, '44'],
    ])
    await finish(own, 'ratings.score')
    await finish(await openDialog(head, 'ratings.publish'), 'ratings.publish')
    await see(head, zh('ratings.state.published'))
    expect(await readRating()).toMatchObject({ state: 'published', reviewTotal: 8900 })
    // The body is rated and rates itself here; its committee's points are told with the result.
    await see(head, zh('ratings.members.of', { name: `${county}-reviewer` }))
    await expectAccessible(head)
  })

  test('doubted, answered, and awarded only when the notice is over', async () => {
    const page = await openScreen(officer, pageOf())
    const appeal = await openDialog(page, 'ratings.appeal')
    await expectAccessible(page)
    await findField(appeal, 'ratings.reason').fill('组织健全一项评分偏低')
    await findField(appeal, 'ratings.raisedBy').fill('职工代表')
    await finish(appeal, 'ratings.appeal')
    await see(page, zh('ratings.appeal.open'))

    const head = await openScreen(leader, pageOf())
    expectComplaint(/status of 409/)
    const award = async () => {
      const dialog = await openDialog(head, 'ratings.award')
      await findField(dialog, 'ratings.certificate').fill('若工家〔2026〕1号')
      return dialog
    }
    const early = await award()
    await press(early, 'ratings.award')
    await see(early, zh('organisation.noticeRunning', { until: (await readRating()).noticeEndsOn ?? '' }))
    await endNotice()
    await press(early, 'ratings.award')
    await see(early, zh('organisation.appealOpen'))
    await press(early, 'pages.cancel')
    const answer = await openDialog(head, 'ratings.appeal.answer')
    await expectAccessible(head)
    await findField(answer, 'ratings.appeal.words').fill('已复核，维持原评分')
    await finish(answer, 'ratings.appeal.answer')
    await see(head, '已复核，维持原评分')
    await visit(head, pageOf())
    await finish(await award(), 'ratings.award')
    await see(head, zh('ratings.state.awarded'))
    const rates = await leader.api.ratings.readHomeRates.query({ schemeId })
    expect(rates).toMatchObject({ all: 1, qualified: 1, qualifiedRate: 10_000, model: 0 })
    await visit(head, `/organisation/ratings?scheme=${schemeId}`)
    await see(head, union.name)
    await expectAccessible(head)
  })

  test('only now may it become a model home; re-checked, the title is taken only after a hearing', async () => {
    const { planned } = await officer.api.ratings.planRatings.mutate({
      schemeId,
      year,
      rows: [{ unionId: union.unionId, quarter: 4, rank: 2 }],
    })
    const model = planned[0]?.ratingId ?? 0
    const evidenceId = await sendPaper(officer, 'evidence', '模范.pdf', '%PDF-1.4 模范')
    const assessed = await officer.api.ratings.selfAssess.mutate({
      ratingId: model,
      version: 1,
      scores: [
        { position: 1, score: 50, evidenceId },
        { position: 2, score: 48 },
      ],
    })
    await officer.api.ratings.recommendRating.mutate({
      ratingId: model,
      version: assessed.version,
      recommendation: '同意推荐',
    })
    expect((await officer.api.ratings.getRating.query({ ratingId: model })).state).toBe('recommended')

    const head = await openScreen(leader, pageOf())
    const begin = await openDialog(head, 'ratings.reCheck')
    await findField(begin, 'ratings.finding').fill('职工反映活动室长期关闭')
    await finish(begin, 'ratings.reCheck')
    await see(head, zh('ratings.state.re_check'))
    const decide = await openDialog(head, 'ratings.reCheck.decide')
    await expectAccessible(head)
    await findField(decide, 'ratings.outcome').selectOption('revoked')
    await findField(decide, 'ratings.finding').fill('情况属实，限期未改')
    expectComplaint(/status of 400/)
    await press(decide, 'ratings.reCheck.decide')
    await see(decide, zh('organisation.hearingMissing'))
    expect(await readFault(findField(decide, 'ratings.hearing'))).toBe(zh('organisation.hearingMissing'))
    await findField(decide, 'ratings.hearing').fill('工会表示接受')
    await finish(decide, 'ratings.reCheck.decide')
    await see(head, zh('ratings.state.revoked'))
    expect(await leader.api.ratings.readHomeRates.query({ schemeId })).toMatchObject({ qualified: 0 })
  })

  /** As if the days of the notice had passed: nobody waits for them in a test. */
  async function endNotice(): Promise<void> {
    const owner = new pg.Client({ connectionString: inject('house').ownerUrl })
    await owner.connect()
    try {
      const { rows } = await owner.query<{ name: string }>(
        `select table_schema || '.' || table_name as name from information_schema.tables where table_name = 'rating'`,
      )
      await owner.query(
        `set session_replication_role = replica; set app.reach = 'system'; set app.tenant = '0';
         update ${rows[0]?.name ?? ''} set published_on = published_on - 3, notice_ends_on = notice_ends_on - 3 where id = ${ratingId}`,
      )
    } finally {
      await owner.end()
    }
  }
})
