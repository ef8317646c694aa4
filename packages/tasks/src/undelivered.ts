/** A message that did not go out. `key` names a text in the catalogues; neither address nor content is in it. */
export class Undelivered extends Error {
  readonly key: string
  /** Another try may help: the other side was away, or refused for now. */
  readonly isWorthTrying: boolean

  constructor(key: string, retry: 'again' | 'never') {
    super(key)
    this.name = 'Undelivered'
    this.key = key
    this.isWorthTrying = retry === 'again'
  }
}
