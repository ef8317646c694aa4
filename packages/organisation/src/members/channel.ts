class Abandoned extends Error {}

/** Hands pieces from the transaction to the reader, one at a time: the writer waits until the reader has taken what is there. */
export class Channel<Piece> {
  private piece: Piece | null = null
  private done = false
  private gone = false
  private failure: Error | null = null
  private wake: () => void = () => undefined
  private turn = this.nextTurn()

  private nextTurn(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve))
  }
  private change(): void {
    const { wake } = this
    this.turn = this.nextTurn()
    wake()
  }
  async push(piece: Piece): Promise<void> {
    while (this.piece !== null && !this.gone) await this.turn
    if (this.gone) throw new Abandoned('the reader has gone')
    this.piece = piece
    this.change()
  }
  end(): void {
    this.done = true
    this.change()
  }
  fail(error: unknown): void {
    this.failure = error instanceof Error ? error : new Error(String(error))
    this.end()
  }
  abandon(): void {
    this.gone = true
    this.change()
  }
  async take(): Promise<Piece | null> {
    while (this.piece === null && !this.done) await this.turn
    const { piece } = this
    this.piece = null
    this.change()
    if (piece === null && this.failure !== null) throw this.failure
    return piece
  }
}
