import { z } from 'zod'

const Scores = z.array(
  z.object({ position: z.number(), score: z.number(), evidenceId: z.number().nullable().default(null) }),
)
export type SelfScore = z.output<typeof Scores>[number]

/** Points as they are stored, by the position of the item; nothing before anybody has scored. */
export function readScores(stored: unknown): ReadonlyMap<number, SelfScore> {
  const read = Scores.safeParse(stored)
  return new Map(read.success ? read.data.map((score) => [score.position, score]) : [])
}
