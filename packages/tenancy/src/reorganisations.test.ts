import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { ListAudit, listAudit } from './audit.ts'
import { withTenant } from './context.ts'
import { getFederation, listChildren, listLinks, searchFederations } from './federations.ts'
import type { Role } from './permissions.ts'
import { ReorganisationPlan } from './reorganisation-plans.ts'
import { applyPlan, listReorganisations, readFormerSelf } from './reorganisations.ts'
import { emptyTree, expectClosureIsLinks } from './closure-checks.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let owner: Database
let closeOwner: () => Promise<void>
let tree: Map<string, number>

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
beforeEach(async () => {
  await emptyTree(owner)
  tree = await aSmallTree(house.deps)
})

const grounds = { day: '2026-11-16', reason: '区划调整', documentNumber: '川工〔2026〕8号' }
const as = (code: string, ...roles: Role[]) =>
  aUser(idOf(tree, code), ...(roles.length > 0 ? roles : ['leader' as const]))

/** Does it as the leader of a body, and sees afterwards that the closure is what the links say. */
async function reorganise(actor: string, plan: Record<string, unknown>, ...roles: Role[]) {
  const outcome = await withTenant(house.deps, as(actor, ...roles), (ctx) =>
    applyPlan(ctx, ReorganisationPlan.parse({ ...grounds, ...plan })),
  )
  await expectClosureIsLinks(owner)
  for (const { code, id } of outcome.parts) tree.set(code, id)
  return outcome
}
const read = (actor: string, code: string) => withTenant(house.deps, as(actor), (ctx) => getFederation(ctx, code))
const childrenOf = async (code: string) =>
  (await withTenant(house.deps, as('00'), (ctx) => listChildren(ctx, idOf(tree, code)))).map((child) => child.code)
const inSight = async (code: string) =>
  (
    await withTenant(house.deps, as(code), (ctx) =>
      ctx.db.selectFrom('tenancy.federation').select('code').orderBy('code').execute(),
    )
  ).map((row) => row.code)

const inReach = (code: string) =>
  withTenant(house.deps, as(code), async (ctx) => {
    const { rows } = await sql<{ code: string }>`
      select code from tenancy.federation where id = any (tenancy.readable())`.execute(ctx.db)
    return rows.map((row) => row.code)
  })

describe('a body is opened', () => {
  test('below its superior from its day on, is found, and stands in the trails and the history of both', async () => {
    const { id, parts } = await reorganise('51', {
      kind: 'open',
      code: '513223',
      name: '茂县总工会',
      level: 'county',
      parent: '5132',
    })
    expect(parts).toMatchObject([
      { part: 'superior', code: '5132', name: '阿坝州总工会' },
      { part: 'opened', code: '513223', name: '茂县总工会' },
    ])
    expect(await read('51', '513223')).toMatchObject({ shortName: '茂县', validFrom: '2026-11-16', validTo: null })
    expect(await childrenOf('5132')).toEqual(['513221', '513222', '513223', '5132JT'])
    expect(
      (await withTenant(house.deps, as('51'), (ctx) => searchFederations(ctx, { text: 'mx', limit: 5 }))).map(
        (hit) => hit.code,
      ),
    ).toEqual(['513223'])
    for (const code of ['51', '5132', '513223']) {
      const { lines } = await withTenant(house.deps, as(code, 'auditadmin'), (ctx) =>
        listAudit(ctx, ListAudit.parse({ action: 'federation.open' })),
      )
      expect(lines).toMatchObject([
        {
          actor: `user-${idOf(tree, '51')}`,
          objectId: String(id),
          after: { parts: ['superior 5132', 'opened 513223'] },
        },
      ])
      expect(await withTenant(house.deps, as(code), (ctx) => listReorganisations(ctx, ctx.tenantId))).toMatchObject([
        { kind: 'open', day: '2026-11-16', reason: '区划调整', documentNumber: '川工〔2026〕8号' },
      ])
    }
    // Who has no part in it and stands not above does not read of it.
    expect(
      await withTenant(house.deps, as('513222'), (ctx) =>
        ctx.db.selectFrom('tenancy.reorganisation').select('id').execute(),
      ),
    ).toEqual([])
  })

  test('in an industry with a superior in each hierarchy', async () => {
    await reorganise('00', {
      kind: 'open',
      code: '32JT',
      name: '江苏省交通运输工会',
      level: 'province',
      bodyKind: 'industry',
      parent: '32',
      lineParent: '00JT',
    })
    expect(await withTenant(house.deps, as('00'), (ctx) => listLinks(ctx, idOf(tree, '32JT')))).toMatchObject([
      { hierarchy: 'regional', parentCode: '32' },
      { hierarchy: 'line', parentCode: '00JT' },
    ])
  })

  test.each([
    [{ code: '513221' }, { code: 'conflict', key: 'reorganisation.codeTaken' }],
    [{ level: 'city' }, { code: 'invalid', fields: [{ path: 'parent', key: 'reorganisation.levelOrder' }] }],
    [{ parent: '51JT' }, { code: 'invalid', fields: [{ path: 'parent', key: 'reorganisation.kindOrder' }] }],
    [{ day: '2026-11-15' }, { fields: [{ path: 'day', key: 'errors.moveIntoClosedPeriod' }] }],
    [{ day: '2026-11-22' }, { fields: [{ path: 'day', key: 'errors.moveInFuture' }] }],
  ])('but not with %o', async (change, refusal) => {
    await expect(
      reorganise('51', {
        kind: 'open',
        code: '513223',
        name: '茂县总工会',
        level: 'county',
        parent: '5132',
        ...change,
      }),
    ).rejects.toMatchObject(refusal)
    expect(await childrenOf('5132')).not.toContain('513223')
  })
})

describe('a body is closed', () => {
  test('stays in its last superior’s sight, names its successor, and is in no list of children', async () => {
    await reorganise('51', { kind: 'close', body: '513222100', successor: '513222' })
    expect(await read('5132', '513222100')).toMatchObject({ validTo: '2026-11-16' })
    expect(await inSight('513222')).toContain('513222100')
    expect(await childrenOf('513222')).toEqual([])
    expect(await withTenant(house.deps, as('51'), (ctx) => readFormerSelf(ctx, idOf(tree, '513222100')))).toEqual({
      names: [],
      successor: { code: '513222', name: '理县总工会' },
    })
  })

  test('its sessions end', async () => {
    const id = idOf(tree, '513222100')
    await sql`with a as (insert into auth.account (tenant_id, username, display_name, password_hash, status) values (${id}, 'closing', 'x', 'x', 'active') returning id)
      insert into auth.session (id, account_id, tenant_id, expires_at, created_at, seen_at) select 'one', id, ${id}, '2030-01-01', '2026-01-01', '2026-01-01' from a`.execute(
      owner,
    )
    await reorganise('51', { kind: 'close', body: '513222100' })
    expect((await sql`select 1 from auth.session where tenant_id = ${id}`.execute(owner)).rows).toEqual([])
  })

  test('only with nobody below it, and not twice', async () => {
    await expect(reorganise('51', { kind: 'close', body: '513221' })).rejects.toMatchObject({
      fields: [{ path: 'body', key: 'reorganisation.hasChildren' }],
    })
    await reorganise('51', { kind: 'close', body: '513222100' })
    await expect(reorganise('51', { kind: 'close', body: '513222100' })).rejects.toMatchObject({
      key: 'errors.bodyClosed',
    })
  })
})

describe('a body is renamed', () => {
  test('from its day on; the old name is kept with its days and still finds it', async () => {
    await reorganise('51', { kind: 'rename', body: '513221', name: '汶川市总工会' })
    expect(await read('51', '513221')).toMatchObject({ name: '汶川市总工会', shortName: '汶川市' })
    expect(await withTenant(house.deps, as('51'), (ctx) => readFormerSelf(ctx, idOf(tree, '513221')))).toEqual({
      names: [{ name: '汶川县总工会', validFrom: '1990-01-01', validTo: '2026-11-16' }],
      successor: null,
    })
    for (const text of ['汶川县', 'wcx', '汶川市', 'wenchuanshi'])
      expect(
        (await withTenant(house.deps, as('51'), (ctx) => searchFederations(ctx, { text, limit: 5 })))[0],
      ).toMatchObject({
        code: '513221',
        formerName: text.includes('市') || text.includes('shi') ? null : '汶川县总工会',
      })
    const [line] = await withTenant(house.deps, as('51'), (ctx) => listReorganisations(ctx, idOf(tree, '513221')))
    expect(line?.parts).toMatchObject([{ part: 'renamed', name: '汶川县总工会', newName: '汶川市总工会' }])
  })

  test('not to the name it has, and not twice on one day', async () => {
    await expect(reorganise('51', { kind: 'rename', body: '513221', name: '汶川县总工会' })).rejects.toMatchObject({
      fields: [{ path: 'name', key: 'reorganisation.sameName' }],
    })
    await reorganise('51', { kind: 'rename', body: '513221', name: '汶川市总工会' })
    await expect(reorganise('51', { kind: 'rename', body: '513221', name: '汶川总工会' })).rejects.toMatchObject({
      fields: [{ path: 'day', key: 'reorganisation.renamedSince' }],
    })
  })
})

describe('a body is moved', () => {
  test('with all below it; the trails of both superiors and its own say so', async () => {
    await reorganise('51', { kind: 'move', body: '513221100', parent: '513222' })
    expect(await inSight('513222')).toContain('513221100')
    // Its old superior keeps the name, and reaches nothing of it any more.
    expect(await inReach('513221')).not.toContain('513221100')
    for (const code of ['51', '513221', '513222', '513221100'])
      expect(
        (
          await withTenant(house.deps, as(code, 'auditadmin'), (ctx) =>
            listAudit(ctx, ListAudit.parse({ action: 'federation.move' })),
          )
        ).total,
      ).toBe(1)
  })

  test('not into what lies below it, nor to where it is, nor above its level', async () => {
    await expect(reorganise('00', { kind: 'move', body: '51JT', parent: '5132JT' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(reorganise('51', { kind: 'move', body: '513221', parent: '5132' })).rejects.toMatchObject({
      fields: [{ path: 'parent', key: 'reorganisation.sameSuperior' }],
    })
    await expect(reorganise('51', { kind: 'move', body: '513221', parent: '513222' })).rejects.toMatchObject({
      fields: [{ path: 'parent', key: 'reorganisation.levelOrder' }],
    })
  })

  test('of two at once the second sees what the first did', async () => {
    const one = { kind: 'move', body: '513221100', parent: '513222' }
    const answers = await Promise.allSettled([reorganise('51', one), reorganise('5132', one)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({
      reason: { key: 'reorganisation.sameSuperior' },
    })
  })
})

describe('bodies are merged', () => {
  test('into one that is there: all below go over, the others close and name it', async () => {
    await reorganise('51', { kind: 'merge', bodies: ['513222'], into: '513221' })
    expect(await childrenOf('513221')).toEqual(['513221100', '513221101', '513221102', '513222100'])
    expect(await read('51', '513222')).toMatchObject({ validTo: '2026-11-16' })
    expect(
      (await withTenant(house.deps, as('51'), (ctx) => readFormerSelf(ctx, idOf(tree, '513222')))).successor,
    ).toEqual({ code: '513221', name: '汶川县总工会' })
  })

  test('into a new one beside them', async () => {
    await reorganise('51', { kind: 'merge', bodies: ['513221', '513222'], into: '513230', name: '汶理县总工会' })
    expect(await childrenOf('513230')).toEqual(['513221100', '513221101', '513221102', '513222100'])
    expect(await childrenOf('5132')).toEqual(['513230', '5132JT'])
  })

  test('a superior and one below it at once, and an industry with its line', async () => {
    await reorganise('51', { kind: 'merge', bodies: ['513222', '513222100'], into: '513221' })
    expect(await childrenOf('513221')).not.toContain('513222100')
    await reorganise('00', { kind: 'merge', bodies: ['51JT'], into: '32JT', name: '联合交通运输工会' })
    expect(await withTenant(house.deps, as('00'), (ctx) => listLinks(ctx, idOf(tree, '5132JT')))).toContainEqual(
      expect.objectContaining({ hierarchy: 'line', parentCode: '32JT', validTo: null }),
    )
  })

  test('not into itself, nor into what lies below it', async () => {
    await expect(reorganise('51', { kind: 'merge', bodies: ['513222'], into: '513222' })).rejects.toMatchObject({
      fields: [{ path: 'into', key: 'reorganisation.sameBody' }],
    })
    await expect(reorganise('51', { kind: 'merge', bodies: ['513222'], into: '513222100' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })
})

test('a body is split: the chosen ones go over to a new one beside it', async () => {
  const split = { kind: 'split', body: '513221', code: '513231', name: '映秀县总工会' }
  await expect(reorganise('51', { ...split, children: ['513222100'] })).rejects.toMatchObject({
    fields: [{ path: 'children', key: 'reorganisation.notChild' }],
  })
  await reorganise('51', { ...split, children: ['513221101', '513221102'] })
  expect(await childrenOf('513221')).toEqual(['513221100'])
  expect(await childrenOf('513231')).toEqual(['513221101', '513221102'])
  expect(await read('51', '513231')).toMatchObject({ level: 'county', kind: 'regional' })
})

describe('who decides', () => {
  const plans = [
    { kind: 'open', code: '513223', name: '茂县总工会', level: 'county', parent: '5132' },
    { kind: 'close', body: '513222100' },
    { kind: 'rename', body: '513221', name: '汶川市总工会' },
    { kind: 'move', body: '513221100', parent: '513222' },
    { kind: 'merge', bodies: ['513222'], into: '513221' },
    { kind: 'split', body: '513221', code: '513231', name: '映秀县总工会', children: ['513221101'] },
  ]

  test.each(plans)('$kind: nobody beside, below, or of another province; nobody without the office', async (plan) => {
    const before = await sql`select * from tenancy.link order by id`.execute(owner)
    for (const actor of ['32', '3209', '320924', '513221100', '51JT', '00JT'])
      await expect(reorganise(actor, plan)).rejects.toMatchObject({
        code: expect.stringMatching(/^(not_found|forbidden)$/),
      })
    for (const role of ['reviewer', 'finance', 'auditor', 'sysadmin', 'secadmin', 'auditadmin'] as const)
      await expect(reorganise('51', plan, role)).rejects.toMatchObject({ code: 'forbidden' })
    expect((await sql`select * from tenancy.link order by id`.execute(owner)).rows).toEqual(before.rows)
  })

  test('nobody reorganises the own body, a superior, or takes a body out of another branch', async () => {
    for (const plan of [
      { kind: 'rename', body: '5132', name: '阿坝总工会' },
      { kind: 'rename', body: '51', name: '川总工会' },
      { kind: 'close', body: '5132' },
      { kind: 'move', body: '513221', parent: '51' },
    ])
      await expect(reorganise('5132', plan)).rejects.toMatchObject({ key: 'reorganisation.notBelow' })
    for (const plan of [
      { kind: 'move', body: '320924', parent: '5132' },
      { kind: 'move', body: '513221', parent: '3209' },
      { kind: 'merge', bodies: ['320924'], into: '513221' },
      { kind: 'merge', bodies: ['513221'], into: '320924' },
    ])
      await expect(reorganise('5132', plan)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('who guides an industry decides about its line, not about its bodies', async () => {
    await expect(reorganise('51JT', { kind: 'rename', body: '5132JT', name: '阿坝交通工会' })).rejects.toMatchObject({
      key: 'reorganisation.notBelow',
    })
    await reorganise('00JT', { kind: 'move', body: '5132JT', parent: '00JT', hierarchy: 'line' })
    await expect(
      reorganise('51JT', { kind: 'move', body: '5132JT', parent: '51JT', hierarchy: 'line' }),
    ).rejects.toMatchObject({ key: 'reorganisation.notBelow' })
  })

  test('after a refusal the transaction has the user’s own reach again', async () => {
    await withTenant(house.deps, as('5132'), async (ctx) => {
      await expect(
        applyPlan(ctx, ReorganisationPlan.parse({ ...grounds, ...plans[0], code: '320924' })),
      ).rejects.toMatchObject({ key: 'reorganisation.codeTaken' })
      expect(
        (await sql`select tenancy.reach() as reach, tenancy.current_tenant() as tenant`.execute(ctx.db)).rows,
      ).toEqual([{ reach: 'business', tenant: idOf(tree, '5132') }])
    })
  })
})
