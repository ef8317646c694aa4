import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { usualLimits, type Limits, type Sheet, type SheetRow } from './limits.ts'
import { unpackRows, type Portion } from './portions.mjs'
import { SpreadsheetRefusal, type Reason } from './refusals.mjs'

type Refused = { readonly refusal: { readonly reason: Reason; readonly line: number | null } }
type Task = { readonly task: 'sheets' | 'more' } | { readonly task: 'begin'; readonly sheet: string | undefined }

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

type Options = { readonly limits?: Partial<Limits> }

/** A file that is open in its reading thread. */
export type OpenSpreadsheet = {
  /** In the order of their tabs, the hidden ones too. */
  readonly listSheets: () => Promise<readonly Sheet[]>
  /** The rows of a sheet, else of the first that is shown. One sheet is read at a time: a second call ends the first. */
  readonly read: (sheet?: string) => AsyncGenerator<SheetRow>
  readonly close: () => Promise<void>
}

/**
 * Opens a file, whatever it holds: a workbook or a text with separators. It is read in a thread of its own, with limits of time, rows,
 * cells and memory while it reads. Who opens it closes it.
 *
 * @throws SpreadsheetRefusal by what it answers
 */
export async function openSpreadsheet(file: Uint8Array, options: Options = {}): Promise<OpenSpreadsheet> {
  const limits: Limits = { ...usualLimits, ...options.limits }
  await takeTurn()
  const worker = new Worker(thread, {
    workerData: { file, limits },
    execArgv: [],
    env: {},
    // What a library says about a damaged file interests nobody.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  const left = { ms: limits.seconds * 1000 }
  let isOpen = true
  return {
    listSheets: async () => (await ask<{ sheets: readonly Sheet[] }>(worker, { task: 'sheets' }, left)).sheets,
    async *read(sheet) {
      let portion = await ask<Portion>(worker, { task: 'begin', sheet }, left)
      for (;;) {
        yield* unpackRows(portion)
        if (portion.isEnd) return
        portion = await ask<Portion>(worker, { task: 'more' }, left)
      }
    },
    async close() {
      if (!isOpen) return
      isOpen = false
      await worker.terminate()
      passTurn()
    },
  }
}

/**
 * The rows of a file: of its named sheet, else of the first that is shown. Whoever stops asking for rows stops the reading.
 *
 * @throws SpreadsheetRefusal
 */
export async function* readSpreadsheet(
  file: Uint8Array,
  options: Options & { readonly sheet?: string } = {},
): AsyncGenerator<SheetRow> {
  const open = await openSpreadsheet(file, options)
  try {
    yield* open.read(options.sheet)
  } finally {
    await open.close()
  }
}

/** The answer to a task; what it takes is taken off the time that is left. */
async function ask<T>(worker: Worker, task: Task, left: { ms: number }): Promise<T> {
  const begun = performance.now()
  const clock = new AbortController()
  const { signal } = clock
  const time = setTimeout(() => clock.abort(), Math.max(1, left.ms))
  try {
    worker.postMessage(task)
    // A thread that fails says so by an event, which rejects this.
    const [answer]: (T | Refused)[] = await once(worker, 'message', { signal })
    if (answer === undefined) throw new SpreadsheetRefusal('notReadable')
    if (isRefused(answer)) throw new SpreadsheetRefusal(answer.refusal.reason, answer.refusal.line)
    return answer
  } catch (error) {
    if (signal.aborted) throw new SpreadsheetRefusal('tooSlow')
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    throw isFull ? new SpreadsheetRefusal('tooLarge') : error
  } finally {
    clearTimeout(time)
    left.ms -= performance.now() - begun
  }
}

function isRefused<T>(answer: T | Refused): answer is Refused {
  return typeof answer === 'object' && answer !== null && 'refusal' in answer
}
