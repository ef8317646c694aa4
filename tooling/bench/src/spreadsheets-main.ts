import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeWorkbook } from '@gonglian/spreadsheets'
import { z } from 'zod'
import { judge, type Result } from './measure.ts'

// Reading and writing a workbook of 100,000 rows and 20 columns, beside @e965/xlsx in the same run.
const Run = z.object({ count: z.number(), seconds: z.number(), megabytes: z.number() })
const rowCount = 100_000
const columnCount = 20

function makeCell(row: number, column: number): string | number {
  if (column % 4 === 0) return `第${row}行第${column}列`
  if (column % 4 === 2) return `类别${column}`
  return column % 4 === 1 ? row * column : row / 8
}

async function run(way: 'read' | 'peer' | 'write', path: string): Promise<z.output<typeof Run>> {
  const script = new URL('./spreadsheet-run.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, way, path])
  return Run.parse(JSON.parse(stdout))
}

const folder = await mkdtemp(join(tmpdir(), 'gonglian-bench-'))
try {
  const path = join(folder, 'table.xlsx')
  const columns = Array.from({ length: columnCount }, (_, column) => ({
    title: `列${column}`,
    value: (row: number) => makeCell(row, column),
  }))
  const rows = Array.from({ length: rowCount }, (_, row) => row)
  await writeFile(path, writeWorkbook('表', columns, rows))
  const own = await run('read', path)
  const peer = await run('peer', path)
  const written = await run('write', path)
  if (own.count !== peer.count) throw new Error(`${own.count} cells here, ${peer.count} there`)
  const results: Result[] = [
    judge('reading 100,000 x 20 cells', own.seconds, 6, 's'),
    judge('memory of that reading', own.megabytes, 210, 'MB'),
    judge('reading, against @e965/xlsx (ratio of time)', own.seconds / peer.seconds, 1.5, ''),
    judge('reading, against @e965/xlsx (ratio of memory)', own.megabytes / peer.megabytes, 0.5, ''),
    judge('writing 100,000 x 20 cells', written.seconds, 6, 's'),
    judge('memory of that writing', written.megabytes, 100, 'MB'),
  ]
  console.log(`@e965/xlsx: ${peer.seconds.toFixed(1)} s, ${peer.megabytes.toFixed(0)} MB`)
  for (const result of results)
    console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`)
} finally {
  await rm(folder, { recursive: true, force: true })
}
