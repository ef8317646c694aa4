import '../permissions.ts'
import { checkPaper, issuePaper, readSheet, type Paper } from '@gonglian/documents'
import { untilBlocked } from '@gonglian/indicators/testing'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveInHouse } from '../approvals/sample-approvals.ts'
import { beginReCheck, decideReCheck } from '../ratings/awards.ts'
import { aRating } from '../ratings/placed-ratings.ts'
import { DefineScheme, defineScheme } from '../ratings/schemes.ts'
import { applyAccreditation } from '../unions/accreditation.ts'
import { MergeUnion, RevokeUnion, mergeUnion, revokeUnion, settleUnion } from '../unions/endings.ts'
import { aFoundedUnion, anOffice, type Office } from '../unions/sample-unions.ts'
import { approvalPaper } from './approval.ts'
import { homePaper } from './home.ts'
import { legalPersonPaper } from './legal-person.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const countyId = idOf(tree, '513221')
const cityId = idOf(tree, '5132')
const county = anOffice(deps, countyId)
const city = anOffice(deps, cityId)
const today = '2026-11-21'
let schemes = { county: 0, city: 0 }
let serial = 0

beforeAll(async () => {
  const define = (office: Office, code: 'county' | 'city') =>
    office.leader((ctx) =>
      defineScheme(
        ctx,
        DefineScheme.parse({
          code: `${code}_home`,
          nameZh: '模范职工之家',
          nameEn: 'Model home',
          track: 'home',
          subject: 'union',
          validityMonths: 12,
          validFrom: '2020-01-01',
          items: [{ textZh: '有计划', textEn: 'A plan', maxScore: 10 }],
          levels: [
            { nameZh: '合格', nameEn: 'Good', minScore: 5, grantedBy: code },
            { nameZh: '模范', nameEn: 'Model', minScore: 8, grantedBy: code },
          ],
        }),
      ),
    )
  schemes = {
    county: (await define(county, 'county')).schemeId,
    city: (await define(city, 'city')).schemeId,
  }
})

/** A project union: its project is over, so that it may be revoked as soon as all is settled. */
async function aUnion() {
  const union = await aFoundedUnion(county, {
    name: `文书到期项目部${++serial}工会`,
    kind: 'BASIC_PROJECT',
    expectedEndOn: '2026-10-01',
  })
  for (const subject of ['property', 'funds'] as const)
    await county.officer((ctx) =>
      settleUnion(ctx, {
        unionId: union.unionId,
        subject,
        amountFen: 0,
        receiver: '县总工会',
        documentNo: '1',
        on: today,
      }),
    )
  return union
}
const sign = async (office: Office, paper: Paper, id: number): Promise<string> => {
  await office.leader((ctx) => issuePaper(ctx, paper, id))
  return office.leader(async (ctx) => (await readSheet(ctx, paper, id)).seal?.token ?? '')
}
const check = async (token: string) => (await checkPaper(deps, { token })).state
const end = { on: today, reason: '项目完工', documentNo: '报1' }
const revoke = (union: { unionId: number; version: number }) =>
  county.leader((ctx) => revokeUnion(ctx, RevokeUnion.parse({ ...union, ...end })))

test('papers of a union count until it ends, and are not signed again', async () => {
  const { unionId, version } = await aUnion()
  const { applicationId } = await county.officer((ctx) => applyAccreditation(ctx, { unionId, version, files: [] }))
  await approveInHouse(county, applicationId)
  const tokens = [await sign(county, approvalPaper, unionId), await sign(county, legalPersonPaper, unionId)]
  expect(await Promise.all(tokens.map(check))).toEqual(['genuine', 'genuine'])
  await revoke({ unionId, version: version + 1 })
  expect(await Promise.all(tokens.map(check))).toEqual(['withdrawn', 'withdrawn'])
  for (const paper of [approvalPaper, legalPersonPaper])
    await expect(sign(county, paper, unionId)).rejects.toMatchObject({ key: 'organisation.union.ended' })
})

test('the certificate of a title that the superior granted ends with the union, and the superior reads it in its trail', async () => {
  const [union, into] = [await aUnion(), await aUnion()]
  const { ratingId } = await aRating(deps, {
    tenantId: countyId,
    grantorId: cityId,
    schemeId: schemes.city,
    unionId: union.unionId,
    state: 'awarded',
  })
  const token = await sign(city, homePaper, ratingId)
  expect(await check(token)).toBe('genuine')
  await county.leader((ctx) => mergeUnion(ctx, MergeUnion.parse({ ...union, ...end, intoId: into.unionId })))
  expect(await check(token)).toBe('withdrawn')
  const trail = await city.officer(({ db, tenantId }) =>
    db
      .selectFrom('tenancy.audit')
      .select('actor')
      .where('tenant_id', '=', tenantId)
      .where('action', '=', 'paper.withdraw')
      .execute(),
  )
  expect(trail).toEqual([{ actor: `system:513221/leader-${countyId}` }])
})

test.each([
  ['kept', undefined, 'genuine'],
  ['downgraded', 1, 'genuine'],
  ['revoked', undefined, null],
] as const)('the certificate of a title that is %s at a re-check no longer counts', async (outcome, rank, next) => {
  const { unionId } = await aUnion()
  const placed = { tenantId: countyId, schemeId: schemes.county, unionId, state: 'awarded' as const }
  const { ratingId, version } = await aRating(deps, { ...placed, rank: 2 })
  const before = await sign(county, homePaper, ratingId)
  const checked = await county.leader((ctx) => beginReCheck(ctx, { ratingId, version, finding: '群众反映较多' }))
  expect(await check(before)).toBe('genuine')
  await county.leader((ctx) =>
    decideReCheck(ctx, {
      ratingId,
      version: checked.version,
      outcome,
      finding: '核查属实',
      hearing: '已听取意见',
      ...(rank === undefined ? {} : { rank }),
    }),
  )
  expect(await check(before)).toBe('withdrawn')
  if (next === null)
    await expect(sign(county, homePaper, ratingId)).rejects.toMatchObject({ key: 'papers.rating.noTitle' })
  else expect(await check(await sign(county, homePaper, ratingId))).toBe(next)
  expect(await check(before)).toBe('withdrawn')
})

test('a certificate counts until the last day of its title', async () => {
  const { unionId } = await aUnion()
  const { ratingId } = await aRating(deps, { tenantId: countyId, schemeId: schemes.county, unionId, state: 'awarded' })
  const token = await sign(county, homePaper, ratingId)
  setNow('2027-11-08T12:00:00+08:00')
  expect(await check(token)).toBe('genuine')
  setNow('2027-11-09T00:30:00+08:00')
  expect(await check(token)).toBe('expired')
  setNow('2026-11-21T12:00:00+08:00')
})

test('a paper that is signed while its union ends is refused', async () => {
  const union = await aUnion()
  const signings: Promise<unknown>[] = []
  await county.leader(async (ctx) => {
    await revokeUnion(ctx, RevokeUnion.parse({ ...union, ...end }))
    // Nobody sees the end yet: whoever signs waits for it.
    const signing = Promise.allSettled([sign(county, approvalPaper, union.unionId)])
    signings.push(signing)
    await Promise.race([untilBlocked({ deps }), signing])
  })
  expect(await Promise.all(signings)).toMatchObject([
    [{ status: 'rejected', reason: { key: 'organisation.union.ended' } }],
  ])
})
