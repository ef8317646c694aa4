import type { Shown } from '@gonglian/approvals'
import type { electedBodies, slatePosts } from '../codes/terms.ts'

type Stand = {
  readonly name: string
  readonly post: (typeof slatePosts)[number]
  readonly gender: 'female' | 'male' | null
  readonly votes?: number | null
  readonly isElected?: boolean | null
}
type Ballot = {
  readonly body: (typeof electedBodies)[number]
  readonly seats: number
  readonly candidates: readonly Stand[]
}

/** Who stands for what, a table for each body; with the votes once they were counted. */
export function showStands(bodies: readonly Ballot[]): Shown['tables'] {
  const isCounted = bodies.some(({ candidates }) => candidates.some(({ votes }) => (votes ?? null) !== null))
  return bodies.map(({ body, candidates }) => ({
    label: `unions.termOf.${body}`,
    columns: [
      'approvals.candidate.name',
      'slate.gender',
      'slate.post',
      ...(isCounted ? ['approvals.candidate.votes', 'approvals.candidate.elected'] : []),
    ],
    rows: candidates.map(({ name, gender, post, votes, isElected }) => [
      name,
      gender === null ? '—' : { value: gender, words: 'slate' },
      { value: post, words: 'slate.post' },
      ...(isCounted ? [String(votes ?? '—'), isElected ? { value: 'yes', words: 'approvals' } : '—'] : []),
    ]),
  }))
}

/** How many are to be elected into each body. */
export const showSeats = (bodies: readonly Ballot[]): Shown['facts'] =>
  bodies.map(({ body, seats }) => ({ label: `approvals.seats.${body}`, value: String(seats) }))
