/** One thing Ctrl-K found. */
export type SearchHit = {
  readonly kind: 'page' | 'body' | 'target' | 'plan' | 'form' | 'report' | 'review' | 'record'
  /** Of a record of a domain: the words of its kind. */
  readonly kindText?: string
  readonly id: string
  readonly title: string
  /** Where it belongs: the line of superiors, the period. */
  readonly detail: string
  /** The address it opens. */
  readonly to: string
}
