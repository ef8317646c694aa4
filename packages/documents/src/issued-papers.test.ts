import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { ListAudit, listAudit, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { checkPaper, issuePaper, withdrawPaper } from './issued-papers.ts'
import { readSheet } from './sheets.ts'
import { bodyPaper } from './testing-paper.ts'

let house: TestDeps
let tree: Awaited<ReturnType<typeof aSmallTree>>
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

const county = '513221'
const id = (code: string) => idOf(tree, code)
const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(house.deps, aUser(id(code), 'leader', 'officer'), work)
const issue = (code: string) => as(code, (ctx) => issuePaper(ctx, bodyPaper, id(code)))
const read = (code: string) => as(code, (ctx) => readSheet(ctx, bodyPaper, id(code)))
const tokenOf = async (code: string) => (await read(code)).seal?.token ?? ''
const check = (token: string) => checkPaper(house.deps, { token })
const unknown = { state: 'unknown', number: null, issuer: null, title: null, issuedOn: null, hash: null }

/** Does something as the owner of the database who has switched the guards off, and takes it back. */
async function tamper(change: ReturnType<typeof sql>, look: () => Promise<void>) {
  await sql`alter table documents.issued_paper disable trigger user`.execute(owner)
  await sql`create table public.kept as select * from documents.issued_paper`.execute(owner)
  try {
    await change.execute(owner)
    await look()
  } finally {
    await sql`update documents.issued_paper p set number = k.number, issuer = k.issuer, title = k.title, issued_on = k.issued_on, data = k.data,
      hash = k.hash from public.kept k where k.id = p.id`.execute(owner)
    await sql`drop table public.kept`.execute(owner)
    await sql`alter table documents.issued_paper enable trigger user`.execute(owner)
  }
}

describe('a paper that is signed', () => {
  test('prints without a code until it is signed, and from then on as it was signed', async () => {
    const draft = await read(county)
    expect([draft.state, draft.seal]).toEqual(['draft', null])
    const { hash } = await issue(county)
    const signed = await read(county)
    expect(signed).toMatchObject({ state: 'issued', seal: { hash } })
    await sql`update tenancy.federation set short_name = 'renamed' where id = ${id(county)}`.execute(owner)
    expect(await read(county)).toEqual(signed)
    await expect(issue(county)).rejects.toMatchObject({ code: 'conflict', key: 'papers.issued' })
  })

  test('is genuine to anybody who has its token, with five facts and nothing else', async () => {
    const { number, issuer, title, seal } = await read(county)
    expect(await check(seal?.token ?? '')).toEqual({
      state: 'genuine',
      number,
      issuer,
      title,
      issuedOn: await as(county, async (ctx) => ctx.today),
      hash: seal?.hash,
    })
  })

  test.each(['', 'x', 'A'.repeat(24), '%00', '../../me', 'A'.repeat(200), "' or true --"])(
    'is not found by %s: the answer has the same shape',
    async (token) => {
      expect(await check(token)).toEqual(unknown)
    },
  )

  test('is not found by its own token in other letters or with a sign more', async () => {
    const token = await tokenOf(county)
    expect(await check(token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase())).toEqual(unknown)
    expect(await check(`${token}=`)).toEqual(unknown)
  })

  test.each([
    ['number', sql`update documents.issued_paper set number = '另发〔2026〕9号'`],
    ['issuer', sql`update documents.issued_paper set issuer = '另一工会'`],
    ['title', sql`update documents.issued_paper set title = '关于另一件事的通知'`],
    ['day', sql`update documents.issued_paper set issued_on = issued_on - 1`],
    ['data', sql`update documents.issued_paper set data = data || '{"initials": "other"}'`],
    ['hash', sql`update documents.issued_paper set hash = sha256('other'::bytea)`],
  ])('whose %s was changed in the database is not genuine, and prints as such', async (_what, change) => {
    const token = await tokenOf(county)
    await tamper(change, async () => {
      expect(await check(token)).toEqual(unknown)
      expect((await read(county)).state).toBe('broken')
    })
    expect((await check(token)).state).toBe('genuine')
  })

  test('is withdrawn by whoever may sign, checked as withdrawn, and signed anew with another token', async () => {
    const before = await tokenOf(county)
    await as(county, (ctx) => withdrawPaper(ctx, bodyPaper, id(county), '写错了名称'))
    expect((await check(before)).state).toBe('withdrawn')
    expect(await read(county)).toMatchObject({ state: 'withdrawn', seal: null })
    await expect(as(county, (ctx) => withdrawPaper(ctx, bodyPaper, id(county), '再一次'))).rejects.toMatchObject({
      key: 'papers.notIssued',
    })
    await issue(county)
    expect(await tokenOf(county)).not.toBe(before)
    expect((await check(before)).state).toBe('withdrawn')
    expect((await check(await tokenOf(county))).state).toBe('genuine')
  })

  test('is signed once by two at the same moment', async () => {
    const outcomes = await Promise.allSettled([issue('513222'), issue('513222')])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('is signed by those who may, after a fresh proof', async () => {
    const by = (actor: ReturnType<typeof aUser>) =>
      withTenant(house.deps, actor, (ctx) => issuePaper(ctx, bodyPaper, id('5132')))
    await expect(by(aUser(id('5132'), 'officer'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(by({ ...aUser(id('5132'), 'leader'), isProved: false })).rejects.toMatchObject({
      key: 'errors.proofNeeded',
    })
  })

  test('leaves its hash in the trail', async () => {
    const { seal } = await read(county)
    const { lines } = await withTenant(house.deps, aUser(id(county), 'auditadmin'), (ctx) =>
      listAudit(ctx, ListAudit.parse({})),
    )
    expect(lines.map(({ action }) => action)).toEqual(['paper.issue', 'paper.withdraw', 'paper.issue'])
    expect(lines[0]?.after).toMatchObject({ hash: seal?.hash, paper: bodyPaper.path })
  })
})

describe('whoever sends statements of their own', () => {
  const first = () => sql<{ id: number }>`select min(id) as id from documents.issued_paper`.execute(owner)

  test('sees no paper of others, by the table, as a visitor or by the function without a token', async () => {
    const count = (ctx: TenantContext) =>
      sql<{
        papers: number
      }>`select count(*)::int as papers from documents.issued_paper where tenant_id <> ${ctx.tenantId}`
        .execute(ctx.db)
        .then(({ rows }) => rows[0]?.papers)
    for (const code of ['5132', '513222', '513221100']) expect(await as(code, count)).toBe(0)
    const rows = await as('513222', (ctx) =>
      sql`select * from documents.check_paper(null) union all select * from documents.check_paper(''::bytea)
        union all select * from documents.check_paper((select token_hash from documents.issued_paper limit 1))`.execute(
        ctx.db,
      ),
    )
    expect(rows.rows).toEqual([])
  })

  test.each([
    ['change', (number: number) => sql`update documents.issued_paper set number = 'x' where id = ${number}`],
    ['delete', (number: number) => sql`delete from documents.issued_paper where id = ${number}`],
    ['delete the withdrawal of', () => sql`delete from documents.withdrawal`],
  ])('cannot %s a paper', async (_what, statement) => {
    const { rows } = await first()
    await expect(as(county, (ctx) => statement(rows[0]?.id ?? 0).execute(ctx.db))).rejects.toThrow(/permission denied/)
  })

  test('cannot issue in the name of another body, nor choose issuer, day or hash', async () => {
    const insert = (tenantId: number, more = sql``, values = sql``) => sql`
      insert into documents.issued_paper (tenant_id, paper, record_id, number, title, data, issued_by, token ${more})
      values (${tenantId}, 'bodies.other', 1, '1', '标题', '{}', 'x', sha256('1'::bytea)::bytea ${values})`
    await expect(as(county, (ctx) => insert(id('513222')).execute(ctx.db))).rejects.toThrow()
    for (const [column, value] of [
      [sql`, issuer`, sql`, '另一工会'`],
      [sql`, issued_on`, sql`, '2020-01-01'`],
      [sql`, hash`, sql`, ''::bytea`],
    ] as const)
      await expect(as(county, (ctx) => insert(id(county), column, value).execute(ctx.db))).rejects.toThrow(
        /permission denied/,
      )
  })

  test('cannot withdraw another body’s paper under its own name', async () => {
    const { rows } = await sql<{ id: number }>`
      select id from documents.issued_paper where tenant_id = ${id(county)} order by id desc limit 1`.execute(owner)
    await expect(
      as('513222', (ctx) =>
        sql`insert into documents.withdrawal (paper_id, tenant_id, reason, withdrawn_by) values (${rows[0]?.id}, ${id('513222')}, '不是我的', 'x')`.execute(
          ctx.db,
        ),
      ),
    ).rejects.toThrow(/foreign key/)
    expect((await check(await tokenOf(county))).state).toBe('genuine')
  })
})
