import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, loginUrl, refuseSystemLogin, type Database } from '@gonglian/db'
import { migrateDatabase } from '@gonglian/db/migrate'
import { systemActor } from './actor.ts'
import { withTenant } from './context.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
let web: Database
let closeWeb: () => Promise<void>

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  const { db, pool } = createDatabase(house.webUrl, 2)
  web = db
  closeWeb = () => pool.end()
})
afterAll(async () => {
  await closeWeb()
  await house.close()
})

const countBodies = async (db: Database, actor: Parameters<typeof withTenant>[1]) =>
  withTenant({ ...house.deps, db }, actor, async (ctx) => {
    const { rows } = await sql<{ bodies: number; readable: number }>`
      select (select count(*)::int from tenancy.federation) as bodies, cardinality(tenancy.readable()) as readable`.execute(
      ctx.db,
    )
    return rows[0]
  })

describe("the web's login", () => {
  test('acts as a signed-in person', async () => {
    expect(await countBodies(web, aUser(idOf(tree, '513221')))).toMatchObject({ readable: 4 })
  })

  test('may not act as the system, whatever it claims', async () => {
    const root = systemActor('attack', idOf(tree, '00'))
    expect(await countBodies(house.deps.db, root)).toMatchObject({ readable: tree.size, bodies: tree.size })
    await expect(countBodies(web, root)).rejects.toThrow('may not act as the system')
    // Past withTenant, with statements of its own, the claim is worth nothing either.
    const claim = sql`select set_config('app.reach', 'system', true)`
    const person = aUser(idOf(tree, '00'))
    const { rows } = await withTenant({ ...house.deps, db: web }, person, async (ctx) => {
      await claim.execute(ctx.db)
      return sql`select cardinality(tenancy.readable()) as readable, cardinality(tenancy.writable()) as writable`.execute(
        ctx.db,
      )
    })
    expect(rows).toEqual([{ readable: 0, writable: 0 }])
    const attempts = [
      sql`insert into tenancy.federation (code, name, short_name, level, valid_from) values ('99', '假省', '假', 'province', '2020-01-01')`,
      sql`insert into rollup.dirty (form_id, period, tenant_id, hierarchy) values (1, '2026-10', 1, 'regional')`,
      sql`insert into tenancy.audit (tenant_id, seq, at, actor, action, object_kind, object_id, prev_hash, hash) values (${idOf(tree, '32')}, 0, tenancy.now(), 'x', 'x', 'x', 'x', '', '')`,
    ]
    for (const attempt of attempts)
      await expect(
        withTenant({ ...house.deps, db: web }, person, async (ctx) => {
          await claim.execute(ctx.db)
          await attempt.execute(ctx.db)
        }),
      ).rejects.toThrow('row-level security')
  })

  test('can take no other role', async () => {
    for (const role of ['gonglian_system', 'gonglian_definer', new URL(house.appUrl).username])
      await expect(sql`set role ${sql.id(role)}`.execute(web)).rejects.toThrow('permission denied')
  })

  test("is not found out from what the web knows: its password says nothing of the worker's", () => {
    const secret = 'the secret that web and worker share'
    const [one, other] = ['a', 'b'].map((password) => loginUrl(`postgres://owner:${password}@h/d`, secret, 'worker'))
    expect(one).not.toBe(other)
  })

  test('is the only one with which the web starts', async () => {
    await expect(refuseSystemLogin(web)).resolves.toBeUndefined()
    await expect(refuseSystemLogin(house.deps.db)).rejects.toThrow('db logins')
    const { db, pool } = createDatabase(house.ownerUrl, 1)
    await expect(refuseSystemLogin(db)).rejects.toThrow('db logins')
    await pool.end()
  })
})

describe('an attacker with a connection of the application', () => {
  const open = (url: string, work: (db: Database) => Promise<void>) => {
    const { db, pool } = createDatabase(url, 1)
    return work(db).finally(() => pool.end())
  }

  test.each(['webUrl', 'appUrl'] as const)('makes no temporary object after a migration (%s)', async (login) => {
    const database = sql.id(new URL(house.ownerUrl).pathname.slice(1))
    await open(house.ownerUrl, async (owner) => {
      await sql`grant temporary on database ${database} to public`.execute(owner)
    })
    await migrateDatabase({ databaseUrl: house.ownerUrl, secret: house.secret })
    await open(house[login], async (db) => {
      await expect(sql`create temporary table record (x int)`.execute(db)).rejects.toThrow('permission denied')
      await expect(sql`create domain pg_temp.record as text`.execute(db)).rejects.toThrow('permission denied')
    })
  })

  test('finds no function that would look up a type in its temporary schema, even where it could make one', () =>
    open(house.ownerUrl, async (owner) => {
      const database = sql.id(new URL(house.ownerUrl).pathname.slice(1))
      await sql`grant temporary on database ${database} to public`.execute(owner)
      try {
        await open(house.webUrl, async (db) => {
          // A domain whose check runs the attacker's code as whoever owns the function; that was a superuser once.
          await sql`create function pg_temp.take() returns boolean language plpgsql as $$
            begin
              if current_user <> session_user then raise exception 'taken over as %', current_user; end if;
              return true;
            end $$`.execute(db)
          await sql`create domain pg_temp.record as pg_catalog.text check (pg_temp.take())`.execute(db)
          await sql`select set_config('app.tenant', '1', false), set_config('app.reach', 'business', false), set_config('app.now', '2026-11-21', false)`.execute(
            db,
          )
          await expect(
            sql`select organisation.close_appraisal(1, '{}', '2026-11-21', 3, '')`.execute(db),
          ).rejects.toThrow('no open appraisal')
        })
      } finally {
        await sql`revoke temporary on database ${database} from public`.execute(owner)
      }
    }))
})
