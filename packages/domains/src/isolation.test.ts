import fc from 'fast-check'
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database, type DB, type Tx } from '@gonglian/db'
import { addFederations, systemActor, withStructureReach, withTenant, type Actor, type Reach } from '@gonglian/tenancy'
import {
  anyCountry,
  int,
  lookFrom,
  treePlants,
  type Cell,
  type Country,
  type Look,
  type Row,
  type World,
} from '@gonglian/tenancy/isolation'
import { aUser, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { tableEntries } from './isolation.ts'

const { keys, plants, rules } = tableEntries

let house: TestDeps
let owner: Database
let closeOwner: () => Promise<void>
let tables: string[]
let demands: Map<string, Row>
/** A column of each table to be changed: one that the application may write to, where there is one. */
let writableColumns: Map<string, string>

beforeAll(async () => {
  house = await openTestDeps()
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  owner = db
  closeOwner = () => pool.end()
  tables = await listTables()
  demands = await readDemands()
  writableColumns = await readWritableColumns()
  // Here only row-level security is asked; what triggers and keys refuse besides has its own tests.
  for (const table of tables) await sql`alter table ${sql.table(table)} disable trigger all`.execute(owner)
  // What everything below one is, policies read as the tree's own triggers keep it.
  await sql`alter table tenancy.closure enable trigger all`.execute(owner)
})
afterAll(async () => {
  await closeOwner()
  await house.close()
})

/** Every table in a schema of ours, read from the database, so that a new one cannot be forgotten. */
async function listTables(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f') and n.nspname not in ('public', 'bullmq', 'information_schema') and n.nspname !~ '^pg_'
    order by 1`.execute(owner)
  return rows.map((row) => row.name)
}

const keyOf = (table: string, row: Row | Record<string, unknown>) =>
  (keys[table] ?? ['id']).map((column) => String(row[column])).join(' ')
const keyColumns = (table: string) => sql.join((keys[table] ?? ['id']).map((column) => sql.id(column)))
const rowsOf = (world: World, table: string) => world.rows.get(table) ?? []

async function insert(db: Kysely<DB> | Tx, table: string, rows: readonly Row[]): Promise<void> {
  const columns = sql.join(Object.keys(rows[0] ?? {}).map((column) => sql.id(column)))
  await sql`insert into ${sql.table(table)} (${columns}) overriding system value
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)`.execute(
    db,
  )
}

/** What a plant does not mention and the table insists on: of words the first it allows, else something of the type. */
async function readDemands(): Promise<Map<string, Row>> {
  const { rows } = await sql<{ table: string; column: string; type: string; word: string | null }>`
    select a.attrelid::regclass::text as table, a.attname as column, a.atttypid::regtype::text as type, (
        select (regexp_match(pg_get_constraintdef(k.oid), '''([^'']*)''::text'))[1] from pg_constraint k
        where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]
          and pg_get_constraintdef(k.oid) like 'CHECK ((% = ANY (ARRAY[%') as word
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname || '.' || c.relname = any (${tables}) and a.attnum > 0 and not a.attisdropped
      and a.attnotnull and not a.atthasdef and a.attidentity = '' and a.attgenerated = ''`.execute(owner)
  const values: Record<string, Cell> = {
    text: 'xx',
    date: '2026-01-01',
    'timestamp with time zone': '2026-01-01',
    boolean: false,
    bytea: '\\x00',
  }
  const demands = new Map<string, Row>()
  for (const { table, column, type, word } of rows) {
    const value = word ?? values[type] ?? (type.endsWith('[]') ? [1] : 1)
    demands.set(table, { ...demands.get(table), [column]: value })
  }
  return demands
}

async function readWritableColumns(): Promise<Map<string, string>> {
  const { rows } = await sql<{ table: string; column: string }>`
    select distinct on (a.attrelid) a.attrelid::regclass::text as table, a.attname as column
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname || '.' || c.relname = any (${tables}) and a.attnum > 0 and not a.attisdropped
      and a.attidentity = '' and a.attgenerated = '' and a.attname not in ('above_id', 'root_id')
    order by a.attrelid, not has_column_privilege(${new URL(house.appUrl).username}, a.attrelid, a.attnum, 'update'), a.attnum`.execute(
    owner,
  )
  return new Map(rows.map((row) => [row.table, row.column]))
}

/** A country with rows of every table in every body. */
async function plantCountry(country: Country): Promise<World> {
  await owner.transaction().execute(async (db) => {
    await sql.raw(tables.map((table) => `delete from ${table}`).join(';')).execute(db)
  })
  await withTenant(house.deps, systemActor('test', 0), (ctx) => addFederations(ctx, country.bodies))
  let last = 1_000_000
  const world: World = { country, ids: [], rows: new Map(), next: () => (last += 1) }
  for (const table of ['tenancy.federation', 'tenancy.link', 'tenancy.closure', 'tenancy.subtree']) {
    world.rows.set(table, (await sql<Row>`select * from ${sql.table(table)}`.execute(owner)).rows)
  }
  const idOf = new Map(rowsOf(world, 'tenancy.federation').map((row) => [row['code'], int(row, 'id')]))
  world.ids = country.bodies.map((body) => idOf.get(body.code) ?? -1)
  for (const [table, plant] of Object.entries(plants)) {
    for (const [number, id] of world.ids.entries()) {
      for (const step of [1, 2, 3]) {
        const other = world.ids[(number + step) % world.ids.length] ?? id
        const row = { ...demands.get(table), ...plant(world, id, other) }
        // Of some tables a body has one row.
        if (rowsOf(world, table).some((there) => keyOf(table, there) === keyOf(table, row))) continue
        world.rows.set(table, [...rowsOf(world, table), row])
      }
    }
    // Rows that name the same columns go in together.
    const groups = new Map<string, Row[]>()
    for (const row of rowsOf(world, table)) {
      const columns = Object.keys(row).join()
      groups.set(columns, [...(groups.get(columns) ?? []), row])
    }
    for (const rows of groups.values()) await insert(owner, table, rows)
  }
  return world
}

function actorOf(look: Look): Actor {
  const reaches: Record<Reach, Actor> = {
    business: aUser(look.me, 'officer'),
    structure: aUser(look.me, 'officer'),
    administration: aUser(look.me, 'sysadmin'),
    system: systemActor('test', look.me),
    sign_in: { kind: 'visitor', tenantId: 0, roles: [], requestId: '', address: '' },
  }
  return reaches[look.reach]
}

/** Does something as the actor and takes it back; the rows it touched, or "refused" by privilege or policy. */
async function attempt(
  look: Look,
  work: (db: Tx) => Promise<Record<string, unknown>[]>,
): Promise<Record<string, unknown>[] | 'refused'> {
  const undone = new Error('undone')
  let rows: Record<string, unknown>[] = []
  try {
    await withTenant(house.deps, actorOf(look), async (ctx) => {
      rows =
        look.reach === 'structure' ? await withStructureReach(ctx, look.me, ({ db }) => work(db)) : await work(ctx.db)
      throw undone
    })
  } catch (error) {
    if (error === undone) return rows
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === '42501') return 'refused'
    // A key that is taken: row-level security had let it through.
    if (code.startsWith('23')) return []
    throw error
  }
  return rows
}

type Shape = 'rows' | 'count' | 'some' | 'joined'

/** The same question in one of several shapes: whatever the plan, the rows in sight are the same. */
async function look(
  table: string,
  shape: Shape,
  looker: Look,
  tenants: number[],
): Promise<string[] | number | 'refused'> {
  const rows = await attempt(looker, async (db) => {
    const name = sql.table(table)
    if (shape === 'rows') return (await sql<Record<string, unknown>>`select * from ${name}`.execute(db)).rows
    if (shape === 'count')
      return (await sql<Record<string, unknown>>`select count(*)::int as count from ${name}`.execute(db)).rows
    if (shape === 'joined') {
      return (
        await sql<
          Record<string, unknown>
        >`select a.* from ${name} a join ${name} b using (${keyColumns(table)}) order by 1 desc`.execute(db)
      ).rows
    }
    return (
      await sql<Record<string, unknown>>`select * from ${name} where tenant_id = any (${tenants}) limit 1000`.execute(
        db,
      )
    ).rows
  })
  if (rows === 'refused') return rows
  return shape === 'count' ? Number(rows[0]?.['count']) : rows.map((row) => keyOf(table, row)).toSorted()
}

/** Who looks at each table in each country, from bodies that chance picks; beside them a visitor. */
const lookers = ['business', 'business', 'administration', 'system', 'structure'] as const satisfies Reach[]
const lanes = 4

describe('every table', () => {
  test('takes part: it has rules, and rows to try them on', () => {
    expect(Object.keys(rules).toSorted()).toEqual(tables)
    expect([...Object.keys(plants), ...Object.keys(treePlants)].toSorted()).toEqual(tables)
  })

  test('shows and lets change what the rules say, in any country, for anybody', async () => {
    const anyQuery = fc.record({
      shape: fc.constantFrom<Shape>('rows', 'count', 'some', 'joined'),
      tenants: fc.array(fc.nat(20), { maxLength: 4 }),
      offset: fc.nat(100),
    })
    const bodies = fc.array(fc.nat(20), { minLength: lookers.length, maxLength: lookers.length })
    await fc.assert(
      fc.asyncProperty(
        anyCountry,
        bodies,
        fc.array(anyQuery, { minLength: 5, maxLength: 5 }),
        async (country, numbers, queries) => {
          const world = await plantCountry(country)
          const looks = lookers.map((reach, index) =>
            lookFrom(country, world.ids, (numbers[index] ?? 0) % world.ids.length, reach),
          )
          looks.push(lookFrom(country, world.ids, null, 'sign_in'))
          // Side by side, but each table by one at a time: what one of them tries locks the rows for the others until it is taken back.
          await Promise.all(
            Array.from({ length: lanes }, async (_, lane) => {
              for (const [index, table] of tables.entries()) {
                const query = queries[index % queries.length]
                if (index % lanes !== lane || !query) continue
                for (const looker of looks) await checkTable(world, table, looker, query)
              }
            }),
          )
        },
      ),
      // What failed is said with its table, looker and row: shrinking a country of eighty tables would take minutes.
      { numRuns: 4, endOnFailure: true },
    )
  })
})

async function checkTable(
  world: World,
  table: string,
  looker: Look,
  query: { shape: Shape; tenants: number[]; offset: number },
): Promise<void> {
  const rule = rules[table]
  const plant = plants[table] ?? treePlants[table]
  if (!rule || !plant) throw new Error(`no rules for ${table}`)
  const planted = rowsOf(world, table)
  const what = `${table} as ${looker.reach} of ${looker.me}`

  const tenants = query.tenants.map((number) => world.ids[number % world.ids.length] ?? -1)
  const hasTenant = planted.some((row) => 'tenant_id' in row)
  const shape = query.shape === 'some' && !hasTenant ? 'rows' : query.shape
  const seen = planted.filter((row) => rule.see?.(row, looker, world))
  const expected = seen
    .filter((row) => shape !== 'some' || tenants.includes(int(row, 'tenant_id')))
    .map((row) => keyOf(table, row))
  expect(await look(table, shape, looker, tenants), `${what} sees, ${shape}`).toEqual(
    !rule.see ? 'refused' : shape === 'count' ? expected.length : expected.toSorted(),
  )

  const touched = async (verb: 'change' | 'drop') => {
    const column = sql.id((keys[table] ?? ['id'])[0] ?? 'id')
    const written = sql.id(writableColumns.get(table) ?? (keys[table] ?? ['id'])[0] ?? 'id')
    const rows = await attempt(looker, async (db) =>
      verb === 'drop'
        ? (
            await sql<Record<string, unknown>>`delete from ${sql.table(table)} returning ${keyColumns(table)}`.execute(
              db,
            )
          ).rows
        : (
            await sql<
              Record<string, unknown>
            >`update ${sql.table(table)} set ${written} = ${written} where ${column} is not null returning ${keyColumns(table)}`.execute(
              db,
            )
          ).rows,
    )
    return rows === 'refused' ? rows : rows.map((row) => keyOf(table, row)).toSorted()
  }
  for (const verb of ['change', 'drop'] as const) {
    const may = rule[verb]
    const allowed = may && seen.filter((row) => may(row, looker, world)).map((row) => keyOf(table, row))
    expect(await touched(verb), `${what} may ${verb}`).toEqual(allowed?.toSorted() ?? 'refused')
  }

  // Every other time for oneself, where more is allowed.
  const own = query.offset % 2 === 0 ? world.ids.indexOf(looker.me) : -1
  const at = own === -1 ? query.offset % world.ids.length : own
  const fresh: Row = {
    ...demands.get(table),
    ...plant(world, world.ids[at] ?? -1, world.ids[(at + 1) % world.ids.length] ?? -1),
  }
  const added = await attempt(looker, async (db) => {
    await insert(db, table, [fresh])
    return []
  })
  expect(added === 'refused', `${what} adds ${JSON.stringify(fresh)}`).toBe(
    !(rule.add?.(fresh, looker, world) ?? false),
  )

  // Giving a row of one's own to another body, or taking it along, is no way round. Without a condition and without asking for
  // columns: what could not be read is not checked either.
  const stranger = world.ids[(at + 2) % world.ids.length] ?? -1
  const given = planted.filter((row) => 'tenant_id' in row && rule.change?.(row, looker, world))
  if (given.some((row) => !rule.change?.({ ...row, tenant_id: stranger }, looker, world))) {
    const moved = await attempt(
      looker,
      async (db) =>
        (await sql<Record<string, unknown>>`update ${sql.table(table)} set tenant_id = ${stranger}`.execute(db)).rows,
    )
    expect(moved, `${what} gives a row to ${stranger}`).toBe('refused')
  }
}

describe('without a context', () => {
  test('every table refuses to be read or written, on a new connection and on a used one', async () => {
    const [country] = fc.sample(anyCountry, 1)
    if (country) await plantCountry(country)
    const { db, pool } = createDatabase(house.appUrl, 1)
    const ask = (table: string, statement: string) =>
      sql`${sql.raw(statement)} ${sql.table(table)} ${sql.raw(statement === 'select * from' || statement === 'delete from' ? '' : 'default values')}`.execute(
        db,
      )
    try {
      for (const table of tables) {
        await expect(ask(table, 'select * from'), table).rejects.toThrow(
          rules[table]?.see ? 'unrecognized configuration parameter' : 'permission denied',
        )
      }
      // The setting of a transaction that is over leaves an empty text behind: no body either.
      await withTenant({ ...house.deps, db }, systemActor('test', 0), () => Promise.resolve())
      for (const table of tables) {
        const rows = await ask(table, 'select * from').then(
          (result) => result.rows,
          () => [],
        )
        expect(rows, table).toEqual([])
      }
      for (const table of tables) {
        const gone = await sql`with gone as (delete from ${sql.table(table)} returning 1) select * from gone`
          .execute(db)
          .then(
            (result) => result.rows,
            () => [],
          )
        expect(gone, table).toEqual([])
      }
      await expect(sql`select * from tenancy.audit`.execute(db)).rejects.toThrow(
        'invalid input syntax for type integer',
      )
    } finally {
      await pool.end()
    }
  })
})
