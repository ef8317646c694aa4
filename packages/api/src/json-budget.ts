/** What one call may hold. The largest pastes and files of the pages stay far below. */
export const jsonBudget = { depth: 24, nodes: 200_000 } as const

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openings: ReadonlySet<number> = new Set([0x5b, 0x7b])
const closings: ReadonlySet<number> = new Set([0x5d, 0x7d])

/**
 * Whether a text of JSON keeps to a depth and a number of values, found before anything parses it: one look at each character,
 * nothing stored. Says nothing of whether the text is valid.
 */
export function keepsJsonBudget(text: string, budget: { readonly depth: number; readonly nodes: number }): boolean {
  let depth = 0
  let nodes = 1
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === quote) at = findStringEnd(text, at + 1)
    else if (sign === comma) nodes++
    else if (openings.has(sign)) {
      depth++
      nodes++
    } else if (closings.has(sign)) depth--
    if (depth > budget.depth || nodes > budget.nodes) return false
  }
  return true
}

function findStringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === backslash) at++
    else if (sign === quote) return at
  }
  return text.length
}
