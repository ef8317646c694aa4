import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { systemActor } from './actor.ts'
import { ListAudit, listAudit } from './audit.ts'
import { withTenant } from './context.ts'
import { getFederation, listChildren, listLinks, listSuperiors } from './federations.ts'
import { emptyTree, readClosure, walkLinks } from './closure-checks.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'
import { addFederations, moveFederation, type NewFederation } from './tree.ts'

type Hierarchy = 'regional' | 'line'

let house: TestDeps
let owner: Database
let closeOwner: () => Promise<void>

beforeAll(async () => {
  house = await openTestDeps()
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  owner = db
  closeOwner = () => pool.end()
})
afterAll(async () => {
  await closeOwner()
  await house.close()
})

/** Moves a body as somebody does on the day it is to be effective, or on another. */
async function move(
  root: number,
  federationId: number,
  parentId: number,
  from: string,
  hierarchy: Hierarchy = 'regional',
  today = from,
): Promise<void> {
  house.setNow(`${today}T12:00:00+08:00`)
  await withTenant(house.deps, systemActor('test', root), (ctx) =>
    moveFederation(ctx, { federationId, parentId, hierarchy, from, reason: '区划调整' }),
  )
}

describe('moving a body', () => {
  let tree: Map<string, number>
  const as = (code: string) =>
    withTenant(house.deps, aUser(idOf(tree, code)), (ctx) =>
      ctx.db.selectFrom('tenancy.federation').select('code').orderBy('code').execute(),
    )

  beforeAll(async () => {
    await emptyTree(owner)
    tree = await aSmallTree(house.deps)
  })

  test('is refused into what lies below it, and under itself, in both hierarchies', async () => {
    const root = idOf(tree, '00')
    for (const [body, parent, hierarchy] of [
      ['5132', '513221101', 'regional'],
      ['5132', '5132', 'regional'],
      ['00JT', '5132JT', 'line'],
      ['51JT', '51JT', 'line'],
      ['3209', '3209', 'line'],
    ] as const) {
      await expect(move(root, idOf(tree, body), idOf(tree, parent), '2026-07-01', hierarchy)).rejects.toMatchObject({
        code: 'invalid',
        fields: [{ path: 'parentId', key: 'errors.moveIntoOwnSubtree' }],
      })
    }
    expect(await readClosure(owner)).toEqual(await walkLinks(owner))
  })

  test('is refused before its present link began, on a day to come, and to a body that is not there', async () => {
    const root = idOf(tree, '00')
    await expect(move(root, idOf(tree, '513221'), idOf(tree, '3209'), '1990-01-01')).rejects.toMatchObject({
      fields: [{ path: 'from', key: 'errors.moveBeforeLink' }],
    })
    await expect(
      move(root, idOf(tree, '513221'), idOf(tree, '3209'), '2026-11-22', 'regional', '2026-11-21'),
    ).rejects.toMatchObject({ fields: [{ path: 'from', key: 'errors.moveInFuture' }] })
    await expect(move(root, idOf(tree, '513221'), 2_000_000, '2026-07-01')).rejects.toMatchObject({ code: 'not_found' })
    await expect(move(root, 2_000_000, idOf(tree, '3209'), '2026-07-01')).rejects.toMatchObject({ code: 'not_found' })
  })

  test.each([
    // The first half of the month is over on the 16th, the month itself on the first of the next.
    ['2026-11-15', '2026-11-21', '2026-11-16'],
    ['2026-11-15', '2026-11-16', '2026-11-16'],
    ['2026-10-31', '2026-11-15', '2026-11-01'],
    ['2025-12-31', '2026-01-01', '2026-01-01'],
  ])(
    'is refused from %s when today is %s: a period that is over keeps its tree (P5)',
    async (from, today, firstOpen) => {
      const before = await readClosure(owner)
      await expect(
        move(idOf(tree, '00'), idOf(tree, '513221'), idOf(tree, '3209'), from, 'regional', today),
      ).rejects.toMatchObject({
        code: 'invalid',
        fields: [{ path: 'from', key: 'errors.moveIntoClosedPeriod', params: { from: firstOpen } }],
      })
      expect(await readClosure(owner)).toEqual(before)
    },
  )

  test('is refused from or to a body that is closed', async () => {
    await withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) =>
      addFederations(ctx, [
        {
          code: '513299',
          name: '原某县总工会',
          shortName: '原某县',
          level: 'county',
          validFrom: '1990-01-01',
          validTo: '2010-01-01',
          parentCode: '5132',
        },
      ]),
    )
    const { id } = await withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) =>
      getFederation(ctx, '513299'),
    )
    const closed = { code: 'conflict', key: 'errors.bodyClosed' }
    await expect(move(idOf(tree, '00'), id, idOf(tree, '3209'), '2026-07-01')).rejects.toMatchObject(closed)
    await expect(move(idOf(tree, '00'), idOf(tree, '513221'), id, '2026-07-01')).rejects.toMatchObject(closed)
    // Its records stay in its last superior's sight.
    expect(await as('5132')).toContainEqual({ code: '513299' })
  })

  test('is nothing a user does, whatever their roles', async () => {
    const actor = aUser(idOf(tree, '00'), 'sysadmin')
    await expect(
      withTenant(house.deps, actor, (ctx) =>
        moveFederation(ctx, {
          federationId: idOf(tree, '513221'),
          parentId: idOf(tree, '3209'),
          hierarchy: 'regional',
          from: '2026-07-01',
          reason: '调整',
        }),
      ),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(withTenant(house.deps, actor, (ctx) => addFederations(ctx, []))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('takes all below it along, keeps the old link with its end, and is written down', async () => {
    const before = (await as('5132')).map((row) => row.code)
    expect(before).toContain('513221101')
    await move(idOf(tree, '00'), idOf(tree, '513221'), idOf(tree, '3209'), '2026-07-01')
    // The old superiors keep the names, for the periods in which it stood below them; everything else of it is out of reach.
    const readable = (code: string) =>
      withTenant(house.deps, aUser(idOf(tree, code)), async (ctx) => {
        const { rows } = await sql<{ code: string }>`
          select code from tenancy.federation where id = any (tenancy.readable())`.execute(ctx.db)
        return rows.map((row) => row.code)
      })
    expect((await as('5132')).map((row) => row.code)).toEqual(before)
    expect((await readable('5132')).filter((code) => code.startsWith('513221'))).toEqual([])
    expect((await as('3209')).map((row) => row.code)).toEqual(
      expect.arrayContaining(['513221', '513221100', '513221101', '513221102']),
    )
    // The two branches that lost and gained it, and nobody else.
    expect(await readable('51')).not.toContain('513221')
    expect((await as('513222')).map((row) => row.code)).toEqual(['00', '51', '5132', '513222', '513222100'])
    const links = await withTenant(house.deps, aUser(idOf(tree, '00')), (ctx) => listLinks(ctx, idOf(tree, '513221')))
    expect(links).toMatchObject([
      { parentCode: '3209', validFrom: '2026-07-01', validTo: null, reason: '区划调整' },
      { parentCode: '5132', validFrom: '1990-01-01', validTo: '2026-07-01' },
    ])
    const { lines } = await withTenant(house.deps, aUser(idOf(tree, '00'), 'auditadmin'), (ctx) =>
      listAudit(ctx, ListAudit.parse({ action: 'federation.move', pageSize: 5 })),
    )
    expect(lines).toMatchObject([
      {
        actor: 'system:test',
        objectId: String(idOf(tree, '513221')),
        before: { parentId: idOf(tree, '5132') },
        after: { parentId: idOf(tree, '3209'), from: '2026-07-01' },
      },
    ])
    expect(await readClosure(owner)).toEqual(await walkLinks(owner))
  })

  test('changes the answers about superiors and children', async () => {
    const superiors = await withTenant(house.deps, aUser(idOf(tree, '513221100')), (ctx) =>
      listSuperiors(ctx, ctx.tenantId),
    )
    expect(superiors.map((body) => body.code)).toEqual(['00', '32', '3209', '513221', '513221100'])
    const children = await withTenant(house.deps, aUser(idOf(tree, '32')), (ctx) =>
      listChildren(ctx, idOf(tree, '3209')),
    )
    expect(children.map((body) => [body.code, body.childCount])).toEqual([
      ['320924', 1],
      ['513221', 3],
    ])
  })

  test('of two at once that would close a circle together, one is refused', async () => {
    const [a, b] = [idOf(tree, '513222'), idOf(tree, '320924')]
    const answers = await Promise.allSettled([
      move(idOf(tree, '00'), a, b, '2026-08-01'),
      move(idOf(tree, '00'), b, a, '2026-08-01'),
    ])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await readClosure(owner)).toEqual(await walkLinks(owner))
  })

  test('twice on one day is refused: a body has one superior on any day', async () => {
    await expect(move(idOf(tree, '00'), idOf(tree, '513221'), idOf(tree, '5132'), '2026-07-01')).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(
      sql`insert into tenancy.link (federation_id, parent_id, valid_from) values (${idOf(tree, '513221')}, ${idOf(tree, '51')}, '2026-09-01')`.execute(
        owner,
      ),
    ).rejects.toThrow('conflicting key value')
  })
})

test('whatever is moved wherever, the closure is what the links say', async () => {
  const anyMove = fc.record({
    body: fc.nat(30),
    parent: fc.nat(30),
    hierarchy: fc.constantFrom<Hierarchy>('regional', 'line'),
  })
  const anyCountry = fc.array(fc.record({ parent: fc.nat(30), line: fc.option(fc.nat(30), { nil: null }) }), {
    minLength: 3,
    maxLength: 14,
  })
  await fc.assert(
    fc.asyncProperty(anyCountry, fc.array(anyMove, { maxLength: 8 }), async (country, moves) => {
      await emptyTree(owner)
      const bodies = [{ parent: 0, line: null }, ...country].map((draft, index): NewFederation => ({
        code: `B${index}`,
        name: `第${index}总工会`,
        shortName: `第${index}`,
        level: index === 0 ? 'national' : 'county',
        validFrom: '2000-01-01',
        ...(index === 0 ? {} : { parentCode: `B${draft.parent % index}` }),
        ...(index === 0 || draft.line === null ? {} : { lineParentCode: `B${draft.line % index}` }),
      }))
      await withTenant(house.deps, systemActor('test', 0), (ctx) => addFederations(ctx, bodies))
      expect(await readClosure(owner)).toEqual(await walkLinks(owner))
      const { id: root } = await withTenant(house.deps, systemActor('test', 0), (ctx) => getFederation(ctx, 'B0'))
      let day = 1
      for (const { body, parent, hierarchy } of moves) {
        day += 1
        const from = `2001-01-${String(day).padStart(2, '0')}`
        const outcome = await move(
          root,
          root + 1 + (body % country.length),
          root + (parent % bodies.length),
          from,
          hierarchy,
        ).catch((error: unknown) => error)
        if (outcome !== undefined) expect(outcome).toMatchObject({ code: 'invalid', key: 'errors.moveIntoOwnSubtree' })
        expect(await readClosure(owner)).toEqual(await walkLinks(owner))
      }
      // Nothing of the past was lost: each body has its superior of the first day still on file.
      const { rows } = await sql<{
        count: number
      }>`select count(*)::int as count from tenancy.link where hierarchy = 'regional' and valid_from = '2000-01-01'`.execute(
        owner,
      )
      expect(rows).toEqual([{ count: country.length }])
    }),
    { numRuns: 40 },
  )
})

describe('moves into the past', () => {
  test('never close a circle, not even one that would have been open again today', async () => {
    await emptyTree(owner)
    const tree = await aSmallTree(house.deps)
    const [root, county, first, second] = [
      idOf(tree, '00'),
      idOf(tree, '513221'),
      idOf(tree, '513221101'),
      idOf(tree, '513221102'),
    ]
    await move(root, first, second, '2026-03-01')
    await move(root, first, county, '2026-06-01')
    // From March to May the first stood below the second.
    await expect(move(root, second, first, '2026-04-01')).rejects.toMatchObject({
      key: 'errors.moveIntoOwnSubtree',
    })
    await expect(move(root, second, first, '2026-06-01')).resolves.toBeUndefined()
  })
})
