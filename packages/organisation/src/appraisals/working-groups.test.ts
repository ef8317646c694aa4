// H6: the choice is sealed to the working group (issue 8, section 3; docs/decisions/0023).
import { createDatabase } from '@gonglian/db'
import { DomainError, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { combine } from 'shamir-secret-sharing'
import { afterAll, describe, expect, test } from 'vitest'
import {
  CloseAppraisal,
  OpenAppraisal,
  abandonAppraisal,
  askEarlyClosing,
  closeAppraisal,
  openAppraisal,
} from './appraisals.ts'
import { deriveGroupKey, findPublicKey, openSealed, sealTo } from './ballot-keys.ts'
import { mixAllBallots } from './ballot-mixing.ts'
import { openChoice, type Choice } from './ballots.ts'
import { GroupCode, drawCode, readPrivateKey } from './group-codes.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { aWorkingGroup } from '../testing.ts'
import { aPair, closeEarly, keepCodes, someSlips } from './sample-slips.ts'
import { CastBallot, castBallot, issueSlips, printSlips } from './slips.ts'
import { KeepGroupCode, drawGroupCode, keepGroupCode, readGroup } from './working-groups.ts'

const { deps, close, ownerUrl } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const tenantId = idOf(tree, '513221100')
const township = aUser(tenantId, 'leader', 'officer')
const { officer, leader } = aPair(township)
const member = (at: number): UserActor => ({ ...officer, username: `group-${tenantId}-${at}` })
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}
const cast = (code: string, choice: Choice) => castBallot(deps, CastBallot.parse({ code, choice }))

const begin = async (size = 5) => {
  const [unionId = 0] = await someUnions(deps, tenantId, [{}])
  return as(township, async (ctx) => {
    const group = await aWorkingGroup(ctx, size)
    const input = { unionId, closesOn: '2026-12-01', group, members: 20, eligible: 20 }
    return { unionId, ...(await openAppraisal(ctx, OpenAppraisal.parse(input))) }
  })
}
const open = async () => {
  const { appraisalId, unionId } = await begin()
  return { appraisalId, unionId, codes: await as(township, (ctx) => keepCodes(ctx, appraisalId)) }
}
const faultsOf = async (appraisalId: number, codes: readonly string[]) =>
  (await refusal(as(leader, (ctx) => closeAppraisal(ctx, CloseAppraisal.parse({ appraisalId, codes }))))).fields.map(
    ({ path, key }) => [path, key],
  )

type Seen = { id: string; xmin: string; xmax: string; ctid: string; sealed: Buffer }
const readWaiting = async (appraisalId: number) =>
  (
    await sql<Seen>`select id, xmin::text, xmax::text, ctid::text, sealed from organisation.waiting_ballot
      where appraisal_id = ${appraisalId}`.execute(owner.db)
  ).rows
const listTables = async () =>
  (
    await sql<{ name: string }>`
      select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`.execute(owner.db)
  ).rows.map(({ name }) => name)
/** Everything the database holds, as text. */
const readAll = async () => {
  const parts: string[] = []
  for (const name of await listTables()) {
    const { rows } = await sql<{ text: string }>`select to_jsonb(t)::text as text from ${sql.raw(name)} t`.execute(
      owner.db,
    )
    parts.push(...rows.map(({ text }) => text))
  }
  return parts.join('\n')
}

describe('codes of the working group', () => {
  test('a member takes a code alone and keeps it; nothing of it stands in the database; the last one makes the key', async () => {
    const { appraisalId } = await begin(3)
    const draw = (actor: UserActor) => as(actor, (ctx) => drawGroupCode(ctx, { appraisalId }))
    const keep = (actor: UserActor, code: string) =>
      as(actor, (ctx) => keepGroupCode(ctx, KeepGroupCode.parse({ appraisalId, code })))
    expect(await refusal(draw(leader))).toMatchObject({ code: 'forbidden', key: 'organisation.groupNotYours' })
    expect(await refusal(keep(leader, drawCode()))).toMatchObject({ key: 'organisation.groupNotYours' })
    expect(await refusal(draw({ ...member(1), roles: ['sysadmin'] }))).toMatchObject({ code: 'forbidden' })
    const { code: lost } = await draw(member(1))
    expect(lost).toMatch(/^([2-9A-HJ-NP-Z]{4}-){5}[2-9A-HJ-NP-Z]{4}$/)
    await keep(member(1), lost)
    // Until the key is made a lost code is drawn anew.
    const codes = [(await draw(member(1))).code]
    await keep(member(1), codes[0] ?? '')
    // No slip before there is a key.
    const { orderId } = await as(officer, (ctx) => issueSlips(ctx, { appraisalId, count: 6 }))
    expect(await refusal(as(leader, (ctx) => printSlips(ctx, { orderId })))).toMatchObject({
      key: 'organisation.groupKeyMissing',
    })
    for (const at of [2, 3]) {
      expect(await as(officer, (ctx) => readGroup(ctx, { appraisalId }))).toMatchObject({ isMade: false })
      const { code } = await draw(member(at))
      codes.push(code)
      expect(await keep(member(at), code.toLowerCase().replaceAll('-', ' '))).toEqual({ isMade: at === 3 })
    }
    expect(await as(member(2), (ctx) => readGroup(ctx, { appraisalId }))).toMatchObject({
      isMade: true,
      isMember: true,
    })
    expect(await refusal(draw(member(1)))).toMatchObject({ key: 'organisation.groupKeyMade' })
    const all = await readAll()
    for (const code of [...codes, lost])
      for (const told of [
        code,
        code.replaceAll('-', ''),
        readPrivateKey(appraisalId, code.replaceAll('-', '')).toString('hex'),
      ])
        expect(all.includes(told)).toBe(false)
  })

  test('a slip of the pen shows at once; a code of another appraisal, a lost one, and one typed twice open nothing', async () => {
    const { appraisalId, codes } = await open()
    const other = await open()
    const [first = '', second = '', third = ''] = codes
    const wrong = first.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A'))
    expect(GroupCode.safeParse(wrong).error?.issues[0]?.message).toBe('organisation.groupCode')
    expect(CloseAppraisal.safeParse({ appraisalId, codes: [first, second] }).success).toBe(false)
    await as(officer, (ctx) => askEarlyClosing(ctx, { appraisalId, reason: '全体会员已到会' }))
    expect((await listActs(deps, { kind: 'appraisal', id: appraisalId })).at(-1)).toBe('appraisal.early_asked')
    expect(await faultsOf(appraisalId, [first, second, other.codes[2] ?? ''])).toEqual([
      ['codes.2', 'organisation.groupCodeOther'],
    ])
    expect(await faultsOf(appraisalId, [first, drawCode(), third])).toEqual([
      ['codes.1', 'organisation.groupCodeOther'],
    ])
    expect(await faultsOf(appraisalId, [first, second, first])).toEqual([['codes.2', 'organisation.groupCodeTwice']])
  })

  test('any three open the ballots; afterwards the codes open nothing, and who brought them stands in the trail', async () => {
    for (const picked of [
      [0, 1, 2],
      [4, 2, 0],
    ]) {
      const { appraisalId, codes } = await open()
      for (const code of await someSlips(deps, township, appraisalId, 7)) await cast(code, 'basic')
      const three = picked.map((at) => codes[at] ?? '')
      expect(await closeEarly(deps, township, appraisalId, three)).toMatchObject({ cast: 7, counts: { basic: 7 } })
      const { rows } = await sql`
        select m.sealed_share from organisation.group_member m where appraisal_id = ${appraisalId} and sealed_share is not null`.execute(
        owner.db,
      )
      expect(rows).toEqual([])
      const { rows: trail } = await sql<{ by: string[] }>`
        select after -> 'openedBy' as by from tenancy.audit
        where action = 'appraisal.closed' and object_id = ${String(appraisalId)}`.execute(owner.db)
      expect(trail).toEqual([{ by: picked.map((at) => `group-${tenantId}-${at + 1}`) }])
    }
  })

  test('with too few codes left it is given up by two, unread, on record, and held again', async () => {
    const { appraisalId, unionId } = await open()
    for (const code of await someSlips(deps, township, appraisalId, 9)) await cast(code, 'unsatisfied')
    const abandon = (actor: UserActor) => as(actor, (ctx) => abandonAppraisal(ctx, { appraisalId }))
    expect(await refusal(abandon(leader))).toMatchObject({ key: 'organisation.endNotAsked' })
    const both: UserActor = { ...officer, roles: ['officer', 'leader'] }
    await as(both, (ctx) => askEarlyClosing(ctx, { appraisalId, reason: '三位成员的组码已遗失' }))
    expect(await refusal(abandon(both))).toMatchObject({ key: 'organisation.fourEyes' })
    expect(await abandon(leader)).toEqual({ cast: 9 })
    const { rows } = await sql`
      select state, ballots, satisfied, early_reason from organisation.appraisal where id = ${appraisalId}`.execute(
      owner.db,
    )
    expect(rows).toEqual([{ state: 'void', ballots: 9, satisfied: null, early_reason: '三位成员的组码已遗失' }])
    for (const table of ['ballot', 'sealed_ballot', 'waiting_ballot', 'slip'])
      expect(
        (
          await sql`select from ${sql.table(`organisation.${table}`)} where appraisal_id = ${appraisalId}`.execute(
            owner.db,
          )
        ).rows,
      ).toEqual([])
    const group = await as(township, (ctx) => aWorkingGroup(ctx, 3))
    const again = { unionId, closesOn: '2026-12-01', group, members: 20, eligible: 20 }
    await as(township, (ctx) => openAppraisal(ctx, OpenAppraisal.parse(again)))
  })
})

describe('H6 the operator with the secret, the database and every row at every moment', () => {
  test('knows which ballot came with which slip, and not what it says: with one to four that wait, and with more', async () => {
    const { appraisalId, codes } = await open()
    const slips = await someSlips(deps, township, appraisalId, 6)
    const order: Choice[] = ['unsatisfied', 'satisfied', 'satisfied', 'unsatisfied', 'basic', 'invalid']
    const taken = new Map<string, Buffer>()
    for (const [at, slip] of slips.entries()) {
      await cast(slip, order[at] ?? 'invalid')
      // He reads after each vote: the ballot that is new came with the slip that is gone, whatever transaction numbers say.
      for (const { id, sealed } of await readWaiting(appraisalId)) if (!taken.has(id)) taken.set(id, sealed)
      await mixAllBallots(deps)
      // Fewer than five wait; they are mixed when the fifth is there.
      expect((await readWaiting(appraisalId)).length).toBe(at < 4 ? at + 1 : (at + 1) % 5)
    }
    const ballots = [...taken.values()]
    expect(ballots).toHaveLength(6)
    // The cover opens with the secret. Inside is nothing that says the choice: equal votes differ, unequal ones are equally long.
    const inner = ballots.map((sealed) => Buffer.from(deps.vault.open('appraisal.ballot', sealed), 'base64'))
    expect(new Set(inner.map((one) => one.length))).toEqual(new Set([49]))
    expect(new Set(inner.map((one) => one.toString('hex'))).size).toBe(6)

    // He tries whatever the database holds as the key: each value of bytes, from each place in it, and what derives from it.
    const { rows: columns } = await sql<{ target: string; name: string }>`
      select format('%I.%I', table_schema, table_name) as target, quote_ident(column_name) as name from information_schema.columns
      where data_type = 'bytea' and table_schema not in ('pg_catalog', 'information_schema')`.execute(owner.db)
    const tried = new Set<string>()
    for (const { target, name } of columns) {
      const { rows } = await sql<{ value: Buffer }>`
        select distinct ${sql.raw(name)} as value from ${sql.raw(target)} where octet_length(${sql.raw(name)}) between 32 and 100`.execute(
        owner.db,
      )
      for (const { value } of rows)
        for (let from = 0; from + 32 <= value.length; from++) tried.add(value.subarray(from, from + 32).toString('hex'))
    }
    expect(tried.size).toBeGreaterThan(100)
    const groupKey = (
      await sql<{ key: Buffer }>`select group_key as key from organisation.appraisal where id = ${appraisalId}`.execute(
        owner.db,
      )
    ).rows[0]?.key
    const fits = (privateKey: Buffer) => groupKey?.equals(findPublicKey(privateKey)) === true
    for (const hex of tried) {
      const value = Buffer.from(hex, 'hex')
      expect(fits(value) || fits(deriveGroupKey(value).privateKey)).toBe(false)
    }
    for (const ballot of ballots)
      expect(() =>
        openChoice(deps, { appraisalId, privateKey: deriveGroupKey(Buffer.alloc(32)).privateKey }, ballot),
      ).toThrow()

    // At the count they are written anew, and what was read before is in none of the rows.
    await closeEarly(deps, township, appraisalId, codes)
    const all = await readAll()
    for (const [id, sealed] of taken)
      for (const told of [id, sealed.toString('hex')]) expect(all.includes(told)).toBe(false)
    const { rows: counted } = await sql<{ xmin: string }>`
      select xmin::text from organisation.ballot where appraisal_id = ${appraisalId}`.execute(owner.db)
    expect(new Set(counted.map(({ xmin }) => xmin)).size).toBe(1)
  })

  test('sees the same of every choice: no row, no length and no line of the trail differs with it', async () => {
    const traces: string[] = []
    for (const choice of ['satisfied', 'basic', 'unsatisfied', 'invalid'] as const) {
      const { appraisalId } = await open()
      const [slip = ''] = await someSlips(deps, township, appraisalId, 1)
      const before = new Map<string, number>()
      const counts = async () => {
        const found = new Map<string, number>()
        for (const name of await listTables()) {
          const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(name)}`.execute(owner.db)
          found.set(name, rows[0]?.n ?? 0)
        }
        return found
      }
      for (const [name, n] of await counts()) before.set(name, n)
      await cast(slip, choice)
      const changed = [...(await counts())].flatMap(([name, n]) =>
        n === before.get(name) ? [] : [`${name} ${n - (before.get(name) ?? 0)}`],
      )
      const [ballot] = await readWaiting(appraisalId)
      traces.push([...changed, ballot?.sealed.length].join())
    }
    expect(new Set(traces)).toEqual(new Set(['organisation.slip -1,organisation.waiting_ballot 1,97']))
  })

  test('two codes and everything in the database make no key; three do', async () => {
    const { appraisalId, codes } = await open()
    const { rows } = await sql<{ share: Buffer; key: Buffer; public: Buffer }>`
      select m.sealed_share as share, a.group_key as key, m.public_key as public from organisation.group_member m
      join organisation.appraisal a on a.id = m.appraisal_id where a.id = ${appraisalId} order by m.id`.execute(
      owner.db,
    )
    const shares = rows.map(({ share }, at) => {
      const privateKey = readPrivateKey(appraisalId, (codes[at] ?? '').replaceAll('-', ''))
      // A share opens with its own member's code alone.
      for (const { share: other } of rows)
        if (other !== share) expect(() => openSealed(privateKey, `share of appraisal ${appraisalId}`, other)).toThrow()
      return new Uint8Array(openSealed(privateKey, `share of appraisal ${appraisalId}`, share))
    })
    const key = rows[0]?.key
    const makes = async (picked: readonly Uint8Array[]) =>
      key?.equals(findPublicKey(deriveGroupKey(await combine([...picked])).privateKey)) === true
    for (const [at, one] of shares.entries())
      for (const other of shares.slice(at + 1)) {
        expect(await makes([one, other])).toBe(false)
        for (const third of shares)
          if (third !== one && third !== other) expect(await makes([one, other, third])).toBe(true)
      }
  })

  test('no statement of the application changes the working group or its key once it is made', async () => {
    const { appraisalId } = await open()
    const mine = sealTo(findPublicKey(Buffer.alloc(32, 9)), 'x', Buffer.alloc(33))
    const key = findPublicKey(Buffer.alloc(32, 9))
    for (const statement of [
      sql`update organisation.appraisal set group_key = ${key}, group_proof = ${key} where id = ${appraisalId}`,
      sql`update organisation.appraisal set group_key = null, group_proof = null where id = ${appraisalId}`,
      sql`update organisation.group_member set public_key = ${key}, sealed_share = ${mine} where appraisal_id = ${appraisalId} and username like '%-1'`,
      sql`update organisation.group_member set sealed_share = null where appraisal_id = ${appraisalId}`,
      sql`insert into organisation.group_member (tenant_id, appraisal_id, username) values (${tenantId}, ${appraisalId}, 'friend')`,
      sql`delete from organisation.group_member where appraisal_id = ${appraisalId}`,
    ])
      await expect(as(township, (ctx) => statement.execute(ctx.db))).rejects.toThrow(
        /made once|working group stands|permission denied/,
      )
    const { appraisalId: fresh } = await begin(3)
    await expect(
      as(township, (ctx) =>
        sql`update organisation.appraisal set group_key = ${key}, group_proof = ${key} where id = ${fresh}`.execute(
          ctx.db,
        ),
      ),
    ).rejects.toThrow('three shares')
    // Nor of another body, which does not even see who is in it.
    for (const actor of [aUser(idOf(tree, '513221'), 'leader'), aUser(idOf(tree, '513221101'), 'leader')]) {
      expect((await as(actor, (ctx) => sql`select * from organisation.group_member`.execute(ctx.db))).rows).toEqual([])
      expect(await refusal(as(actor, (ctx) => readGroup(ctx, { appraisalId })))).toMatchObject({ code: 'not_found' })
    }
  })
})

test('what is sealed to a key opens with it alone, for its own purpose and unchanged', () => {
  const seed = Buffer.alloc(32, 7)
  const sealed = sealTo(findPublicKey(seed), 'one', Buffer.from('s'))
  expect(openSealed(seed, 'one', sealed).toString()).toBe('s')
  expect(() => openSealed(seed, 'two', sealed)).toThrow()
  expect(() => openSealed(Buffer.alloc(32, 8), 'one', sealed)).toThrow()
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => openSealed(seed, 'one', changed)).toThrow()
  }
  // RFC 7748, section 6.1: Alice's key pair.
  expect(
    findPublicKey(Buffer.from('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a', 'hex')).toString(
      'hex',
    ),
  ).toBe('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
})
