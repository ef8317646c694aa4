/** How much two texts have in common, 0 to 1: their pairs of signs (Dice). One sign more or less counts little, another order much. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 1
  const pairs = listPairs(a)
  const others = listPairs(b)
  let common = 0
  const left = new Map<string, number>()
  for (const pair of pairs) left.set(pair, (left.get(pair) ?? 0) + 1)
  for (const pair of others) {
    const count = left.get(pair) ?? 0
    if (count > 0) common++
    left.set(pair, count - 1)
  }
  return (2 * common) / Math.max(1, pairs.length + others.length)
}

/** With the beginning and the end as signs of their own, so that texts of one sign can be compared too. */
function listPairs(text: string): string[] {
  const signs = ['^', ...text, '$']
  return signs.slice(1).map((sign, place) => `${signs[place] ?? ''}${sign}`)
}

/** The most similar of some texts; null: none is similar. */
export function findSimilar(text: string, among: readonly string[]): string | null {
  const scored = among.map((one) => ({ one, score: compareTexts(text, one) })).toSorted((a, b) => b.score - a.score)
  const best = scored[0]
  return best && best.score >= 0.4 ? best.one : null
}
