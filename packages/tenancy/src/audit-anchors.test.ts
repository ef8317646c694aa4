import { generateKeyPairSync } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { findBrokenAnchors, listAuditAnchors, signAuditHeads, type AuditAnchor } from './audit-anchors.ts'
import { recordAudit } from './audit.ts'
import { withTenant } from './context.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
let owner: Database
let closeOwner: () => Promise<void>
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const published: AuditAnchor[] = []
const signNow = () =>
  signAuditHeads(house.deps, privateKey, (anchors) => Promise.resolve(void published.push(...anchors)))
const write = (code: string, objectId: number) =>
  withTenant(house.deps, aUser(idOf(tree, code)), (ctx) =>
    recordAudit(ctx, { action: 'report.submit', objectKind: 'report', objectId }),
  )
const inOrder = (anchors: readonly AuditAnchor[]) =>
  anchors.toSorted((a, b) => a.code.localeCompare(b.code) || a.seq - b.seq)

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  owner = db
  closeOwner = () => pool.end()
})
afterAll(async () => {
  await closeOwner()
  await house.close()
})

test('each trail that has grown is signed once, and its superior has it in writing', async () => {
  await write('513221', 1)
  await write('513221', 2)
  await write('513222', 3)
  expect(await signNow()).toBe(2)
  expect(published.map(({ code, seq }) => ({ code, seq }))).toEqual([
    { code: '513221', seq: 2 },
    { code: '513222', seq: 1 },
  ])
  const trail = await withTenant(house.deps, aUser(idOf(tree, '5132')), (ctx) =>
    ctx.db
      .selectFrom('tenancy.audit')
      .select(['action', 'actor', 'after'])
      .where('tenant_id', '=', ctx.tenantId)
      .execute(),
  )
  expect(trail).toMatchObject([
    {
      action: 'audit.anchor',
      actor: 'system:audit',
      after: {
        heads: [
          { code: '513221', seq: 2 },
          { code: '513222', seq: 1 },
        ],
      },
    },
  ])
  // The city's own trail has grown by that line, so it is signed next.
  expect(await signNow()).toBe(1)
  expect(await findBrokenAnchors(house.deps, published, [publicKey])).toEqual([])
  expect(inOrder(await listAuditAnchors(house.deps))).toEqual(inOrder(published))
})

test('what cannot be published is not signed', async () => {
  await write('513221', 4)
  await expect(signAuditHeads(house.deps, privateKey, () => Promise.reject(new Error('no room')))).rejects.toThrow(
    'no room',
  )
  expect(inOrder(await listAuditAnchors(house.deps))).toEqual(inOrder(published))
  await signNow()
  expect(published).toContainEqual(expect.objectContaining({ code: '513221', seq: 3 }))
})

test('two processes at once sign each head once', async () => {
  await write('513222', 5)
  await Promise.all([signNow(), signNow()])
  const names = inOrder(published).map(({ code, seq }) => `${code} ${seq}`)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('513222 2')
})

test('a trail rewritten by whoever owns the database no longer is what was published', async () => {
  // The whole chain is computed again, heads and anchors included, as somebody with all rights in the database would.
  await owner.transaction().execute(async (db) => {
    await sql`select set_config('app.tenant', '0', true), set_config('app.reach', 'system', true)`.execute(db)
    await sql`set local session_replication_role = replica`.execute(db)
    await sql`update tenancy.audit set object_id = '99' where tenant_id = ${idOf(tree, '513221')} and seq = 1`.execute(
      db,
    )
    await sql`update tenancy.audit a set hash = tenancy.audit_digest(a) where tenant_id = ${idOf(tree, '513221')} and seq = 1`.execute(
      db,
    )
    await sql`update tenancy.audit set prev_hash = (select hash from tenancy.audit where tenant_id = ${idOf(tree, '513221')} and seq = 1)
      where tenant_id = ${idOf(tree, '513221')} and seq = 2`.execute(db)
    await sql`update tenancy.audit a set hash = tenancy.audit_digest(a) where tenant_id = ${idOf(tree, '513221')} and seq = 2`.execute(
      db,
    )
    await sql`update tenancy.audit_anchor set hash = (select hash from tenancy.audit where tenant_id = ${idOf(tree, '513221')} and seq = 2)
      where tenant_id = ${idOf(tree, '513221')} and seq = 2`.execute(db)
    await sql`delete from tenancy.audit where tenant_id = ${idOf(tree, '513222')} and seq = 2`.execute(db)
  })
  const faults = (await findBrokenAnchors(house.deps, published, [publicKey])).map(
    ({ anchor: { code, seq }, fault }) => [code, seq, fault],
  )
  expect(faults).toEqual([
    ['513221', 2, 'lineChanged'],
    ['513222', 2, 'lineMissing'],
  ])
  const kept = await findBrokenAnchors(house.deps, await listAuditAnchors(house.deps), [publicKey])
  expect(kept).toMatchObject([{ anchor: { code: '513221', seq: 2 }, fault: 'signature' }, { fault: 'lineMissing' }])
})

test('a signature by another key counts for nothing', async () => {
  const other = generateKeyPairSync('ed25519').publicKey
  expect((await findBrokenAnchors(house.deps, published.slice(0, 1), [other])).map((one) => one.fault)).toEqual([
    'unknownKey',
  ])
})

test('no login of the application changes an anchor, and nobody but the system adds one', async () => {
  const person = aUser(idOf(tree, '513221'), 'auditadmin')
  const add = sql`insert into tenancy.audit_anchor (tenant_id, seq, hash, key_id, signature)
    values (${idOf(tree, '513221')}, 999, sha256(''), '0000000000000000', decode(repeat('00', 64), 'hex'))`
  await expect(withTenant(house.deps, person, (ctx) => add.execute(ctx.db))).rejects.toThrow('row-level security')
  await expect(
    withTenant(house.deps, person, (ctx) => sql`delete from tenancy.audit_anchor`.execute(ctx.db)),
  ).rejects.toThrow('permission denied')
})
