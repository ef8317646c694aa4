import { parentPort, workerData } from 'node:worker_threads'
import { readCsv } from './csv.mjs'
import { SpreadsheetRefusal } from './refusals.mjs'
import { readWorkbook } from './workbook.mjs'

/**
 * The reading thread: plain JavaScript, because a thread starts without the loader of our TypeScript. Sends rows in portions, each when
 * it is asked for.
 */
const portionRows = 1_000

/** @type {{ file: Uint8Array, limits: import('./limits.ts').Limits, sheet: string | undefined }} */
const { file, limits, sheet } = workerData
const port = parentPort
if (!port) throw new Error('This is a thread')

const isArchive = file[0] === 0x50 && file[1] === 0x4b
const rows = isArchive ? readWorkbook(file, limits, sheet) : readCsv(file, limits)

port.on('message', () => {
  try {
    port.postMessage(readPortion())
  } catch (error) {
    if (!(error instanceof SpreadsheetRefusal)) throw error
    port.postMessage({ refusal: { reason: error.reason, line: error.line } })
  }
})

function readPortion() {
  const portion = []
  while (portion.length < portionRows) {
    const next = rows.next()
    if (next.done) return { rows: portion, isEnd: true }
    portion.push(next.value)
  }
  return { rows: portion, isEnd: false }
}
