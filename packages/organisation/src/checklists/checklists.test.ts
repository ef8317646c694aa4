import { createDatabase } from '@gonglian/db'
import { openFile } from '@gonglian/files'
import { aKeeper, readAll, samplePaper, samplePhoto, storeSample } from '@gonglian/files/testing'
import { DomainError, systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { exampleChecklists } from '../../data/checklists.ts'
import { DefineChecklist, defineChecklist, ListChecklists, listChecklists } from './checklists.ts'
import { evidenceFiles } from '../evidence/evidence-files.ts'
import { CheckItems, checkItems } from './ledger-checks.ts'
import { checkAcceptance, getLedger, requireAcceptance, shareOf } from './ledgers.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { CountCompliance, countCompliance, freezeCompliance, listCompliance } from './standard-rates.ts'

const { deps, close, ownerUrl } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = aUser(id('513221'), 'leader', 'officer')
const township = aUser(id('513221100'), 'leader', 'officer')
const city = aUser(id('5132'), 'leader', 'officer')
const neighbour = aUser(id('513222'), 'leader', 'officer')
const as = <T>(actor: typeof county, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}

const example = (code: string) => {
  const found = exampleChecklists.find((one) => one.code === code)
  if (found === undefined) throw new Error(`no example ${code}`)
  return found
}
const issue = (
  code: string,
  actor = county,
  change: Partial<Parameters<typeof DefineChecklist.parse>[0] & object> = {},
) =>
  as(actor, (ctx) =>
    defineChecklist(ctx, DefineChecklist.parse({ ...example(code), validFrom: '2016-01-01', ...change })),
  )
const store = (bytes: Uint8Array, actor = township) => storeSample(deps, actor, evidenceFiles, bytes)
const photo = async (actor = township) => (await store(samplePhoto, actor)).fileId
const ledger = (unionId: number, actor = township, on?: string) =>
  as(actor, (ctx) => getLedger(ctx, { unionId, ...(on === undefined ? {} : { on }) }))
const listOf = async (unionId: number, code: string, on?: string) => {
  const list = (await ledger(unionId, township, on)).lists.find((one) => one.code === code)
  if (list === undefined) throw new Error(`no list ${code} for this union`)
  return list
}
const check = async (unionId: number, code: string, positions: readonly number[], on = '2026-11-01') => {
  const { items } = await listOf(unionId, code, on)
  const evidenceId = await photo()
  return as(township, (ctx) =>
    checkItems(
      ctx,
      CheckItems.parse({
        unionId,
        on,
        items: items
          .filter((item) => positions.includes(item.position))
          .map((item) => ({ itemId: item.itemId, version: item.version, met: true, evidenceId })),
      }),
    ),
  )
}

await issue('double_display')
await issue('eight_three', county, { approvedFrom: '2026-01-01' })
await issue('four_haves')
await issue('six_bodies')
await issue('visible_results', city)
await issue('ledger')

describe('templates', () => {
  test('M113 M051 lists are data: each place issues its own, those below see them, neighbours do not', async () => {
    const seen = async (actor: typeof county) =>
      (await as(actor, (ctx) => listChecklists(ctx, ListChecklists.parse({})))).rows.map((list) => list.code)
    expect(await seen(township)).toEqual([
      'double_display',
      'eight_three',
      'four_haves',
      'ledger',
      'six_bodies',
      'visible_results',
    ])
    expect(await seen(neighbour)).toEqual(['visible_results'])
    expect(example('visible_results').items).toHaveLength(6)
    expect(example('ten_required').items).toHaveLength(10)
    expect(example('eight_three').items).toHaveLength(11)
  })

  test('a new edition ends the one before; what is issued is never changed', async () => {
    await issue('ten_required', neighbour)
    await issue('ten_required', neighbour, { validFrom: '2026-10-01', nameZh: '十要有(新)' })
    expect(
      (await as(neighbour, (ctx) => listChecklists(ctx, ListChecklists.parse({ on: '2026-09-30' })))).rows,
    ).toMatchObject([{ code: 'ten_required', edition: 1 }, { code: 'visible_results' }])
    expect((await as(neighbour, (ctx) => listChecklists(ctx, ListChecklists.parse({})))).rows).toMatchObject([
      { code: 'ten_required', edition: 2 },
      { code: 'visible_results' },
    ])
    expect(await refusal(issue('ten_required', neighbour, { validFrom: '2026-05-01' }))).toMatchObject({
      key: 'organisation.editionDate',
    })
    await expect(
      as(neighbour, (ctx) => ctx.db.updateTable('organisation.checklist').set({ name_zh: '改' }).execute()),
    ).rejects.toThrow(/permission denied/)
  })

  test('M114 a list applies by headcount: four haves from 50 staff on', async () => {
    const [small = 0, large = 0] = await someUnions(deps, id('513221100'), [{ headcount: 49 }, { headcount: 50 }])
    const codes = async (unionId: number) => (await ledger(unionId)).lists.map((list) => list.code)
    expect(await codes(small)).not.toContain('four_haves')
    expect(await codes(large)).toContain('four_haves')
  })
})

describe('evidence', () => {
  test('is known by its first bytes, is kept once, and is read by those above', async () => {
    expect(await refusal(store(Buffer.from('just a text')))).toMatchObject({
      key: 'files.type',
      fields: [{ path: 'file' }],
    })
    const stored = await store(samplePaper)
    expect(stored.mediaType).toBe('application/pdf')
    expect((await store(samplePaper)).fileId).toBe(stored.fileId)
    const keeper = aKeeper([evidenceFiles])
    const read = await openFile(deps, keeper, county, stored.fileId)
    expect((await readAll(read.content)).equals(samplePaper)).toBe(true)
    expect(await refusal(openFile(deps, keeper, neighbour, stored.fileId))).toMatchObject({ code: 'not_found' })
  })

  test('is at most 5 MB, to the byte', async () => {
    const file = (bytes: number) => Buffer.concat([samplePhoto, Buffer.alloc(bytes - samplePhoto.length)])
    const most = 5 * 1024 * 1024
    expect(await store(file(most))).toMatchObject({ mediaType: 'image/jpeg' })
    expect(await refusal(store(file(most + 1)))).toMatchObject({ key: 'files.tooLarge', params: { limit: 5 } })
  })

  test('of whatever bytes only three beginnings are taken', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 12 }), async (bytes) => {
        const head = Buffer.from(bytes).toString('hex')
        const isTaken = await store(bytes).then(
          () => true,
          () => false,
        )
        if (isTaken) expect(head).toMatch(/^(ffd8ff|89504e470d0a1a0a|25504446)/)
      }),
      { numRuns: 40 },
    )
  })
})

describe('ledgers', () => {
  test('M022 double display: met only with a photograph, and only of the own body', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221100'), [{}])
    const [sign, identity] = (await listOf(unionId, 'double_display')).items
    const say = (item: object) =>
      as(township, (ctx) => checkItems(ctx, CheckItems.parse({ unionId, items: [{ met: true, version: 0, ...item }] })))
    expect(await refusal(say({ itemId: sign?.itemId }))).toMatchObject({
      fields: [{ path: 'items.0.evidenceId', key: 'organisation.evidenceMissing' }],
    })
    const { fileId: paper } = await store(samplePaper)
    expect(await refusal(say({ itemId: sign?.itemId, evidenceId: paper }))).toMatchObject({
      fields: [{ key: 'organisation.evidenceOther' }],
    })
    const elsewhere = await photo(neighbour)
    expect(await refusal(say({ itemId: sign?.itemId, evidenceId: elsewhere }))).toMatchObject({
      fields: [{ key: 'organisation.evidenceNotFound' }],
    })
    const evidenceId = await photo()
    await say({ itemId: sign?.itemId, evidenceId })
    expect(await refusal(say({ itemId: sign?.itemId, evidenceId }))).toMatchObject({ code: 'conflict' })
    await say({ itemId: identity?.itemId, evidenceId })
    expect(await listOf(unionId, 'double_display')).toMatchObject({ met: 2 })
    expect(
      await refusal(
        as(neighbour, (ctx) =>
          checkItems(ctx, CheckItems.parse({ unionId, items: [{ itemId: 1, version: 0, met: true }] })),
        ),
      ),
    ).toMatchObject({ code: 'not_found' })
  })

  test('M046 a ledger says how complete it is, on each day', async () => {
    const [unionId = 0] = await someUnions(deps, id('513221101'), [{ headcount: 30 }])
    const mine = aUser(id('513221101'), 'officer')
    const view = (on: string) => as(mine, (ctx) => getLedger(ctx, { unionId, on }))
    const before = await view('2026-10-01')
    expect(before).toMatchObject({ met: 0, completeness: 0 })
    const item = before.lists.find((list) => list.code === 'ledger')?.items[2]
    const look = (met: boolean, on: string, version: number) =>
      as(mine, (ctx) =>
        checkItems(ctx, CheckItems.parse({ unionId, on, items: [{ itemId: item?.itemId, version, met }] })),
      )
    await look(true, '2026-10-02', 0)
    await look(false, '2026-10-09', 1)
    expect(before.total).toBe(2 + 6 + 6 + 6)
    expect(await view('2026-10-08')).toMatchObject({ met: 1, completeness: shareOf(1, 20) })
    expect(await view('2026-10-09')).toMatchObject({ met: 0 })
    expect(await refusal(look(true, '2026-10-05', 2))).toMatchObject({ code: 'conflict' })
    expect(await refusal(look(true, '2026-11-22', 2))).toMatchObject({ key: 'organisation.future' })
  })

  test('M050 M051 a new union is held up by what blocks and warned of the companion bodies it lacks', async () => {
    const [old = 0, fresh = 0] = await someUnions(deps, id('513221100'), [
      { approvedOn: '2025-12-31' },
      { approvedOn: '2026-01-01' },
    ])
    const acceptance = (unionId: number) => as(township, (ctx) => checkAcceptance(ctx, { unionId }))
    expect((await acceptance(old)).blocking).toEqual([])
    expect((await acceptance(fresh)).blocking).toHaveLength(11)
    expect(await refusal(as(township, (ctx) => requireAcceptance(ctx, fresh)))).toMatchObject({
      key: 'organisation.unionLacks',
      params: { count: 11 },
    })
    const bodies = async () =>
      (await acceptance(fresh)).warnings.filter((item) => item.code === 'six_bodies').map((item) => item.position)
    expect(await bodies()).toEqual([1, 2, 3, 4, 5, 6])
    await withTenant(deps, systemActor('test', id('513221100')), (ctx) =>
      ctx.db
        .insertInto('organisation.companion_body')
        .values(
          (['union_committee', 'women_member', 'staff_congress'] as const).map((kind) => ({
            tenant_id: id('513221100'),
            union_id: fresh,
            kind,
            formed_on: '2026-01-01',
          })),
        )
        .execute(),
    )
    expect(await bodies()).toEqual([2, 5, 6])
    await check(fresh, 'eight_three', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect((await acceptance(fresh)).blocking).toEqual([])
  })
})

describe('rates', () => {
  test('M152 standardisation rate: 327 of 385 are 84.94%, kept with numerator and denominator', async () => {
    const list = await issue('four_haves', neighbour, {
      code: 'standard_385',
      minHeadcount: 0,
      validFrom: '2020-01-01',
    })
    const unions = await someUnions(
      deps,
      id('513222100'),
      Array.from({ length: 385 }, () => ({})),
    )
    await someUnions(deps, id('513222'), [{ endedOn: '2026-01-01' }, { kind: 'GROUP' }, { approvedOn: '2026-12-01' }])
    const items = await withTenant(deps, systemActor('test', id('513222')), async (ctx) => {
      const rows = await ctx.db
        .selectFrom('organisation.checklist_item')
        .select('id')
        .where('checklist_id', '=', list.checklistId)
        .orderBy('position')
        .execute()
      await ctx.db
        .insertInto('organisation.checklist_result')
        .values(
          unions.flatMap((unionId, index) =>
            // Those beyond the 327 lack one item each.
            rows.slice(0, index < 327 ? 4 : 3).map((item) => ({
              tenant_id: id('513222100'),
              union_id: unionId,
              item_id: item.id,
              met: true,
              valid_from: '2026-06-01',
              checked_by: 'test',
            })),
          ),
        )
        .execute()
      return rows
    })
    expect(items).toHaveLength(4)
    const coverage = await as(neighbour, (ctx) => freezeCompliance(ctx, { checklistId: list.checklistId }))
    expect(coverage).toEqual({ numerator: 327, denominator: 385, rate: 8494 })
    expect(
      await as(neighbour, (ctx) =>
        countCompliance(ctx, CountCompliance.parse({ checklistId: list.checklistId, on: '2026-05-31' })),
      ),
    ).toMatchObject({
      numerator: 0,
      denominator: 385,
    })
    // The city counts the same by body, however it asks.
    expect(
      await as(city, (ctx) => countCompliance(ctx, CountCompliance.parse({ checklistId: list.checklistId }))),
    ).toMatchObject({
      numerator: 327,
      denominator: 385,
      bodies: [{ body: '513222100', numerator: 327, denominator: 385 }],
    })
    const kept = await as(neighbour, (ctx) =>
      listCompliance(ctx, { checklistId: list.checklistId, page: 1, pageSize: 50 }),
    )
    expect(kept.rows).toMatchObject([{ takenOn: '2026-11-21', numerator: 327, denominator: 385, rate: 8494 }])
    await expect(sql`update organisation.rate_snapshot set numerator = 385`.execute(owner.db)).rejects.toThrow(
      /append-only/,
    )
  })

  test('M205 double display coverage counts unions that show both, like a plain loop does', async () => {
    const list = (await as(county, (ctx) => listChecklists(ctx, ListChecklists.parse({})))).rows.find(
      (one) => one.code === 'double_display',
    )
    const checklistId = list?.checklistId ?? 0
    const unions = await someUnions(
      deps,
      id('513221100'),
      Array.from({ length: 7 }, () => ({})),
    )
    for (const unionId of unions.slice(0, 6))
      await check(unionId, 'double_display', unions[5] === unionId ? [1] : [1, 2])
    const { numerator, denominator, rate } = await as(county, (ctx) =>
      countCompliance(ctx, CountCompliance.parse({ checklistId })),
    )
    const { rows } = await sql<{ union_id: number; items: number }>`
      select u.id as union_id, count(r.id) filter (where r.met and i.id is not null)::int as items from organisation.trade_union u
      left join organisation.checklist_result r on r.union_id = u.id and r.valid_to is null
      left join organisation.checklist_item i on i.id = r.item_id and i.checklist_id = ${checklistId}
      where u.tenant_id in (${id('513221')}, ${id('513221100')}, ${id('513221101')}, ${id('513221102')}) group by u.id`.execute(
      owner.db,
    )
    expect(denominator).toBe(rows.length)
    expect(numerator).toBe(rows.filter((row) => row.items === 2).length)
    expect(rate).toBe(shareOf(numerator, denominator))
    expect(numerator).toBeGreaterThanOrEqual(5)
  })

  test('a share is exact to the hundredth of a percent, half up', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.integer({ min: 1, max: 2_000_000 }), (part, whole) => {
        const share = shareOf(part, whole) ?? -1
        expect(Math.abs(share * whole - part * 10_000) * 2).toBeLessThanOrEqual(whole)
      }),
    )
    expect([shareOf(327, 385), shareOf(1, 0), shareOf(1, 20_000)]).toEqual([8494, null, 1])
  })
})
