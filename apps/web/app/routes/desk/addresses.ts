// The working period of the frame stays what it was: links say theirs only where the page is about another one.

export function planPath(planId: number): string {
  return `/targets/${planId}`
}

/** The board of one item at the period its figure here covers. */
export function itemPath(itemId: number, until: string | null, body?: string): string {
  return `/progress?${new URLSearchParams({
    item: String(itemId),
    ...(until === null ? {} : { period: until }),
    ...(body === undefined ? {} : { body }),
  }).toString()}`
}
