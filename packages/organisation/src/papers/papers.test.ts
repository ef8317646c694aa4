import '../permissions.ts'
import { issuePaper, readSheet, type Sheet } from '@gonglian/documents'
import { writeWord } from '@gonglian/documents/word'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { approveInHouse } from '../approvals/sample-approvals.ts'
import { aFoundedUnion, anApplication, anEmployer, anOffice, approveOwn } from '../unions/sample-unions.ts'
import { ListTerms, listTerms } from '../terms/terms.ts'
import { applyAccreditation } from '../unions/accreditation.ts'
import { aRating } from '../ratings/placed-ratings.ts'
import { IssueCards, issueCards } from '../members/cards.ts'
import { DefineScheme, defineScheme } from '../ratings/schemes.ts'
import { aMember, anIdNumber } from '../members/sample-members.ts'
import { approvalPaper } from './approval.ts'
import { cardPaper } from './card.ts'
import { homePaper } from './home.ts'
import { legalPersonPaper } from './legal-person.ts'
import { reminderPaper } from './reminder.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const county = anOffice(deps, idOf(tree, '513221'))

/** The words of a Word file, paragraph by paragraph, tags left out. */
async function readWord(sheet: Sheet): Promise<string[]> {
  const main = unzipSync(new Uint8Array(await writeWord(sheet, null)))['word/document.xml'] ?? new Uint8Array()
  return strFromU8(main)
    .split('</w:p>')
    .map((part) => part.replaceAll(/<[^>]*>/g, ''))
    .filter((text) => text !== '')
}

async function anAppliedUnion(name: string, kind: 'BASIC_SINGLE' | 'WORK_COMMITTEE' = 'BASIC_SINGLE') {
  const { employerId } = await anEmployer(county, name)
  return anApplication(county, { name: `${name}工会委员会`, kind, ...(kind === 'BASIC_SINGLE' ? { employerId } : {}) })
}
const approve = (applied: Awaited<ReturnType<typeof anAppliedUnion>>) => approveOwn(county, applied, '2026-03-05')

test('an approval says what the register says, and prints alike on page and in Word', async () => {
  const applied = await anAppliedUnion('批复单位甲')
  const draw = () => county.officer((ctx) => readSheet(ctx, approvalPaper, applied.unionId))
  await expect(draw()).rejects.toMatchObject({ code: 'conflict', key: 'papers.union.notApproved' })
  const { code, approvalNo } = await approve(applied)
  const sheet = await draw()
  expect(sheet).toMatchObject({ state: 'draft', number: approvalNo, to: '批复单位甲工会委员会筹备组' })
  const said = sheet.blocks.map((block) => (block.kind === 'table' ? '' : block.text)).join('\n')
  expect(said).toContain(`同意成立批复单位甲工会委员会，工会编号为${code}。`)
  expect(said).toContain('你们2026年3月2日关于成立批复单位甲工会委员会的申请收悉')
  const words = await readWord(sheet)
  expect(words.join('\n')).toContain(said)
  expect(words.slice(0, 4)).toEqual([sheet.issuer, sheet.number, sheet.title, `${sheet.to}：`])
  await county.leader((ctx) => issuePaper(ctx, approvalPaper, applied.unionId))
  expect((await draw()).state).toBe('issued')
})

test('a body that is dispatched is not told to elect', async () => {
  const applied = await anAppliedUnion('批复派出机构', 'WORK_COMMITTEE')
  await approve(applied)
  const { blocks } = await county.officer((ctx) => readSheet(ctx, approvalPaper, applied.unionId))
  const said = JSON.stringify(blocks)
  expect(said).toContain('派出机构')
  expect(said).not.toContain('选举产生')
})

test('a reminder says when the term ends, and after the end that it is over; it is never signed', async () => {
  const name = '提醒单位'
  const { employerId } = await anEmployer(county, name)
  const { unionId } = await aFoundedUnion(county, { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId })
  const { rows } = await county.officer((ctx) => listTerms(ctx, ListTerms.parse({ unionId })))
  const termId = rows[0]?.id ?? 0
  const draw = () => county.officer((ctx) => readSheet(ctx, reminderPaper, termId))
  const before = await draw()
  expect(before).toMatchObject({ isSigned: false, number: null, seal: null, head: 'plain', to: `${name}工会` })
  expect(JSON.stringify(before.blocks)).toContain('任期将于2031年3月10日届满')
  await expect(county.leader((ctx) => issuePaper(ctx, reminderPaper, termId))).rejects.toMatchObject({
    key: 'papers.none',
  })
  setNow('2031-04-01T12:00:00+08:00')
  expect(JSON.stringify((await draw()).blocks)).toContain('已于2031年3月10日届满，尚未换届')
  setNow('2026-11-21T12:00:00+08:00')
})

async function aWorkingUnion(name: string) {
  const { employerId } = await anEmployer(county, name)
  return aFoundedUnion(county, { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId })
}

test('a registration as legal person has the number of the certificate', async () => {
  const { unionId, version } = await aWorkingUnion('法人单位')
  const draw = () => county.officer((ctx) => readSheet(ctx, legalPersonPaper, unionId))
  await expect(draw()).rejects.toMatchObject({ key: 'papers.union.notAccredited' })
  const { applicationId } = await county.officer((ctx) => applyAccreditation(ctx, { unionId, version, files: [] }))
  const certificateNo = await approveInHouse(county, applicationId)
  const sheet = await draw()
  expect(sheet).toMatchObject({ number: certificateNo, state: 'draft' })
  expect((await readWord(sheet)).join('\n')).toContain(`证书编号\n${certificateNo}`)
})

test('a card names the member, so it is not signed: nothing of it is kept', async () => {
  const { unionId } = await aWorkingUnion('持证单位')
  const tenantId = idOf(tree, '513221')
  const { memberId } = await aMember(deps, tenantId, { unionId, idNumber: anIdNumber(77), name: '持证人某' })
  const draw = () => county.officer((ctx) => readSheet(ctx, cardPaper, memberId))
  await expect(draw()).rejects.toMatchObject({ key: 'papers.member.noCard' })
  await county.officer((ctx) => issueCards(ctx, IssueCards.parse({ memberIds: [memberId] })))
  expect((await readWord(await draw())).join('\n')).toContain('姓名\n持证人某')
  await expect(county.officer((ctx) => issuePaper(ctx, cardPaper, memberId))).rejects.toMatchObject({
    code: 'not_found',
  })
  expect((await draw()).seal).toBeNull()
})

test('a certificate of honour is drawn by whoever awarded it', async () => {
  const { unionId } = await aWorkingUnion('称号单位')
  const tenantId = idOf(tree, '513221')
  const { schemeId } = await county.leader((ctx) =>
    defineScheme(
      ctx,
      DefineScheme.parse({
        code: 'county_home',
        nameZh: '模范职工之家',
        nameEn: 'Model home',
        track: 'home',
        subject: 'union',
        validityMonths: 36,
        validFrom: '2020-01-01',
        items: [{ textZh: '有计划', textEn: 'A plan', maxScore: 10 }],
        levels: [{ nameZh: '县级', nameEn: 'County', minScore: 6, grantedBy: 'county' }],
      }),
    ),
  )
  const planned = await aRating(deps, { tenantId, schemeId, unionId, state: 'published' })
  const draw = (ratingId: number) => county.officer((ctx) => readSheet(ctx, homePaper, ratingId))
  await expect(draw(planned.ratingId)).rejects.toMatchObject({ key: 'papers.rating.noTitle' })
  const other = await aWorkingUnion('称号单位乙')
  const awarded = await aRating(deps, { tenantId, schemeId, unionId: other.unionId, state: 'awarded' })
  const sheet = await draw(awarded.ratingId)
  expect(sheet).toMatchObject({ number: `W${awarded.ratingId}`, to: '称号单位乙工会' })
  expect((await readWord(sheet)).join('\n')).toContain('授予你单位“模范职工之家”县级称号')
  await expect(draw(987_654)).rejects.toMatchObject({ code: 'not_found' })
})
