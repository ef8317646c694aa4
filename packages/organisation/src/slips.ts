import { randomInt } from 'node:crypto'
import {
  DomainError,
  requirePermission,
  withTenant,
  type Deps,
  type TenantContext,
  type VisitorActor,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { choices, lockAppraisal, sealChoice } from './appraisals.ts'

/** Without signs that are taken for each other on paper. */
const signs = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const signsPerCode = 16

const signsOfChance = 12

/** The last four signs of a code: keyed, so that who guesses does not know them. */
function findCheckSigns(ctx: Pick<TenantContext, 'vault'>, chance: string): string {
  const print = ctx.vault.fingerprint('appraisal.slip.check', chance)
  return Array.from(
    { length: signsPerCode - signsOfChance },
    (_, at) => signs[(print[at] ?? 0) % signs.length] ?? '',
  ).join('')
}

function drawCode(ctx: Pick<TenantContext, 'vault'>): string {
  const chance = Array.from({ length: signsOfChance }, () => signs[randomInt(signs.length)] ?? '').join('')
  return chance + findCheckSigns(ctx, chance)
}

/** Whether a code was drawn by this installation, known without asking the database. Slips issued by earlier versions are not. */
export function isDrawnCode(ctx: Pick<TenantContext, 'vault'>, code: string): boolean {
  return findCheckSigns(ctx, code.slice(0, signsOfChance)) === code.slice(signsOfChance)
}

/** As it stands on paper: four groups of four. */
function writeCode(code: string): string {
  return code.match(/.{4}/g)?.join('-') ?? code
}

/** Case, spaces and dashes are how people copy. */
export const SlipCode = z
  .string()
  .max(60)
  .transform((text) => text.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[2-9A-HJ-NP-Z]{16}$/, 'organisation.slipCode'))

const printOf = (ctx: Pick<TenantContext, 'vault'>, code: string) => ctx.vault.fingerprint('appraisal.slip', code)

export const IssueSlips = z.object({ appraisalId: z.int().positive(), count: z.int().min(1).max(20_000) })

/**
 * Voting slips for printing: shown this once, in random order, handed out by lot. The database keeps a keyed print of each code and
 * nothing else; who got which stands nowhere. Never more than those entitled.
 *
 * @throws DomainError conflict organisation.slipsBeyond
 */
export async function issueSlips(
  ctx: TenantContext,
  input: z.output<typeof IssueSlips>,
): Promise<{ codes: string[]; issued: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockAppraisal(ctx, { appraisalId: input.appraisalId }, 'open')
  if (row.slips + input.count > row.eligible)
    throw new DomainError('conflict', 'organisation.slipsBeyond', { params: { left: row.eligible - row.slips } })
  const codes = Array.from({ length: input.count }, () => drawCode(ctx))
  const { rows } = await sql<{ issued: number }>`
    select organisation.add_slips(${row.id}, ${codes.map((code) => printOf(ctx, code))}::bytea[]) as issued`.execute(
    ctx.db,
  )
  return { codes: codes.map(writeCode), issued: rows[0]?.issued ?? 0 }
}

export const CountCast = z.object({ appraisalId: z.int().positive() })

/** How many have voted, while it runs: a turnout, never a direction. */
export async function countCast(
  ctx: TenantContext,
  input: z.output<typeof CountCast>,
): Promise<{ cast: number | null }> {
  requirePermission(ctx, 'organisation:read')
  const { rows } = await sql<{
    cast: number | null
  }>`select organisation.count_cast(${input.appraisalId}) as cast`.execute(ctx.db)
  return { cast: rows[0]?.cast ?? null }
}

export const CastBallot = z.object({ code: SlipCode, choice: z.enum(choices) })

/**
 * A member votes with a slip, without signing in. The slip is gone with the vote; nothing of who, when or with which slip is kept: no
 * audit line, no time, no address.
 *
 * @throws DomainError not_found organisation.slipUnknown: never issued, used, or the voting is over (which of them is not told)
 */
export async function castBallot(deps: Deps, input: z.output<typeof CastBallot>): Promise<void> {
  const guest: VisitorActor = { kind: 'visitor', tenantId: 0, roles: [], requestId: '', address: '' }
  await withTenant(deps, guest, async (ctx) => {
    const { rows } = await sql<{ taken: boolean }>`
      select organisation.cast_ballot(${printOf(ctx, input.code)}, ${sealChoice(ctx, input.choice)}, ${ctx.today}) as taken`.execute(
      ctx.db,
    )
    if (rows[0]?.taken !== true) throw new DomainError('not_found', 'organisation.slipUnknown')
  })
}
