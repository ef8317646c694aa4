import { randomInt } from 'node:crypto'
import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { openSealed, sealTo } from './ballot-keys.ts'
import { ballotChoices as choices } from '../codes/ratings.ts'

export { ballotChoices as choices } from '../codes/ratings.ts'

export type Choice = (typeof choices)[number]
export type Counts = Readonly<Record<Choice, number>>

/** One letter each, so that a sealed ballot is as long as any other. */
const letters: Readonly<Record<Choice, string>> = { satisfied: 's', basic: 'b', unsatisfied: 'u', invalid: 'i' }
const sealedField = 'appraisal.ballot'
const namePurpose = (appraisalId: number) => `ballot of appraisal ${appraisalId}`

/** Seals a choice to the working group of its appraisal, and around that with the installation's key. */
export function sealChoice(
  ctx: Pick<TenantContext, 'vault'>,
  to: { readonly appraisalId: number; readonly groupKey: Uint8Array },
  choice: Choice,
): Buffer {
  const inner = sealTo(to.groupKey, namePurpose(to.appraisalId), Buffer.from(letters[choice]))
  return ctx.vault.seal(sealedField, inner.toString('base64'))
}

/** The same ballot in another cover: whoever lacks the installation's secret cannot tell that it is the same. The choice stays sealed. */
export function coverAnew(ctx: Pick<TenantContext, 'vault'>, sealed: Uint8Array): Buffer {
  return ctx.vault.seal(sealedField, ctx.vault.open(sealedField, sealed))
}

/** @throws Error without the private key of the working group */
export function openChoice(
  ctx: Pick<TenantContext, 'vault'>,
  by: { readonly appraisalId: number; readonly privateKey: Uint8Array },
  sealed: Uint8Array,
): Choice {
  const inner = Buffer.from(ctx.vault.open(sealedField, sealed), 'base64')
  const letter = openSealed(by.privateKey, namePurpose(by.appraisalId), inner).toString()
  return choices.find((choice) => letters[choice] === letter) ?? 'invalid'
}

/** Another order, each as likely as any other. */
export function shuffle<T>(things: readonly T[], draw: (below: number) => number = randomInt): T[] {
  const mixed = [...things]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = draw(last + 1)
    const [a, b] = [mixed[last], mixed[other]]
    if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a]
  }
  return mixed
}

/** The sealed ballots of an open appraisal in random order; until the commit nobody votes. */
export async function takeBallots(ctx: TenantContext, appraisalId: number): Promise<Buffer[]> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from organisation.take_ballots(${appraisalId}) as taken(sealed)`.execute(ctx.db)
  return rows.map((row) => row.sealed)
}
