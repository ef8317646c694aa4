import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { usualLimits, type Limits, type SheetRow } from './limits.ts'
import { SpreadsheetRefusal, type Reason } from './refusals.mjs'

type Portion =
  | { readonly rows: readonly SheetRow[]; readonly isEnd: boolean }
  | { readonly refusal: { readonly reason: Reason; readonly line: number | null } }

/** Files that one process reads at the same time; more would take its memory together. */
const threadsAtOnce = 2
const waiting: (() => void)[] = []
let running = 0

async function takeTurn(): Promise<void> {
  if (running >= threadsAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
}

/** The turn goes to who waits longest, or is free again. */
function passTurn(): void {
  const next = waiting.shift()
  if (next) next()
  else running--
}

const thread = new URL('./thread.mjs', import.meta.url)

/**
 * The rows of a file, whatever it holds: an Excel workbook (its named sheet, else the first that is shown) or a text with separators. It
 * is read in a thread of its own that ends with the reading, with limits of time, rows, cells and memory while it reads; whoever
 * stops asking for rows stops it.
 *
 * @throws SpreadsheetRefusal
 */
export async function* readSpreadsheet(
  file: Uint8Array,
  options: { readonly limits?: Partial<Limits>; readonly sheet?: string } = {},
): AsyncGenerator<SheetRow> {
  const limits: Limits = { ...usualLimits, ...options.limits }
  await takeTurn()
  try {
    yield* readInThread(file, limits, options.sheet)
  } finally {
    passTurn()
  }
}

async function* readInThread(file: Uint8Array, limits: Limits, sheet: string | undefined): AsyncGenerator<SheetRow> {
  const worker = new Worker(thread, {
    workerData: { file, limits, sheet },
    execArgv: [],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  const left = { ms: limits.seconds * 1000 }
  try {
    for (;;) {
      const portion = await askPortion(worker, left)
      if ('refusal' in portion) throw new SpreadsheetRefusal(portion.refusal.reason, portion.refusal.line)
      yield* portion.rows
      if (portion.isEnd) return
    }
  } finally {
    await worker.terminate()
  }
}

/** The next portion; what it takes is taken off the time that is left. */
async function askPortion(worker: Worker, left: { ms: number }): Promise<Portion> {
  const begun = performance.now()
  const clock = new AbortController()
  const { signal } = clock
  const time = setTimeout(() => clock.abort(), Math.max(1, left.ms))
  try {
    worker.postMessage('more')
    // A thread that fails says so by an event, which rejects this.
    const [portion]: Portion[] = await once(worker, 'message', { signal })
    if (portion === undefined) throw new SpreadsheetRefusal('notReadable')
    return portion
  } catch (error) {
    if (signal.aborted) throw new SpreadsheetRefusal('tooSlow')
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    throw isFull ? new SpreadsheetRefusal('tooLarge') : error
  } finally {
    clearTimeout(time)
    left.ms -= performance.now() - begun
  }
}
