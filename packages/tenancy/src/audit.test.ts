import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { systemActor } from './actor.ts'
import { ExportAudit, ListAudit, exportAudit, listAudit, recordAudit, verifyAudit } from './audit.ts'
import { withTenant } from './context.ts'
import { roles, type Role } from './permissions.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
let owner: Database
let closeOwner: () => Promise<void>

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

/** Writes lines as an officer of the body, each in its own transaction. */
async function write(code: string, count: number): Promise<void> {
  for (let line = 1; line <= count; line += 1) {
    await withTenant(house.deps, aUser(idOf(tree, code)), (ctx) =>
      recordAudit(ctx, {
        action: 'test.line',
        objectKind: 'line',
        objectId: line,
        before: null,
        after: { line, text: '汶川' },
      }),
    )
  }
}
const verify = (code: string) => withTenant(house.deps, aUser(idOf(tree, code), 'auditadmin'), verifyAudit)
const list = (code: string, input: Partial<Parameters<typeof listAudit>[1]> = {}) =>
  withTenant(house.deps, aUser(idOf(tree, code), 'auditadmin'), (ctx) =>
    listAudit(ctx, { ...ListAudit.parse({}), ...input }),
  )

/** What somebody with the owner's password could do: switch the trigger off, change, switch it on again. */
async function tamper(statement: string): Promise<void> {
  await owner.transaction().execute(async (db) => {
    await sql`alter table tenancy.audit disable trigger user`.execute(db)
    await sql.raw(statement).execute(db)
    await sql`alter table tenancy.audit enable trigger user`.execute(db)
  })
}

describe('the chain', () => {
  test('is intact when nobody wrote, and after ordinary lines', async () => {
    expect(await verify('513222100')).toEqual({ lines: 0, intact: true, firstBroken: null })
    await write('513222100', 3)
    expect(await verify('513222100')).toEqual({ lines: 3, intact: true, firstBroken: null })
  })

  test('has no gap and no fork when many write at once', async () => {
    const body = idOf(tree, '3209')
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        withTenant(house.deps, aUser(body), async (ctx) => {
          await recordAudit(ctx, { action: 'test.rush', objectKind: 'line', objectId: index })
          if (index % 4 === 0) throw new Error('rolled back')
          await recordAudit(ctx, { action: 'test.rush', objectKind: 'line', objectId: index, after: { second: true } })
        }).catch(() => undefined),
      ),
    )
    expect(await verify('3209')).toEqual({ lines: 60, intact: true, firstBroken: null })
    const { lines } = await list('3209', { pageSize: 500 })
    expect(lines.map((line) => line.seq)).toEqual(Array.from({ length: 60 }, (_, index) => 60 - index))
  })

  test('of one body does not wait for another', async () => {
    await withTenant(house.deps, aUser(idOf(tree, '51')), async (ctx) => {
      await recordAudit(ctx, { action: 'test.open', objectKind: 'line', objectId: 1 })
      // While that transaction is still open.
      await write('32', 1)
    })
    expect(await verify('32')).toMatchObject({ lines: 1, intact: true })
  })

  test('numbers, times and hashes come from the database, whatever the writer says', async () => {
    await withTenant(house.deps, aUser(idOf(tree, '513221101')), (ctx) =>
      ctx.db
        .insertInto('tenancy.audit')
        .values({
          tenant_id: ctx.tenantId,
          seq: 99,
          at: new Date(0),
          prev_hash: Buffer.from('x'),
          hash: Buffer.from('x'),
          actor: 'a',
          action: 'test.forged',
          object_kind: 'x',
          object_id: 'x',
        })
        .execute(),
    )
    const { lines } = await list('513221101')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ seq: 1 })
    expect(lines[0]?.at.getTime()).toBeGreaterThan(0)
    expect(await verify('513221101')).toMatchObject({ intact: true })
  })
})

describe('tampering is found at the right line:', () => {
  const where = (code: string, seq: number) => `where tenant_id = ${idOf(tree, code)} and seq = ${seq}`
  const digest = 'hash = tenancy.audit_digest(audit)'

  test.each([
    [
      '513221',
      'a changed actor',
      (at: (seq: number) => string) => `update tenancy.audit set actor = 'somebody else' ${at(3)}`,
      3,
    ],
    [
      '513222',
      'a changed figure',
      (at: (seq: number) => string) => `update tenancy.audit set after = '{"line": 2, "text": "理县"}' ${at(2)}`,
      2,
    ],
    [
      '320924',
      'a changed time',
      (at: (seq: number) => string) => `update tenancy.audit set at = at - interval '1 day' ${at(1)}`,
      1,
    ],
    ['513221100', 'a missing line', (at: (seq: number) => string) => `delete from tenancy.audit ${at(4)}`, 4],
    ['513221102', 'a missing first line', (at: (seq: number) => string) => `delete from tenancy.audit ${at(1)}`, 1],
    // Whoever hashes the changed line anew breaks the link of the next one.
    [
      '5132',
      'a changed line with a new hash',
      (at: (seq: number) => string) =>
        `update tenancy.audit set actor = 'x' ${at(2)}; update tenancy.audit set ${digest} ${at(2)}`,
      3,
    ],
    [
      '320924100',
      'lines in another order',
      (at: (seq: number) => string) =>
        `update tenancy.audit set seq = 100 ${at(2)}; update tenancy.audit set seq = 2 ${at(3)}; update tenancy.audit set seq = 3 ${at(100)}`,
      2,
    ],
    [
      '5132JT',
      'a line put in between',
      (at: (seq: number) => string) =>
        `update tenancy.audit set seq = seq + 1 where tenant_id = ${idOf(tree, '5132JT')} and seq > 90; insert into tenancy.audit (tenant_id, seq, at, actor, action, object_kind, object_id, prev_hash, hash) select tenant_id, 6, at, actor, action, object_kind, object_id, prev_hash, hash from tenancy.audit ${at(5)}`,
      6,
    ],
  ])('%s: %s', async (code, _what, statement, firstBroken) => {
    await write(code, 5)
    expect(await verify(code)).toMatchObject({ intact: true })
    await tamper(statement((seq) => where(code, seq)))
    expect(await verify(code)).toMatchObject({ intact: false, firstBroken })
  })

  test('another body’s chain is not affected', async () => {
    expect(await verify('513222100')).toMatchObject({ intact: true })
  })
})

describe('the head of a chain', () => {
  test.each([
    ['update tenancy.audit_head set seq = 0, hash = $$x$$', 'only a line moves the head'],
    ['update tenancy.audit_head set seq = seq + 1', 'only a line moves the head'],
    ['insert into tenancy.audit_head values (1, 1, $$x$$)', 'only a line moves the head'],
    ['delete from tenancy.audit_head', 'append-only'],
    ['truncate tenancy.audit_head', 'append-only'],
  ])('is out of everybody’s reach: %s', async (statement, refusal) => {
    for (const actor of [aUser(idOf(tree, '51')), systemActor('test', idOf(tree, '00'))])
      await expect(withTenant(house.deps, actor, (ctx) => sql.raw(statement).execute(ctx.db))).rejects.toThrow(
        new RegExp(`${refusal}|permission denied`),
      )
    await expect(sql.raw(statement).execute(owner)).rejects.toThrow(refusal)
  })

  test('does not go back by way of a trigger either', async () => {
    // Who may make a trigger (the applications may not) gets past the first guard, not past the second.
    const attempt = owner.transaction().execute(async (db) => {
      await sql`select set_config('app.tenant', ${String(idOf(tree, '00'))}, true), set_config('app.reach', 'system', true)`.execute(
        db,
      )
      await sql`create temporary table lever (x int) on commit drop`.execute(db)
      await sql`create function pg_temp.pull() returns trigger language plpgsql as
        'begin update tenancy.audit_head set seq = seq - 1; return new; end'`.execute(db)
      await sql`create trigger pull before insert on lever for each row execute function pg_temp.pull()`.execute(db)
      await sql`insert into lever values (1)`.execute(db)
    })
    await expect(attempt).rejects.toThrow('only moves on')
  })
})

describe('lines stay', () => {
  test.each([
    'update tenancy.audit set actor = $$x$$',
    'delete from tenancy.audit',
    'truncate tenancy.audit',
    'truncate tenancy.audit cascade',
  ])('for the owner too: %s', async (statement) => {
    await expect(sql.raw(statement).execute(owner)).rejects.toThrow('audit is append-only')
  })

  test.each([
    'update tenancy.audit set actor = $$x$$',
    'delete from tenancy.audit',
    'truncate tenancy.audit',
    'alter table tenancy.audit disable trigger user',
    'drop trigger audit_append_only on tenancy.audit',
  ])('the application may not even try: %s', async (statement) => {
    await expect(
      withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) => sql.raw(statement).execute(ctx.db)),
    ).rejects.toThrow(/permission denied|must be owner/)
  })

  test('a line goes when its act is rolled back', async () => {
    const before = await verify('51')
    await withTenant(house.deps, aUser(idOf(tree, '51')), async (ctx) => {
      await recordAudit(ctx, { action: 'test.undone', objectKind: 'line', objectId: 1 })
      throw new Error('undone')
    }).catch(() => undefined)
    expect(await verify('51')).toEqual(before)
  })

  test('nobody writes into the trail of another body', async () => {
    await expect(
      withTenant(house.deps, aUser(idOf(tree, '51')), (ctx) =>
        recordAudit(ctx, { action: 'test.forged', objectKind: 'x', objectId: 1, tenantId: idOf(tree, '5132') }),
      ),
    ).rejects.toThrow('row-level security')
  })
})

describe('reading', () => {
  test('is for the audit administrator of the body, and of no other', async () => {
    for (const role of roles) {
      const reading = () =>
        withTenant(house.deps, aUser(idOf(tree, '3209'), role), (ctx) => listAudit(ctx, ListAudit.parse({})))
      await (role === 'auditadmin' ? reading() : expect(reading()).rejects.toMatchObject({ code: 'forbidden' }))
    }
    expect((await list('00')).lines.map((line) => line.action)).not.toContain('test.rush')
    expect((await list('32')).lines.map((line) => line.action)).not.toContain('test.rush')
  })

  test('filters by act, person, day in Shanghai, and pages', async () => {
    await withTenant(house.deps, { ...aUser(idOf(tree, '51JT')), username: '51jt-100%' }, (ctx) =>
      recordAudit(ctx, { action: 'test.other', objectKind: 'x', objectId: 'obj-7' }),
    )
    await write('51JT', 4)
    expect(await list('51JT', { action: 'test.other' })).toMatchObject({
      total: 1,
      actions: ['test.line', 'test.other'],
    })
    expect((await list('51JT', { search: '100%' })).total).toBe(1)
    expect((await list('51JT', { search: '_' })).total).toBe(0)
    expect((await list('51JT', { search: 'OBJ-7' })).total).toBe(1)
    expect((await list('51JT', { page: 2, pageSize: 2 })).lines.map((line) => line.seq)).toEqual([3, 2])
    await tamper(
      `update tenancy.audit set at = '2026-03-01T23:59:59+08:00' where tenant_id = ${idOf(tree, '51JT')} and seq = 2`,
    )
    expect((await list('51JT', { from: '2026-03-01', to: '2026-03-01' })).lines.map((line) => line.seq)).toEqual([2])
    expect((await list('51JT', { to: '2026-02-28' })).total).toBe(0)
  })

  test('filters by exactly one person and one request, and begins with either end', async () => {
    const somebody = { ...aUser(idOf(tree, '3209')), username: '3209-one', requestId: 'request-1' }
    const note = (objectId: string) => (ctx: Parameters<typeof recordAudit>[0]) =>
      recordAudit(ctx, { action: 'test.other', objectKind: 'x', objectId })
    await withTenant(house.deps, somebody, note('first'))
    await withTenant(house.deps, { ...somebody, username: '3209-one-more', requestId: 'request-12' }, note('second'))
    const found = async (input: Partial<Parameters<typeof listAudit>[1]>) =>
      (await list('3209', { action: 'test.other', ...input })).lines.map((line) => line.objectId)
    expect(await found({ actor: '3209-one' })).toEqual(['first'])
    expect(await found({ requestId: 'request-1' })).toEqual(['first'])
    expect(await found({ order: 'oldest' })).toEqual(['first', 'second'])
    expect((await list('3209')).actors).toEqual(expect.arrayContaining(['3209-one', '3209-one-more']))
  })

  test('goes into a file whole, and says so in itself', async () => {
    const take = (role: Role) =>
      withTenant(house.deps, aUser(idOf(tree, '00JT'), role), (ctx) =>
        exportAudit(ctx, ExportAudit.parse({ action: 'test.line', order: 'oldest' })),
      )
    await write('00JT', 3)
    expect((await take('auditadmin')).map((line) => line.seq)).toEqual([1, 2, 3])
    const [last] = (await list('00JT')).lines
    expect(last).toMatchObject({ seq: 4, action: 'audit.export', after: { lines: 3 } })
    expect(await verify('00JT')).toEqual({ lines: 4, intact: true, firstBroken: null })
    await expect(take('sysadmin')).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('what is left after a cut at the end is a whole chain in itself, but it does not reach its head:', () => {
  const of = (code: string) => `from tenancy.audit where tenant_id = ${idOf(tree, code)}`

  test('the last lines, also when others follow', async () => {
    await write('51', 5)
    const { lines } = await verify('51')
    await tamper(`delete ${of('51')} and seq > ${lines - 2}`)
    expect(await verify('51')).toEqual({ lines: lines - 2, intact: false, firstBroken: lines - 1 })
    await write('51', 3)
    expect(await verify('51')).toEqual({ lines: lines + 1, intact: false, firstBroken: lines - 1 })
  })

  test('every line', async () => {
    await write('32', 2)
    await tamper(`delete ${of('32')}`)
    expect(await verify('32')).toEqual({ lines: 0, intact: false, firstBroken: 1 })
  })

  test('a last line that was changed and hashed anew', async () => {
    await write('00', 2)
    const { lines } = await verify('00')
    const last = `where tenant_id = ${idOf(tree, '00')} and seq = ${lines}`
    await tamper(
      `update tenancy.audit set actor = 'x' ${last}; update tenancy.audit set hash = tenancy.audit_digest(audit) ${last}`,
    )
    expect(await verify('00')).toEqual({ lines, intact: false, firstBroken: lines })
  })
})
