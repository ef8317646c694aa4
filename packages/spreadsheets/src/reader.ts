import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { usualLimits, type Limits, type Sheet, type SheetRow } from './limits.ts'
import { unpackRows, type Portion } from './portions.mjs'
import { SpreadsheetRefusal, type Reason } from './refusals.mjs'

type Refused = { readonly refusal: { readonly reason: Reason; readonly line: number | null } }
/** `ms`: how long the thread worked for it. */
type Answered<T> = { readonly answer: T; readonly ms: number }
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

/** `left`: milliseconds that the thread may still work. */
type Reading = { readonly worker: Worker; readonly closed: AbortSignal; left: number }

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
  const closing = new AbortController()
  const reading: Reading = { worker, left: limits.seconds * 1000, closed: closing.signal }
  return {
    listSheets: async () => (await ask<{ sheets: readonly Sheet[] }>(reading, { task: 'sheets' })).sheets,
    read: (sheet) => readPortions(reading, sheet),
    async close() {
      if (closing.signal.aborted) return
      closing.abort()
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

/**
 * While one portion is worked on the thread reads the next. Not yet during the first: most files are left after their top, and a second
 * sheet may be begun then.
 */
async function* readPortions(reading: Reading, sheet: string | undefined): AsyncGenerator<SheetRow> {
  let portion = await ask<Portion>(reading, { task: 'begin', sheet })
  let next: Promise<Portion> | null = null
  try {
    yield* unpackRows(portion)
    while (!portion.isEnd) {
      portion = await (next ?? ask<Portion>(reading, { task: 'more' }))
      next = portion.isEnd ? null : ask<Portion>(reading, { task: 'more' })
      // Refused where it is awaited; until then it must not end the process.
      next?.catch(() => undefined)
      yield* unpackRows(portion)
    }
  } finally {
    // Else the answer to the next task would be this one.
    await next?.catch(() => undefined)
  }
}

/** The answer to a task; what the thread took for it is taken off the time that is left. */
async function ask<T>(reading: Reading, task: Task): Promise<T> {
  const { worker, closed } = reading
  const clock = new AbortController()
  const time = setTimeout(() => clock.abort(), Math.max(1, reading.left))
  try {
    worker.postMessage(task)
    // A thread that fails says so by an event, which rejects this.
    const [answer]: (Answered<T> | Refused)[] = await once(worker, 'message', {
      signal: AbortSignal.any([clock.signal, closed]),
    })
    if (answer === undefined) throw new SpreadsheetRefusal('notReadable')
    if (isRefused(answer)) throw new SpreadsheetRefusal(answer.refusal.reason, answer.refusal.line)
    reading.left -= answer.ms
    return answer.answer
  } catch (error) {
    if (clock.signal.aborted) throw new SpreadsheetRefusal('tooSlow')
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    throw isFull ? new SpreadsheetRefusal('tooLarge') : error
  } finally {
    clearTimeout(time)
  }
}

function isRefused<T>(answer: Answered<T> | Refused): answer is Refused {
  return 'refusal' in answer
}
