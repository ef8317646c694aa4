import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { PersonName } from '../numbers/names.ts'
import { limits, readLimit } from '../limits.ts'
import { findSize, unionLimits } from '../unions/union-limits.ts'
import { electedBodies, slatePosts } from '../codes/terms.ts'
export { electedBodies } from '../codes/terms.ts'

export type ElectedBody = (typeof electedBodies)[number]

const Candidate = z.object({
  name: PersonName,
  gender: z.enum(['female', 'male']).nullable().default(null),
  post: z.enum(slatePosts).default('member'),
  isNearRelative: z.boolean(),
})

const heads = z.int().min(1).max(2_000_000)

/** Who is to be elected into what, and by how many. */
export const Slate = z.object({
  memberCount: heads,
  electorate: z.enum(['members', 'representatives']),
  eligible: heads,
  termYears: z.int().min(1).max(10),
  bodies: z
    .array(
      z.object({
        body: z.enum(electedBodies),
        seats: z.int().min(1).max(200),
        candidates: z.array(Candidate).min(1).max(400),
      }),
    )
    .min(1)
    .max(3),
})
export type Slate = z.output<typeof Slate>

const refuse = (path: string, key: string, params: Record<string, number> = {}) =>
  new DomainError('invalid', key, { params, fields: [{ path, key, params }] })

async function checkElectorate(ctx: TenantContext, slate: Slate): Promise<void> {
  if (slate.electorate === 'members') {
    if (slate.eligible !== slate.memberCount)
      throw refuse('eligible', 'organisation.election.allMembers', { count: slate.memberCount })
    return
  }
  const from = await readLimit(ctx, unionLimits.representativesFrom)
  if (slate.memberCount < from) throw refuse('electorate', 'organisation.election.membersMeet', { from })
  const size = findSize(await readLimit(ctx, limits.congressSizes), slate.memberCount)
  if (slate.eligible < size.from || slate.eligible > size.to)
    throw refuse('eligible', 'organisation.election.representatives', size)
}

/**
 * Checks a slate before anybody votes: length of the term (ORG-06), seats by members (ORG-15), representatives by members (ORG-16), more
 * candidates than seats (ORG-17), no near relatives of the head of the enterprise (ORG-05).
 *
 * @param options.isFederation the federation's own congress: its sizes are set by its superior, not by the tables of basic unions
 * @throws DomainError invalid with the field and the figures allowed
 */
export async function checkSlate(ctx: TenantContext, slate: Slate, options: { isFederation: boolean }): Promise<void> {
  const years = await readLimit(ctx, unionLimits.termYears)
  const allowed = options.isFederation ? years.federation : years.basic
  if (!allowed.includes(slate.termYears))
    throw new DomainError('invalid', 'organisation.term.years', {
      params: { years: allowed.join(' / ') },
      fields: [{ path: 'termYears', key: 'organisation.term.years', params: { years: allowed.join(' / ') } }],
    })
  if (!options.isFederation) await checkElectorate(ctx, slate)
  const surplus = await readLimit(ctx, unionLimits.candidateSurplus)
  const size = findSize(await readLimit(ctx, limits.committeeSizes), slate.memberCount)
  for (const [place, ballot] of slate.bodies.entries()) {
    const path = `bodies.${place}`
    if (slate.bodies.findIndex((other) => other.body === ballot.body) !== place)
      throw refuse(path, 'organisation.election.twice')
    const isCommittee = ballot.body === 'union_committee' && !options.isFederation
    if (isCommittee && (ballot.seats < size.from || ballot.seats > size.to))
      throw refuse(`${path}.seats`, 'organisation.election.seats', size)
    // A single post may be voted on with one candidate.
    const least = ballot.seats === 1 ? 1 : ballot.seats + Math.ceil((ballot.seats * surplus) / 100)
    if (ballot.candidates.length < least)
      throw refuse(`${path}.candidates`, 'organisation.election.fewCandidates', { least })
    const relative = ballot.candidates.findIndex((candidate) => candidate.isNearRelative)
    if (relative >= 0) throw refuse(`${path}.candidates.${relative}.isNearRelative`, 'organisation.nearRelative')
    const names = ballot.candidates.map((candidate) => candidate.name)
    const twice = names.findIndex((name, index) => names.indexOf(name) !== index)
    if (twice >= 0) throw refuse(`${path}.candidates.${twice}.name`, 'organisation.election.twice')
  }
}
