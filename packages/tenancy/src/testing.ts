import { createDatabase, plainRole } from '@gonglian/db'
import { migrateQueue, openQueue } from '@gonglian/jobs'
import { createTestDatabase } from '@gonglian/testing'
import { systemActor, type UserActor } from './actor.ts'
import { withTenant, type Deps, type TenantContext } from './context.ts'
import type { Role } from './permissions.ts'
import { openVault } from './vault.ts'
import { addFederations, type NewFederation } from './tree.ts'

export type TestDeps = {
  deps: Deps
  /** Of the owner, whose sessions have the time at which the clock stands at first (tenancy.now()). */
  ownerUrl: string
  /** The worker's login: may act as the system too. */
  appUrl: string
  /** The web's login. */
  webUrl: string
  /** The installation's secret. */
  secret: string
  /** Moves the clock that contexts read. */
  setNow(at: string): void
  close(): Promise<void>
}

/** A fresh migrated database with the real queue in it, for one test file. The clock stands at 2026-11-21 noon in Shanghai. */
export async function openTestDeps(): Promise<TestDeps> {
  const database = await createTestDatabase()
  await migrateQueue(database.ownerUrl, plainRole)
  const { db, pool } = createDatabase(database.appUrl, 6)
  const queue = openQueue({ databaseUrl: database.appUrl }, { boundMs: 30_000 })
  let now = new Date('2026-11-21T12:00:00+08:00')
  const ownerUrl = new URL(database.ownerUrl)
  ownerUrl.searchParams.set('options', `-c app.now=${now.toISOString()}`)
  return {
    deps: {
      db,
      queue,
      clock: () => now,
      vault: openVault(database.secret),
      onLostEffect: (error) => {
        throw error
      },
    },
    ownerUrl: ownerUrl.toString(),
    appUrl: database.appUrl,
    webUrl: database.webUrl,
    secret: database.secret,
    setNow: (at) => {
      now = new Date(at)
    },
    close: async () => {
      await queue.close()
      await pool.end()
      await database.drop()
    },
  }
}

const founded = '1990-01-01'
const area = (code: string, shortName: string, level: NewFederation['level'], parentCode?: string): NewFederation => ({
  code,
  name: `${shortName}总工会`,
  shortName,
  level,
  validFrom: founded,
  ...(parentCode === undefined ? {} : { parentCode }),
})
const industry = (
  code: string,
  shortName: string,
  level: NewFederation['level'],
  parentCode: string,
  lineParentCode?: string,
): NewFederation => ({
  ...area(code, shortName, level, parentCode),
  name: shortName,
  kind: 'industry',
  unionKind: 'INDUSTRY_UNION',
  ...(lineParentCode === undefined ? {} : { lineParentCode }),
})

/** A country small enough to count by hand, with both hierarchies. Returns code -> id. */
export async function aSmallTree(deps: Deps): Promise<Map<string, number>> {
  const bodies: NewFederation[] = [
    area('00', '全国', 'national'),
    area('51', '四川省', 'province', '00'),
    area('32', '江苏省', 'province', '00'),
    area('5132', '阿坝州', 'city', '51'),
    area('3209', '盐城市', 'city', '32'),
    area('513221', '汶川县', 'county', '5132'),
    area('513222', '理县', 'county', '5132'),
    area('320924', '射阳县', 'county', '3209'),
    area('513221100', '威州镇', 'township', '513221'),
    area('513221101', '映秀镇', 'township', '513221'),
    area('513221102', '卧龙镇', 'township', '513221'),
    area('513222100', '杂谷脑镇', 'township', '513222'),
    area('320924100', '合德镇', 'township', '320924'),
    industry('00JT', '全国交通运输工会', 'national', '00'),
    industry('51JT', '四川省交通运输工会', 'province', '51', '00JT'),
    industry('5132JT', '阿坝州交通运输工会', 'city', '5132', '51JT'),
  ]
  return withTenant(deps, systemActor('test', 0), async (ctx) => {
    await addFederations(ctx, bodies)
    const rows = await ctx.db.selectFrom('tenancy.federation').select(['id', 'code']).execute()
    return new Map(rows.map((row) => [row.code, row.id]))
  })
}

/** The id behind a code; a test that names a wrong code fails here. */
export function idOf(tree: Map<string, number>, code: string): number {
  const id = tree.get(code)
  if (id === undefined) throw new Error(`no body ${code} in the test tree`)
  return id
}

/** An officer (or whoever the roles make) of a body. */
export function aUser(tenantId: number, ...roles: Role[]): UserActor {
  return {
    kind: 'user',
    accountId: 1,
    username: `user-${tenantId}`,
    displayName: '测试员',
    tenantId,
    roles: roles.length > 0 ? roles : ['officer'],
    locale: 'zh-CN',
    isProved: true,
    requestId: 'test',
    address: '127.0.0.1',
  }
}

export { openRehearsal, type Rehearsal } from './rehearsal.ts'

/** Lines in the trails of all bodies that a system actor sees. */
export async function countAuditLines(ctx: TenantContext): Promise<number> {
  const { lines } = await ctx.db
    .selectFrom('tenancy.audit')
    .select((eb) => eb.fn.countAll<number>().as('lines'))
    .executeTakeFirstOrThrow()
  return Number(lines)
}

/** What the trails say was done to a record, of whichever body, oldest first. */
export async function listActs(deps: Deps, object: { kind: string; id: string | number }): Promise<string[]> {
  const rows = await withTenant(deps, systemActor('test', 0), (ctx) =>
    ctx.db
      .selectFrom('tenancy.audit')
      .select('action')
      .where('object_kind', '=', object.kind)
      .where('object_id', '=', String(object.id))
      .orderBy('id')
      .execute(),
  )
  return rows.map(({ action }) => action)
}
