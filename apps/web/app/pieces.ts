/**
 * What is made piece by piece, as an answer takes it: the next piece is made when the last was sent, and none when nobody reads on. The
 * framework's own way from a stream of Node's ends the process when a reader goes away in the middle.
 */
export function streamPieces(pieces: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (done === true) return controller.close()
      controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
