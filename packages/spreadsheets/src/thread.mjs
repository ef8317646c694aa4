import { parentPort, workerData } from 'node:worker_threads'
import { openFile } from './files.mjs'
import { packRows } from './portions.mjs'
import { SpreadsheetRefusal } from './refusals.mjs'

/**
 * The reading thread: plain JavaScript, because a thread starts without the loader of our TypeScript. It answers each task once.
 * @typedef {{ task: 'sheets' } | { task: 'begin', sheet: string | undefined } | { task: 'more' }} Task
 */
const portionRows = 1_000

/** @type {{ file: Uint8Array, limits: import('./limits.ts').Limits }} */
const { file, limits } = workerData
const port = parentPort
if (!port) throw new Error('This is a thread')

/** @type {import('./files.mjs').OpenFile | null} */
let open = null
/** @type {Generator<import('./limits.ts').SheetRow> | null} */
let rows = null

port.on('message', (/** @type {Task} */ task) => {
  const begun = performance.now()
  try {
    open ??= openFile(file, limits)
    if (task.task === 'begin') rows = open.read(task.sheet)
    const answer = task.task === 'sheets' ? { sheets: open.sheets } : readPortion((rows ??= open.read()))
    port.postMessage({ answer, ms: performance.now() - begun })
  } catch (error) {
    if (!(error instanceof SpreadsheetRefusal)) throw error
    port.postMessage({ refusal: { reason: error.reason, line: error.line } })
  }
})

/** @param {Generator<import('./limits.ts').SheetRow>} from */
function readPortion(from) {
  const portion = []
  while (portion.length < portionRows) {
    const next = from.next()
    if (next.done) return packRows(portion, true)
    portion.push(next.value)
  }
  return packRows(portion, false)
}
