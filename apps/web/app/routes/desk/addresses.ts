// The working period of the frame stays what it was: links say theirs only where the page is about another one.

export function planPath(planId: number): string {
  return `/targets/${planId}`
}

/** The board of one item at the period its figure here covers. */
export function itemPath(itemId: number, until: string | null): string {
  return until === null ? `/progress?item=${itemId}` : `/progress?item=${itemId}&period=${until}`
}
