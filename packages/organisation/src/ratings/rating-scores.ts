import { ratingStates } from '../codes/ratings.ts'
export { ratingStates } from '../codes/ratings.ts'
/** Pure rules of ratings: sums, quorum, the rank a score reaches, steps between states. */

export type RatingState = (typeof ratingStates)[number]
export type Side = 'owner' | 'grantor'

/** Who may take a rating from one state to which (handbook 5.3, appendix A). */
export const ratingSteps: Readonly<Record<RatingState, readonly (readonly [RatingState, Side])[]>> = {
  planned: [['self_assessed', 'owner']],
  self_assessed: [
    ['planned', 'owner'],
    ['recommended', 'owner'],
  ],
  recommended: [
    ['self_assessed', 'owner'],
    ['under_review', 'grantor'],
    ['self_assessed', 'grantor'],
  ],
  under_review: [
    ['published', 'grantor'],
    ['self_assessed', 'grantor'],
  ],
  published: [
    ['under_review', 'grantor'],
    ['awarded', 'grantor'],
  ],
  awarded: [['re_check', 'grantor']],
  re_check: [
    ['kept', 'grantor'],
    ['downgraded', 'grantor'],
    ['revoked', 'grantor'],
  ],
  kept: [['re_check', 'grantor']],
  downgraded: [['re_check', 'grantor']],
  revoked: [],
}

export function mayStep(from: RatingState, to: RatingState, side: Side): boolean {
  return ratingSteps[from].some(([next, who]) => next === to && who === side)
}

/** The reviewers' mean in hundredths of a point, half up; null without a reviewer. */
export function meanScore(totals: readonly number[]): number | null {
  if (totals.length === 0) return null
  const sum = totals.reduce((all, one) => all + one, 0)
  return Math.floor((sum * 200 + totals.length) / (totals.length * 2))
}

/** Enough reviewers have scored: the least number, and the share (hundredths of a percent) of those who are not recused. */
export function reachesQuorum(input: { scored: number; eligible: number; least: number; quorum: number }): boolean {
  return input.scored >= input.least && input.scored * 10_000 >= input.eligible * input.quorum
}

/** Items that more than half of those who scored found to stand against any title (一票否决). */
export function findVetoes(reviews: readonly { vetoes: readonly number[] }[]): number[] {
  const counts = new Map<number, number>()
  for (const review of reviews)
    for (const position of new Set(review.vetoes)) counts.set(position, (counts.get(position) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count * 2 > reviews.length)
    .map(([position]) => position)
    .toSorted((a, b) => a - b)
}

/** The highest rank up to the wished one whose score is reached; 0: none. @param score in hundredths of a point */
export function reachRank(
  levels: readonly { rank: number; minScore: number }[],
  score: number,
  wished: number,
): number {
  return Math.max(
    0,
    ...levels.filter((one) => one.rank <= wished && score >= one.minScore * 100).map((one) => one.rank),
  )
}
