import { randomBytes } from 'node:crypto'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requireFreshProof,
  requirePermission,
  visitor,
  withTenant,
  type Deps,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Paper } from './papers.ts'

/** 144 bits: nobody finds a paper by trying. */
const tokenBytes = 18

/** A token as it stands in an address. */
export const nameToken = (token: Uint8Array): string => Buffer.from(token).toString('base64url')

/** The paper that was issued last for a record of the own body, and whether it counts; null: none was. */
export async function findIssued(ctx: TenantContext, path: string, recordId: number) {
  const row = await ctx.db
    .selectFrom('documents.issued_paper as p')
    .leftJoin('documents.withdrawal as w', 'w.paper_id', 'p.id')
    .where('p.tenant_id', '=', ctx.tenantId)
    .where('p.paper', '=', path)
    .where('p.record_id', '=', recordId)
    .select(['p.id', 'p.number', 'p.issuer', 'p.title', 'p.data', 'p.issued_on', 'p.token', 'p.hash'])
    .select(['w.paper_id as withdrawn', sql<boolean>`documents.digest(p) = p.hash`.as('isIntact')])
    .orderBy('p.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const { withdrawn, isIntact, ...paper } = row
  const state: 'issued' | 'withdrawn' | 'broken' = withdrawn !== null ? 'withdrawn' : isIntact ? 'issued' : 'broken'
  return { ...paper, state }
}

/**
 * Signs a paper in the name of the body: from now on it prints as its record stands this moment, with a code that anybody can check.
 *
 * @throws DomainError conflict papers.issued, papers.noNumber; forbidden errors.proofNeeded; what the paper's `read` throws
 */
export async function issuePaper(ctx: TenantContext, paper: Paper, recordId: number): Promise<{ hash: string }> {
  requirePermission(ctx, found(paper.signedBy, 'papers.none'))
  requireFreshProof(ctx)
  await lockRecord(ctx, paper, recordId)
  const { number, data, until } = await paper.draw(ctx, recordId)
  if (number === null || number === '') throw new DomainError('conflict', 'papers.noNumber')
  const before = await findIssued(ctx, paper.path, recordId)
  if (before !== null && before.state !== 'withdrawn') throw new DomainError('conflict', 'papers.issued')
  const row = await ctx.db
    .insertInto('documents.issued_paper')
    .values({
      tenant_id: ctx.tenantId,
      paper: paper.path,
      record_id: recordId,
      number,
      title: paper.lay(data).title,
      data: JSON.stringify(data),
      issued_by: actorName(ctx.actor),
      replaces: before?.id ?? null,
      valid_until: until ?? null,
      token: randomBytes(tokenBytes),
    })
    // Somebody else issued it at the same moment.
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'hash', 'number'])
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('conflict', 'papers.issued')
  const hash = row.hash.toString('hex')
  await recordAudit(ctx, {
    action: 'paper.issue',
    objectKind: 'paper',
    objectId: row.id,
    after: { paper: paper.path, record: recordId, number: row.number, hash },
  })
  return { hash }
}

/** Whoever signs a paper and whoever ends what it says take turns: no paper is signed about a fact that ends at this moment. */
async function lockRecord(ctx: TenantContext, paper: Paper, recordId: number): Promise<void> {
  const name = `${ctx.tenantId} ${paper.path} ${recordId}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(ctx.db)
}

/**
 * Takes back the papers of a record of the own body whose fact has ended, in the transaction that ends it: whoever checks one learns that it no longer counts.
 * The caller has checked that it may end the fact, and has written its end.
 */
export async function endPapers(
  ctx: TenantContext,
  papers: readonly Paper[],
  recordId: number,
  reason: string,
): Promise<void> {
  for (const paper of papers) {
    await lockRecord(ctx, paper, recordId)
    const issued = await findIssued(ctx, paper.path, recordId)
    if (issued === null || issued.state === 'withdrawn') continue
    await writeWithdrawal(ctx, paper, { recordId, paperId: issued.id, number: issued.number, reason })
  }
}

async function writeWithdrawal(
  ctx: TenantContext,
  paper: Paper,
  one: { readonly recordId: number; readonly paperId: number; readonly number: string; readonly reason: string },
): Promise<void> {
  const { recordId, paperId, number, reason } = one
  const row = await ctx.db
    .insertInto('documents.withdrawal')
    .values({ paper_id: paperId, tenant_id: ctx.tenantId, reason, withdrawn_by: actorName(ctx.actor) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('paper_id')
    .executeTakeFirst()
  if (row === undefined) throw new DomainError('conflict', 'papers.notIssued')
  await recordAudit(ctx, {
    action: 'paper.withdraw',
    objectKind: 'paper',
    objectId: paperId,
    after: { paper: paper.path, record: recordId, number, reason },
  })
}

export const WithdrawalReason = z.string().trim().min(2).max(300)

/**
 * Takes back a paper that was issued: whoever checks it learns so. Another may be issued in its place.
 *
 * @throws DomainError conflict papers.notIssued; forbidden errors.proofNeeded
 */
export async function withdrawPaper(
  ctx: TenantContext,
  paper: Paper,
  recordId: number,
  reason: z.output<typeof WithdrawalReason>,
): Promise<void> {
  requirePermission(ctx, found(paper.signedBy, 'papers.none'))
  requireFreshProof(ctx)
  const issued = found(await findIssued(ctx, paper.path, recordId), 'papers.notIssued')
  await writeWithdrawal(ctx, paper, { recordId, paperId: issued.id, number: issued.number, reason })
}

/** What anybody learns who holds a print. Of an unknown token: the same shape with nothing in it. */
export type PaperVerdict = {
  readonly state: 'genuine' | 'expired' | 'withdrawn' | 'unknown'
  readonly number: string | null
  readonly issuer: string | null
  readonly title: string | null
  readonly issuedOn: string | null
  readonly hash: string | null
}

/** Longer than any token, so that a stray address is answered like a wrong token. */
export const CheckPaper = z.object({ token: z.string().max(200) })

const isToken = (text: string) => /^[A-Za-z0-9_-]{24}$/.test(text)
const nothing = { number: null, issuer: null, title: null, issuedOn: null, hash: null } as const

/**
 * Says to anybody, without an account, whether a paper with this token was issued and counts. What is not a token is looked for all the
 * same, so that the answer takes as long.
 */
export async function checkPaper(deps: Deps, input: z.output<typeof CheckPaper>): Promise<PaperVerdict> {
  const token = isToken(input.token) ? Buffer.from(input.token, 'base64url') : Buffer.alloc(tokenBytes)
  return withTenant(deps, visitor('', ''), async (ctx) => {
    const { rows } = await sql<Omit<PaperVerdict, 'state'> & { state: 'genuine' | 'expired' | 'withdrawn' }>`
      select state, number, issuer, title, issued_on as "issuedOn", hash from documents.check_paper(${token})`.execute(
      ctx.db,
    )
    return rows[0] ?? { state: 'unknown', ...nothing }
  })
}
