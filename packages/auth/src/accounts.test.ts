import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ListAudit, listAudit, roles, systemActor, withTenant, type Role, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { ExportAccounts, ListAccounts, exportAccounts, listAccounts } from './account-list.ts'
import { createAccount, disableAccount, enableAccount, requestPasswordReset } from './accounts.ts'
import { confirmAccount, grantRole, revokeRole } from './grants.ts'
import { addAccount, addDemonstrationAccounts } from './operator.ts'
import { confirmRequest } from './link-requests.ts'
import { redeemOneTimeLink } from './one-time-links.ts'
import { signIn } from './sign-in.ts'
import { aSession, anAccount, testPassword } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

/** Somebody with the role, other than all accounts of the tests. */
function as<T>(code: string, role: Role, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  return withTenant(
    house.deps,
    { ...aUser(idOf(tree, code), role), username: `admin-${code}-${role}`, accountId: -1 },
    work,
  )
}
const enter = (username: string, password: string) =>
  signIn(house.deps, { username, password, requestId: '', address: '', agent: '' })
const redeem = (path: string | null, code: string, password: string) =>
  redeemOneTimeLink(house.deps, { token: path?.split('/').at(-1) ?? '', code, password, requestId: '', address: '' })
const everyAccount = ListAccounts.parse({ pageSize: 200 })

describe('a new account', () => {
  test('is made by the one administrator and effective by the other', async () => {
    const made = await as('51', 'sysadmin', (ctx) =>
      createAccount(ctx, { username: '51-new', displayName: '新人', locale: 'zh-CN', asLeader: false }),
    )
    await as('51', 'secadmin', (ctx) => grantRole(ctx, { username: '51-new', role: 'officer' }))
    const { path } = await as('51', 'secadmin', (ctx) => confirmRequest(ctx, { username: '51-new' }))
    await redeem(path, made.code, 'Millet-88-roof')
    expect((await enter('51-new', 'Millet-88-roof')).actor).toMatchObject({
      mustChangePassword: false,
      roles: ['officer'],
    })
  })

  test('is made and granted by nobody else', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-object')
    const refused = { code: 'forbidden' }
    for (const role of roles) {
      const create = () =>
        as('51', role, (ctx) =>
          createAccount(ctx, { username: `51-by-${role}`, displayName: 'x', locale: 'en', asLeader: false }),
        )
      const grant = () => as('51', role, (ctx) => grantRole(ctx, { username: '51-object', role: 'officer' }))
      await (role === 'sysadmin' ? create() : expect(create()).rejects.toMatchObject(refused))
      await (role === 'secadmin' ? grant() : expect(grant()).rejects.toMatchObject(refused))
    }
  })

  test.each(['32-spy', '51', '51-', 'leader', '5132-x'])('is not called %s in the body 51', async (username) => {
    await expect(
      as('51', 'sysadmin', (ctx) => createAccount(ctx, { username, displayName: 'x', locale: 'en', asLeader: false })),
    ).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'username', key: 'errors.usernamePrefix', params: { prefix: '51-' } }],
    })
  })

  test('has a name nobody has', async () => {
    const create = () =>
      as('51', 'sysadmin', (ctx) =>
        createAccount(ctx, { username: '51-twice', displayName: 'x', locale: 'en', asLeader: false }),
      )
    await create()
    await expect(create()).rejects.toMatchObject({
      code: 'conflict',
      fields: [{ path: 'username', key: 'errors.usernameTaken' }],
    })
  })

  test('and its grants stand in the trail, without names of persons', async () => {
    await as('5132', 'sysadmin', (ctx) =>
      createAccount(ctx, { username: '5132-trail', displayName: '王小明', locale: 'zh-CN', asLeader: false }),
    )
    await as('5132', 'secadmin', (ctx) => grantRole(ctx, { username: '5132-trail', role: 'auditor' }))
    await as('5132', 'secadmin', (ctx) => revokeRole(ctx, { username: '5132-trail', role: 'auditor' }))
    const { lines } = await as('5132', 'auditadmin', (ctx) =>
      listAudit(ctx, ListAudit.parse({ search: '5132-trail', pageSize: 10 })),
    )
    expect(lines.map((line) => [line.action, line.before, line.after])).toEqual([
      ['role.revoke', { roles: ['auditor'] }, { roles: [] }],
      ['role.grant', { roles: [] }, { roles: ['auditor'] }],
      ['account.create', null, { status: 'waiting' }],
    ])
    expect(JSON.stringify(lines)).not.toContain('王小明')
  })
})

describe('the three administrators', () => {
  const kinds = ['sysadmin', 'secadmin', 'auditadmin'] as const

  test.each(kinds.flatMap((kind) => roles.filter((role) => role !== kind).map((role) => [kind, role] as const)))(
    '%s and %s are never one person, in either order',
    async (kind, role) => {
      for (const [first, second] of [
        [kind, role],
        [role, kind],
      ] as const) {
        const username = `51-apart-${first}-${second}`
        await anAccount(house.deps, idOf(tree, '51'), username, first)
        await expect(as('51', 'secadmin', (ctx) => grantRole(ctx, { username, role: second }))).rejects.toMatchObject({
          code: 'conflict',
          key: 'errors.administratorsApart',
        })
        // The database refuses it too, whoever writes.
        await expect(
          withTenant(house.deps, systemActor('test', idOf(tree, '51')), (ctx) =>
            sql`insert into auth.account_role (account_id, tenant_id, role) select id, tenant_id, ${second} from auth.account where username = ${username}`.execute(
              ctx.db,
            ),
          ),
        ).rejects.toThrow('administrators are kept apart')
      }
    },
  )

  test('nor when both roles come in one statement', async () => {
    await expect(anAccount(house.deps, idOf(tree, '51'), '51-both', 'leader', 'sysadmin')).rejects.toMatchObject({
      key: 'errors.administratorsApart',
    })
    await anAccount(house.deps, idOf(tree, '51'), '51-both')
    await expect(
      withTenant(house.deps, systemActor('test', idOf(tree, '51')), (ctx) =>
        sql`insert into auth.account_role (account_id, tenant_id, role)
          select id, tenant_id, unnest(array['leader', 'sysadmin']) from auth.account where username = '51-both'`.execute(
          ctx.db,
        ),
      ),
    ).rejects.toThrow('administrators are kept apart')
  })

  test('nor when two grants come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const username = `51-race${round}`
      await anAccount(house.deps, idOf(tree, '51'), username)
      const answers = await Promise.allSettled(
        (['sysadmin', 'officer', 'secadmin'] as const).map((role) =>
          as('51', 'secadmin', (ctx) => grantRole(ctx, { username, role })),
        ),
      )
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    }
  })

  test('the last of a kind stays', async () => {
    await anAccount(house.deps, idOf(tree, '3209'), '3209-sys', 'sysadmin')
    await anAccount(house.deps, idOf(tree, '3209'), '3209-sec', 'secadmin')
    const last = { code: 'conflict', key: 'errors.lastAdministrator' }
    await expect(
      as('3209', 'secadmin', (ctx) => revokeRole(ctx, { username: '3209-sec', role: 'secadmin' })),
    ).rejects.toMatchObject(last)
    await expect(as('3209', 'sysadmin', (ctx) => disableAccount(ctx, { username: '3209-sec' }))).rejects.toMatchObject(
      last,
    )
    await expect(as('3209', 'sysadmin', (ctx) => disableAccount(ctx, { username: '3209-sys' }))).rejects.toMatchObject(
      last,
    )
    await expect(
      as('3209', 'sysadmin', (ctx) => requestPasswordReset(ctx, { username: '3209-sec' })),
    ).rejects.toMatchObject(last)
    await anAccount(house.deps, idOf(tree, '3209'), '3209-sec2', 'secadmin')
    // A disabled one does not count.
    await as('3209', 'sysadmin', (ctx) => disableAccount(ctx, { username: '3209-sec2' }))
    await expect(
      as('3209', 'secadmin', (ctx) => revokeRole(ctx, { username: '3209-sec', role: 'secadmin' })),
    ).rejects.toMatchObject(last)
    await as('3209', 'sysadmin', (ctx) => enableAccount(ctx, { username: '3209-sec2' }))
    await as('3209', 'secadmin', (ctx) => confirmAccount(ctx, { username: '3209-sec2' }))
    const acts = await listActs(house.deps, { kind: 'account', id: '3209-sec2' })
    expect(acts.slice(-2)).toEqual(['account.enable', 'account.confirm'])
    await as('3209', 'secadmin', (ctx) => revokeRole(ctx, { username: '3209-sec', role: 'secadmin' }))
  })

  test('two of a kind cannot remove each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const names = [`320924-sec-a${round}`, `320924-sec-b${round}`]
      for (const username of names) await anAccount(house.deps, idOf(tree, '320924'), username, 'secadmin')
      const others = round === 0 ? [] : [`320924-sec-a${round - 1}`, `320924-sec-b${round - 1}`]
      for (const username of others) {
        await as('320924', 'secadmin', (ctx) => revokeRole(ctx, { username, role: 'secadmin' }))
      }
      const answers = await Promise.allSettled(
        names.map((username) => as('320924', 'secadmin', (ctx) => revokeRole(ctx, { username, role: 'secadmin' }))),
      )
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    }
  })

  test('nobody grants a role to their own account, disables it or resets it', async () => {
    const me = await aSession(house.deps, idOf(tree, '32'), '32-sec', 'secadmin')
    await anAccount(house.deps, idOf(tree, '32'), '32-sec2', 'secadmin')
    await expect(
      withTenant(house.deps, me.actor, (ctx) => grantRole(ctx, { username: '32-sec', role: 'leader' })),
    ).rejects.toMatchObject({ key: 'errors.ownAccount' })
    const sys = await aSession(house.deps, idOf(tree, '32'), '32-sys', 'sysadmin')
    const own = { key: 'errors.ownAccount' }
    await expect(
      withTenant(house.deps, sys.actor, (ctx) => disableAccount(ctx, { username: '32-sys' })),
    ).rejects.toMatchObject(own)
    await expect(
      withTenant(house.deps, sys.actor, (ctx) => requestPasswordReset(ctx, { username: '32-sys' })),
    ).rejects.toMatchObject(own)
  })
})

describe('the list of accounts', () => {
  test('holds those of the own body, for the two administrators concerned', async () => {
    await anAccount(house.deps, idOf(tree, '513221'), '513221-a', 'officer')
    await anAccount(house.deps, idOf(tree, '513221'), '513221-b', 'leader', 'reviewer')
    await anAccount(house.deps, idOf(tree, '513221100'), '513221100-below', 'officer')
    for (const role of roles) {
      const list = as('513221', role, (ctx) => listAccounts(ctx, everyAccount))
      if (role === 'sysadmin' || role === 'secadmin') {
        expect((await list).accounts.map((account) => [account.username, account.roles, account.status])).toEqual([
          ['513221-a', ['officer'], 'active'],
          ['513221-b', ['leader', 'reviewer'], 'active'],
        ])
      } else await expect(list).rejects.toMatchObject({ code: 'forbidden' })
    }
  })

  test('is searched, filtered and paged', async () => {
    const list = (input: Partial<Parameters<typeof listAccounts>[1]>) =>
      as('513221', 'sysadmin', (ctx) => listAccounts(ctx, { ...everyAccount, ...input }))
    expect((await list({ search: '-A' })).accounts).toHaveLength(1)
    expect((await list({ search: '%' })).accounts).toHaveLength(0)
    expect((await list({ roles: ['reviewer', 'finance'] })).accounts.map((account) => account.username)).toEqual([
      '513221-b',
    ])
    expect((await list({ statuses: ['disabled', 'waiting'] })).total).toBe(0)
    expect(await list({ page: 2, pageSize: 1 })).toMatchObject({ total: 2, accounts: [{ username: '513221-b' }] })
  })

  test('is sorted by what one asks for, those never seen last', async () => {
    const seen = async (sort: Parameters<typeof listAccounts>[1]['sort']) =>
      (await as('513221', 'sysadmin', (ctx) => listAccounts(ctx, { ...everyAccount, sort }))).accounts.map(
        (account) => account.username,
      )
    expect(await seen('-username')).toEqual(['513221-b', '513221-a'])
    await enter('513221-b', testPassword)
    expect(await seen('seen')).toEqual(['513221-b', '513221-a'])
    expect(await seen('-seen')).toEqual(['513221-b', '513221-a'])
  })

  test('goes into a file whole, and the trail says so', async () => {
    const taken = await as('513221', 'secadmin', (ctx) => exportAccounts(ctx, ExportAccounts.parse({})))
    expect(taken.map((account) => account.username)).toEqual(['513221-a', '513221-b'])
    const { lines } = await as('513221', 'auditadmin', (ctx) =>
      listAudit(ctx, ListAudit.parse({ action: 'account.export' })),
    )
    expect(lines.map((line) => line.after)).toEqual([{ lines: 2 }])
    await expect(
      as('513221', 'auditadmin', (ctx) => exportAccounts(ctx, ExportAccounts.parse({}))),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('shows who is locked out', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await enter('513221-a', 'wrong').catch(() => undefined)
    const { accounts } = await as('513221', 'secadmin', (ctx) => listAccounts(ctx, everyAccount))
    expect(accounts.map((account) => account.lockedUntil?.toISOString() ?? null)).toEqual([
      '2026-11-21T04:15:00.000Z',
      null,
    ])
  })
})

describe('the operator', () => {
  test('makes an effective account whose password must be changed', async () => {
    const made = await withTenant(house.deps, systemActor('cli', idOf(tree, '00')), (ctx) =>
      addAccount(ctx, {
        tenantId: idOf(tree, '5132'),
        username: '5132-first',
        displayName: '首任',
        roles: ['secadmin'],
      }),
    )
    expect((await enter('5132-first', made.password)).actor).toMatchObject({ mustChangePassword: true })
    await expect(
      withTenant(house.deps, systemActor('cli', idOf(tree, '00')), (ctx) =>
        addAccount(ctx, { tenantId: idOf(tree, '5132'), username: '5132-first', displayName: '又', roles: [] }),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each(['51 space', '51-Ä', '', '-51', 'x', "51-'; drop table x"])(
    'does not make an account called %j',
    async (username) => {
      await expect(
        withTenant(house.deps, systemActor('cli', idOf(tree, '00')), (ctx) =>
          addAccount(ctx, { tenantId: idOf(tree, '51'), username, displayName: 'x', roles: ['leader'] }),
        ),
      ).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'username' }] })
    },
  )

  test('reaches no further than the body it acts for', async () => {
    await expect(
      withTenant(house.deps, systemActor('cli', idOf(tree, '51')), (ctx) =>
        addAccount(ctx, { tenantId: idOf(tree, '32'), username: '32-forged', displayName: 'x', roles: ['leader'] }),
      ),
    ).rejects.toThrow('row-level security')
  })

  test('gives a demonstration one good password and leaves existing names alone', async () => {
    const accounts = ['51-demo1', '51-demo2'].map((username) => ({
      tenantId: idOf(tree, '51'),
      username,
      displayName: '演示',
      roles: ['officer'] as const,
    }))
    const load = (password: string) =>
      withTenant(house.deps, systemActor('demo', idOf(tree, '00')), (ctx) =>
        addDemonstrationAccounts(ctx, accounts, password),
      )
    await expect(load('demo')).rejects.toMatchObject({ code: 'invalid' })
    expect(await load('Corn-4711-field')).toEqual(['51-demo1', '51-demo2'])
    expect(await load('Rice-4711-field')).toEqual([])
    await enter('51-demo2', 'Corn-4711-field')
  })
})
