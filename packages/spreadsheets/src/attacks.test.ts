import { readFileSync, readdirSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { openFile } from './files.mjs'
import { SpreadsheetRefusal, openSpreadsheet, readSpreadsheet, usualLimits, type Limits } from './index.ts'

async function count(file: Uint8Array, limits: Partial<Limits> = {}): Promise<number> {
  let rows = 0
  for await (const { line } of readSpreadsheet(file, { limits })) rows += line > 0 ? 1 : 0
  return rows
}

const book = (sheet: string, more: Record<string, string> = {}) =>
  zipSync({
    'xl/worksheets/sheet1.xml': strToU8(sheet),
    ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, strToU8(text)])),
  })
const refused = (reason: string) => expect.objectContaining({ reason })

// What the earlier patterns looked at once for every sign of it.
const quadratic = {
  'open cells without an end': `<worksheet><sheetData><row>${'<c '.repeat(60_000)}</row>`,
  'attributes without an end': `<worksheet><sheetData><row><c ${'r="A1" '.repeat(60_000)}`,
  'texts without an end': `<worksheet><sheetData><row><c><is>${'<t>'.repeat(60_000)}`,
  'rows that never close': `<worksheet><sheetData>${'<row r="1">'.repeat(60_000)}`,
  'entities without an end': `<worksheet><sheetData><row><c t="str"><v>${'&#x'.repeat(60_000)}</v></c></row>`,
  'an entity that multiplies': `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>`,
  'comments and instructions': `<worksheet>${'<!--'.repeat(60_000)}`,
}
test.each(Object.entries(quadratic))('SEC-H1 %s is refused', async (_name, sheet) => {
  await expect(count(book(sheet))).rejects.toEqual(refused('notReadable'))
  await expect(count(book('<worksheet><sheetData/></worksheet>', { 'xl/sharedStrings.xml': sheet }))).rejects.toEqual(
    refused('notReadable'),
  )
})

test('SEC-H1 a text is read once, however long it is, and not deeper than sheets go', async () => {
  // A pattern that looks from each sign to the end needs minutes for this.
  const long = `<worksheet><sheetData><row>${'<c '.repeat(500_000)}</row>`
  await expect(count(book(long), { seconds: 15 })).rejects.toEqual(refused('notReadable'))
  const deep = `<worksheet>${'<a>'.repeat(100)}${'</a>'.repeat(100)}<sheetData/></worksheet>`
  await expect(count(book(deep))).rejects.toEqual(refused('notReadable'))
})

test('SEC-H1 rows, cells, signs and bytes are counted while reading', async () => {
  const rows = book(`<worksheet><sheetData>${'<row><c/></row>'.repeat(500)}</sheetData></worksheet>`)
  await expect(count(rows, { rows: 499 })).rejects.toEqual(refused('tooLarge'))
  await expect(count(rows, { cells: 499 })).rejects.toEqual(refused('tooLarge'))
  await expect(count(rows, { bytes: 1_000 })).rejects.toEqual(refused('tooLarge'))
  const text = book('<worksheet><sheetData><row><c t="str"><v>aaaaaaaaaaa</v></c></row></sheetData></worksheet>')
  await expect(count(text, { text: 10 })).rejects.toEqual(refused('tooLarge'))
  expect(await count(rows)).toBe(500)
  for (const limits of [{ rows: 2 }, { cells: 5 }, { text: 2 }, { bytes: 10 }])
    await expect(count(strToU8('aaa,b\nc,d\ne,f\n'), limits)).rejects.toEqual(refused('tooLarge'))
  const texts = { 'xl/sharedStrings.xml': `<sst>${'<si><t>a</t></si>'.repeat(500)}</sst>` }
  const shared = book('<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>', texts)
  expect(await count(shared)).toBe(1)
  await expect(count(shared, { cells: 499 })).rejects.toEqual(refused('tooLarge'))
})

test('SEC-H1 a file that is held in memory whole may be no longer than its own limit', async () => {
  for (const name of ['lo-dates.xls', 'lo-dates.ods']) {
    const file = readFileSync(new URL(`cases/${name}`, import.meta.url))
    expect(await count(file)).toBeGreaterThan(0)
    await expect(count(file, { wholeBytes: file.length - 1 })).rejects.toEqual(refused('tooLarge'))
  }
})

test('SEC-H1 what takes too long is ended, and so is what takes too much memory', async () => {
  const sheet = `<worksheet><sheetData>${'<row><c t="str"><v>text of some length</v></c></row>'.repeat(150_000)}</sheetData></worksheet>`
  const file = zipSync({ 'xl/worksheets/sheet1.xml': strToU8(sheet) }, { level: 0 })
  await expect(count(file, { seconds: 0.001 })).rejects.toEqual(refused('tooSlow'))
  const texts = Array.from({ length: 200_000 }, (_, at) => `<si><t>${at} of many texts, each another</t></si>`).join('')
  const heavy = zipSync(
    { 'xl/worksheets/sheet1.xml': strToU8('<worksheet/>'), 'xl/sharedStrings.xml': strToU8(`<sst>${texts}</sst>`) },
    { level: 0 },
  )
  await expect(count(heavy, { megabytes: 8 })).rejects.toEqual(refused('tooLarge'))
})

test('SEC-H1 while a file is read the process goes on with everything else', async () => {
  const cells = '<row><c t="str"><v>text of some length</v></c></row>'.repeat(50_000)
  const texts = { 'xl/sharedStrings.xml': `<sst>${'<si><t>a</t></si>'.repeat(100_000)}</sst>` }
  const file = book(`<worksheet><sheetData>${cells}</sheetData></worksheet>`, texts)
  const open = await openSpreadsheet(file)
  let turns = 0
  let isOpening = true
  const turn = () => {
    turns += 1
    if (isOpening) setImmediate(turn)
  }
  setImmediate(turn)
  try {
    for await (const { line } of open.read()) if (line === 1) break
    isOpening = false
    // Read in the process itself, it would be one turn for the file and one for its answer.
    expect(turns).toBeGreaterThan(20)
  } finally {
    isOpening = false
    await open.close()
  }
})

test('SEC-H1 a directory that lies about a part is not believed', async () => {
  const file = book(`<worksheet><sheetData>${'<row><c/></row>'.repeat(5000)}</sheetData></worksheet>`)
  const directory = Buffer.from(file).lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  new DataView(file.buffer).setUint32(directory + 24, 100, true)
  await expect(count(file)).rejects.toEqual(refused('notReadable'))
})

/** Numbers that look random and come again with the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function mutate(file: Uint8Array, random: () => number): Uint8Array {
  const pick = (below: number) => Math.floor(random() * below)
  const bytes = Buffer.from(file)
  const times = 1 + pick(12)
  for (let time = 0; time < times; time++) {
    const at = pick(bytes.length)
    const way = pick(4)
    if (way === 0) bytes[at] = pick(256)
    else if (way === 1) bytes.fill(pick(256), at, Math.min(bytes.length, at + pick(64)))
    else if (way === 2) bytes.copyWithin(at, pick(bytes.length), pick(bytes.length))
    else bytes.writeUInt8((bytes[at] ?? 0) ^ (1 << pick(8)), at)
  }
  return pick(8) === 0 ? bytes.subarray(0, pick(bytes.length)) : bytes
}

/** What the thread does with a file, without the thread. */
function readHere(file: Uint8Array): string {
  try {
    const rows = [...openFile(file, usualLimits).read()]
    return rows.length >= 0 ? 'read' : ''
  } catch (error) {
    return error instanceof SpreadsheetRefusal ? error.reason : String(error)
  }
}

test('SEC-H1 a thousand damaged files are read or refused, and nothing else happens', async () => {
  const folder = new URL('cases/', import.meta.url)
  const files = readdirSync(folder)
    .filter((name) => !name.startsWith('swollen'))
    .map((name) => readFileSync(new URL(name, folder)))
  const random = seeded(20_260_115)
  // The library writes what it does not know of a damaged file; the thread swallows it.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const outcomes = new Map<string, number>()
  const different: string[] = []
  for (let at = 0; at < 1_000; at++) {
    const file = mutate(files[at % files.length] ?? Buffer.alloc(0), random)
    const outcome = readHere(file)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    // A thread takes a while to begin: one file in fifty goes through it, and must end alike.
    if (at % 50 !== 0) continue
    const inThread = await count(file).then(
      () => 'read',
      (error: unknown) => (error instanceof SpreadsheetRefusal ? error.reason : String(error)),
    )
    if (inThread !== outcome) different.push(`${at}: ${outcome} here, ${inThread} in the thread`)
  }
  const expected = ['read', 'notReadable', 'locked', 'tooLarge', 'badSign']
  expect([...outcomes.keys()].filter((outcome) => !expected.includes(outcome))).toEqual([])
  expect([...outcomes.keys()]).toContain('read')
  expect(different).toEqual([])
  expect(process.getActiveResourcesInfo().filter((name) => name === 'Worker')).toEqual([])
})
