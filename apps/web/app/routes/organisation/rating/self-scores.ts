import { z } from 'zod'

const Scores = z.array(z.object({ position: z.number(), score: z.number() }))

/** The union's own points by the position of the item; nothing before it has scored itself. */
export function readSelfScores(stored: unknown): ReadonlyMap<number, number> {
  const read = Scores.safeParse(stored)
  return new Map(read.success ? read.data.map(({ position, score }) => [position, score]) : [])
}
