import { findFederations, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { writeDay, type Content } from './blocks.ts'
import { findIssued, nameToken } from './issued-papers.ts'
import type { Paper } from './papers.ts'

/** Whether a paper counts: not yet signed, signed, taken back, or no longer what was signed. */
export type SealState = 'draft' | 'issued' | 'withdrawn' | 'broken'

/** A paper ready to be drawn, on a page or in a Word file. */
export type Sheet = Content & {
  readonly path: string
  readonly id: number
  readonly head: 'red' | 'plain'
  readonly issuer: string
  readonly number: string | null
  /** 成文日期 as it is written: the day it was signed, or today for one that is not signed. */
  readonly day: string
  readonly isSigned: boolean
  readonly state: SealState
  /** What the QR code leads to, and the hash that the answer must show; null: not signed. */
  readonly seal: { readonly token: string; readonly hash: string } | null
}

/**
 * A paper as it prints: as it was signed, or as its record stands if it was not signed (yet).
 *
 * @throws DomainError what the paper's `read` throws
 */
export async function readSheet(ctx: TenantContext, paper: Paper, id: number): Promise<Sheet> {
  requirePermission(ctx, paper.permission)
  const issued = paper.signedBy === null ? null : await findIssued(ctx, paper.path, id)
  const shared = { path: paper.path, id, head: paper.head, isSigned: paper.signedBy !== null }
  if (issued !== null && issued.state !== 'withdrawn') {
    return {
      ...shared,
      ...paper.lay(issued.data),
      issuer: issued.issuer,
      number: issued.number,
      day: writeDay(issued.issued_on),
      state: issued.state,
      seal: { token: nameToken(issued.token), hash: issued.hash.toString('hex') },
    }
  }
  const { number, data } = await paper.draw(ctx, id)
  const { name } = found((await findFederations(ctx, [ctx.tenantId])).get(ctx.tenantId))
  return {
    ...shared,
    ...paper.lay(data),
    issuer: name,
    number,
    day: writeDay(ctx.today),
    state: issued?.state ?? 'draft',
    seal: null,
  }
}
