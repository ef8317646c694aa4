import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { readSpreadsheet, writeWorkbook } from '@gonglian/spreadsheets'

// One reading or writing in a process of its own, so that its memory is its own: prints what it took as JSON.
const [way = '', path = ''] = process.argv.slice(2)
const rowCount = 100_000
const columnCount = 20

function makeCell(row: number, column: number): string | number {
  if (column % 4 === 0) return `第${row}行第${column}列`
  if (column % 4 === 2) return `类别${column}`
  return column % 4 === 1 ? row * column : row / 8
}

async function countOwn(file: Uint8Array): Promise<number> {
  let cells = 0
  for await (const row of readSpreadsheet(file)) cells += row.cells.length
  return cells
}

/** As most programs use the library: the whole book, then its rows. */
function countPeer(file: Uint8Array): number {
  const peer: typeof import('@e965/xlsx') = createRequire(import.meta.url)('@e965/xlsx')
  const book = peer.read(file, { dense: true })
  const sheet = book.Sheets[book.SheetNames[0] ?? '']
  if (!sheet) return 0
  return peer.utils.sheet_to_json<unknown[]>(sheet, { header: 1 }).reduce((sum, row) => sum + row.length, 0)
}

async function countWritten(): Promise<number> {
  const columns = Array.from({ length: columnCount }, (_, column) => ({
    title: `列${column}`,
    value: (row: number) => makeCell(row, column),
  }))
  const rows = Array.from({ length: rowCount }, (_, row) => row)
  let bytes = 0
  for await (const piece of writeWorkbook('表', columns, rows)) bytes += piece.length
  return bytes
}

const file = way === 'write' ? new Uint8Array() : readFileSync(path)
const begun = performance.now()
const before = process.memoryUsage().rss
const count = way === 'write' ? await countWritten() : way === 'read' ? await countOwn(file) : countPeer(file)
const seconds = (performance.now() - begun) / 1000
const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 1e6
console.log(JSON.stringify({ count, seconds, megabytes }))
