import { connect, type Socket } from 'node:net'

export type Verdict = 'clean' | 'infected' | 'unanswered'
/** Says whether a file holds something harmful. Never throws: what goes wrong is no answer. */
export type Scanner = (content: AsyncIterable<Uint8Array>) => Promise<Verdict>

export type ClamdAddress = { readonly host: string; readonly port: number; readonly timeoutMs?: number }

/** clamd reads no chunk longer than its StreamMaxLength; ours are far shorter. */
const usualTimeoutMs = 30_000

/** A scanner that speaks clamd's INSTREAM over TCP: length and bytes of each chunk, then a length of 0, then one line of answer. */
export function openClamd({ host, port, timeoutMs = usualTimeoutMs }: ClamdAddress): Scanner {
  return async (content) => {
    const socket = connect({ host, port })
    // The whole talk has this long, so that a scanner that answers byte by byte holds nobody up.
    const timer = setTimeout(() => socket.destroy(new Error('clamd did not answer in time')), timeoutMs)
    try {
      const answer = readAnswer(socket)
      // Refused before all was sent: the answer tells why, and nobody waits for two failures.
      answer.catch(() => undefined)
      await write(socket, Buffer.from('zINSTREAM\0'))
      for await (const piece of content) {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(piece.length)
        await write(socket, length)
        await write(socket, piece)
      }
      await write(socket, Buffer.alloc(4))
      return readVerdict(await answer)
    } catch {
      return 'unanswered'
    } finally {
      clearTimeout(timer)
      socket.destroy()
    }
  }
}

function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.destroyed) return reject(socket.errored ?? new Error('the connection is closed'))
    socket.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

const longestAnswer = 4096

function readAnswer(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (piece: string) => {
      text += piece
      if (text.includes('\0') || text.length > longestAnswer) resolve(text)
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the connection is closed')))
  })
}

/** Only a plain OK is clean, and only FOUND is infected: an error of the scanner is no answer. */
function readVerdict(answer: string): Verdict {
  const line = answer.replace(/\0[\s\S]*$/, '').trim()
  if (line === 'stream: OK') return 'clean'
  return / FOUND$/.test(line) ? 'infected' : 'unanswered'
}
