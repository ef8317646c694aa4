import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { openSpreadsheet, writeSheets, type OpenSpreadsheet, type SheetRow, type WrittenSheet } from './index.ts'

const rowCount = 3_500

async function openTwoSheets(): Promise<OpenSpreadsheet> {
  const sheet = (name: string): WrittenSheet => ({
    name,
    frozen: 1,
    columns: [{ width: 10, style: 'text' }],
    lines: [Array.from({ length: rowCount }, (_, row) => ({ cells: [`${name}${row + 1}`] }))],
    choices: [],
    notes: [],
  })
  return openSpreadsheet(await buffer(writeSheets([sheet('甲'), sheet('乙')])))
}

async function take(rows: AsyncGenerator<SheetRow>, count: number): Promise<string[]> {
  const firsts: string[] = []
  for await (const { cells } of rows) {
    firsts.push(cells[0] ?? '')
    if (firsts.length === count) break
  }
  return firsts
}

test('whoever leaves a sheet anywhere reads the next one from its beginning', async () => {
  const open = await openTwoSheets()
  try {
    // The first portion has 1,000 rows; while a later one is worked on the thread is ahead.
    for (const count of [1, 999, 1_000, 1_001, 2_500, rowCount]) {
      expect((await take(open.read('甲'), count)).at(-1)).toBe(`甲${count}`)
      const others = await take(open.read('乙'), rowCount)
      expect([others[0], others.at(-1), others.length]).toEqual(['乙1', `乙${rowCount}`, rowCount])
    }
  } finally {
    await open.close()
  }
})

test('closing a file ends a reading that waits for its next rows', async () => {
  const open = await openTwoSheets()
  const rows = open.read('甲')
  for (let count = 0; count < 1_500; count++) await rows.next()
  await open.close()
  await expect(take(rows, rowCount)).rejects.toThrow('aborted')
})
