import { Kysely, PostgresDialect, sql } from 'kysely'
import { createDatabase, type DB } from '@gonglian/db'
import { checkPaper, readSheet } from '@gonglian/documents'
import { DomainError, withTenant, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSplit } from '../allocations.ts'
import { amendAllocations } from '../changes.ts'
import { LetterText, digestLetter, readCanonical, writeCanonical } from './letter-text.ts'
import { letterPaper } from './letter-paper.ts'
import { getLetter, signAllocations } from './letters.ts'
import { aPlan, accept, sign, someIndicators, splitAndIssue } from '../testing.ts'

const { deps, ownerUrl, close } = await openTestDeps()
const { pool } = createDatabase(ownerUrl, 1)
const owner = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
afterAll(async () => {
  await owner.destroy()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

let plans = 0
/** A plan of two items, both issued to the city. */
async function aLetter() {
  const { planId, itemIds } = await aPlan(
    deps,
    province,
    [
      {
        indicatorCode: 'joined',
        method: 'sum',
        value: 100,
        aspect: '组织建设',
        accountable: '基层工作部',
        note: '含“八大群体” 🙂',
      },
      { indicatorCode: 'rate', method: 'floor', value: '90%', weight: 1500 },
    ],
    { name: `计划${++plans}` },
  )
  const [first = 0, second = 0] = itemIds
  await splitAndIssue(deps, province, first, [{ receiverId: id('5132'), value: 60 }], 40)
  await splitAndIssue(deps, province, second, [{ receiverId: id('5132'), value: 9200 }])
  return { planId, first, second }
}
const read = (planId: number, actor: UserActor = city, receiverId?: number) =>
  withTenant(deps, actor, (ctx) => getLetter(ctx, receiverId === undefined ? { planId } : { planId, receiverId }))
const amend = async (itemId: number, toValue: number) => {
  const { share } = await withTenant(deps, province, (ctx) => getSplit(ctx, { itemId }))
  await withTenant(deps, province, (ctx) =>
    amendAllocations(ctx, {
      itemId,
      version: share.splitVersion,
      reason: '年中调整',
      changes: [{ receiverId: id('5132'), toValue, exemption: '' }],
    }),
  )
}
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error(String(error))
}

describe('signing', () => {
  test('waits until every share of the plan is accepted', async () => {
    const { planId, first, second } = await aLetter()
    expect(await refusal(sign(deps, city, planId))).toMatchObject({ code: 'conflict', key: 'errors.signOpenShares' })
    await accept(deps, city, first)
    expect(await read(planId)).toMatchObject({ pending: { blocked: 'errors.signOpenShares' } })
    expect(await refusal(sign(deps, city, planId))).toMatchObject({ key: 'errors.signOpenShares' })
    await accept(deps, city, second)
    expect((await read(planId)).pending?.blocked).toBeNull()
    await sign(deps, city, planId)
  })

  test('freezes the whole letter in the words and units of the day, with its hash', async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    const { hash } = await sign(deps, city, planId)
    const letter = await read(planId)
    expect(letter.pending).toBeNull()
    expect(letter.signed).toMatchObject([
      {
        hash,
        signedBy: city.username,
        intact: true,
        text: {
          plan: { id: planId, year: 2026 },
          issuer: { code: '51' },
          receiver: { code: '5132', name: '阿坝州总工会' },
          lines: [
            {
              nameZh: '新发展会员',
              nameEn: 'New members',
              unit: '人',
              value: 60,
              accountable: '基层工作部',
              note: '含“八大群体” 🙂',
            },
            { nameZh: '入会率', unit: '%', scale: 2, value: 9200, weight: 1500 },
          ],
        },
      },
    ])
    const stored = await owner
      .selectFrom('targets.letter')
      .select(['text', 'hash'])
      .where('plan_id', '=', planId)
      .executeTakeFirstOrThrow()
    expect(digestLetter(stored.text)).toBe(hash)
    expect(stored.hash).toBe(hash)
  })

  test('issues the letter as a paper: what was signed, with a code that says it is genuine, whatever is amended later', async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    const { letterId } = await sign(deps, city, planId)
    await amend(first, 80)
    const sheet = await withTenant(deps, city, (ctx) => readSheet(ctx, letterPaper, letterId))
    expect(sheet).toMatchObject({
      state: 'issued',
      issuer: '阿坝州总工会',
      number: `〔2026〕责任状${letterId}号`,
      title: expect.stringMatching(/^计划\d+责任状$/),
    })
    const [lines] = sheet.blocks.flatMap((block) => (block.kind === 'table' ? [block.rows] : []))
    expect(lines).toEqual([
      ['1', '组织建设', '新发展会员', '60人', '', '基层工作部', '含“八大群体” 🙂'],
      ['2', expect.any(String), '入会率', '不低于 92.00%', '15%', expect.any(String), expect.any(String)],
    ])
    expect(await checkPaper(deps, { token: sheet.seal?.token ?? '' })).toMatchObject({ state: 'genuine' })
    // It is the receiver's own: nobody else draws it, the issuer included.
    for (const actor of [province, aUser(id('513221'), 'leader')])
      expect(await refusal(withTenant(deps, actor, (ctx) => readSheet(ctx, letterPaper, letterId)))).toMatchObject({
        code: 'not_found',
      })
  })

  test('happens once, also when two leaders sign at the same moment', async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    const results = await Promise.allSettled([sign(deps, city, planId), sign(deps, city, planId)])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const failed = results.find((result) => result.status === 'rejected')
    expect(failed?.reason).toMatchObject({ code: 'conflict', key: 'errors.alreadySigned' })
    expect(await refusal(sign(deps, city, planId))).toMatchObject({ code: 'conflict', key: 'errors.alreadySigned' })
    expect((await read(planId)).signed).toHaveLength(1)
  })

  test('is for what was read: a letter changed meanwhile is not signed unseen', async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    const digest = (await read(planId)).pending?.digest ?? ''
    await amend(first, 70)
    await accept(deps, city, first)
    expect(await refusal(withTenant(deps, city, (ctx) => signAllocations(ctx, { planId, digest })))).toMatchObject({
      code: 'conflict',
      key: 'errors.letterChanged',
    })
    expect((await read(planId)).signed).toEqual([])
  })

  test("is the leader's, for the own body", async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    expect(await refusal(sign(deps, aUser(id('5132'), 'officer'), planId))).toMatchObject({ code: 'forbidden' })
    expect(await refusal(sign(deps, province, planId))).toMatchObject({ code: 'not_found' })
    expect(await refusal(sign(deps, aUser(id('51JT'), 'leader'), planId))).toMatchObject({ code: 'not_found' })
  })

  test('an item issued after the signature makes a second letter', async () => {
    const { planId, itemIds } = await aPlan(
      deps,
      province,
      [
        { indicatorCode: 'joined', method: 'sum', value: 100 },
        { indicatorCode: 'homes', method: 'each', value: 2 },
      ],
      { name: `计划${++plans}` },
    )
    for (const [index, itemId] of itemIds.entries()) {
      await splitAndIssue(deps, province, itemId, [{ receiverId: id('5132'), value: index === 0 ? 100 : 2 }])
      await accept(deps, city, itemId)
      await sign(deps, city, planId)
    }
    const letter = await read(planId)
    expect(letter.signed.map((one) => [one.text.lines.length, one.intact])).toEqual([
      [1, true],
      [1, true],
    ])
  })
})

describe('after the signature', () => {
  test('an amendment stands beside the letter: both lines, a chain of hashes, the sum kept', async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    await sign(deps, city, planId)
    await amend(first, 70)
    await amend(first, 65)
    const letter = await read(planId)
    expect(letter.lines[0]).toMatchObject({ value: 65, original: 60, state: 'signed' })
    expect(letter.lines[0]?.amendments.map((line) => [line.kind, line.from, line.to])).toEqual([
      ['amendment', 60, 70],
      ['amendment', 70, 65],
    ])
    expect(letter.signed).toMatchObject([{ intact: true, text: { lines: [{ value: 60 }, { value: 9200 }] } }])
    expect(await withTenant(deps, province, (ctx) => getSplit(ctx, { itemId: first }))).toMatchObject({
      share: { reserve: 35 },
    })
  })

  test.each([
    [
      'the share',
      (itemId: number) =>
        sql`update targets.allocation set value = value + 1 where item_id = ${itemId} and receiver_id = ${id('5132')}`,
    ],
    [
      'a line of the file',
      (itemId: number) => sql`update targets.amendment set reason = '另一个理由' where item_id = ${itemId}`,
    ],
    [
      'who wrote a line',
      (itemId: number) => sql`update targets.amendment set actor = 'somebody' where item_id = ${itemId}`,
    ],
    ['the missing line', (itemId: number) => sql`delete from targets.amendment where item_id = ${itemId}`],
  ])('%s changed behind the back of the database shows', async (_, tamper) => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    await sign(deps, city, planId)
    await amend(first, 70)
    await owner.transaction().execute(async (db) => {
      await sql`set local session_replication_role = replica`.execute(db)
      await tamper(first).execute(db)
    })
    expect((await read(planId)).signed[0]?.intact).toBe(false)
  })
})

describe('who reads it', () => {
  test('the body itself and those above; no sibling, no child, no administrator', async () => {
    const { planId, first, second } = await aLetter()
    await accept(deps, city, first)
    await accept(deps, city, second)
    await sign(deps, city, planId)
    const receiver = id('5132')
    for (const code of ['51', '00'])
      expect((await read(planId, aUser(id(code), 'auditor'), receiver)).lines).toHaveLength(2)
    for (const code of ['51JT', '32', '513221', '513221100']) {
      expect(await refusal(read(planId, aUser(id(code), 'leader'), receiver))).toMatchObject({ code: 'not_found' })
    }
    expect(await refusal(read(planId, aUser(receiver, 'secadmin'), receiver))).toMatchObject({ code: 'forbidden' })
  })
})

test('a letter read back is the letter that was written, whatever stands in it', () => {
  const party = fc.record({ code: fc.string(), name: fc.string({ unit: 'binary' }) })
  const number = fc.nat()
  const text: fc.Arbitrary<LetterText> = fc.record({
    form: fc.constant('gonglian.letter.1' as const),
    plan: fc.record({ id: number, year: number, name: fc.string({ unit: 'grapheme' }) }),
    issuer: party,
    receiver: party,
    lines: fc.array(
      fc.record({
        itemId: number,
        position: number,
        aspect: fc.string(),
        code: fc.string(),
        nameZh: fc.string({ unit: 'grapheme' }),
        nameEn: fc.string(),
        unit: fc.string(),
        scale: number,
        method: fc.constantFrom('sum' as const, 'floor' as const, 'each' as const),
        direction: fc.constantFrom(1, -1),
        weight: number,
        value: number,
        exemption: fc.string(),
        note: fc.string({ unit: 'grapheme' }),
        accountable: fc.string(),
      }),
      { maxLength: 5 },
    ),
  })
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(readCanonical(writeCanonical(one))).toEqual(one)
      expect(LetterText.safeParse(one).success).toBe(true)
      const same =
        JSON.stringify(readCanonical(writeCanonical(one))) === JSON.stringify(readCanonical(writeCanonical(other)))
      expect(digestLetter(writeCanonical(one)) === digestLetter(writeCanonical(other))).toBe(same)
    }),
  )
})
