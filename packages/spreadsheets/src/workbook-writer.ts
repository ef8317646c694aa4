import { writeNoteShapes, writeNotes } from './notes.ts'
import { choiceSheet, writeSheetXml, type WrittenLine, type WrittenSheet } from './sheet-writer.ts'
import { stylesPart } from './styles.ts'
import { writeValue, type CellValue } from './written-cells.ts'
import { declaration, escapeText, main, office, packages, writeRelations } from './written-xml.ts'
import { writeZip, type ZipFile } from './zip.ts'

/** A column of a list that is written. */
export type WrittenColumn<Row> = {
  readonly title: string
  readonly value: (row: Row) => CellValue
  /** How cells look that somebody fills in: as text, so that digits stay, or as a day. */
  readonly holds?: 'text' | 'day'
  /** Words to pick from. */
  readonly choices?: readonly string[]
  /** A comment at the head: what may stand in the column. */
  readonly rule?: string
}

const linesAtOnce = 500
const widths = { least: 10, most: 60, measuredRows: 100 }

/**
 * A list as a workbook (ECMA-376), piece by piece: its head in bold and frozen, figures as numbers, texts as texts that no spreadsheet
 * runs as a formula.
 */
export function writeWorkbook<Row>(
  name: string,
  columns: readonly WrittenColumn<Row>[],
  rows: readonly Row[],
): AsyncGenerator<Uint8Array> {
  return writeSheets([
    {
      name,
      frozen: 1,
      columns: columns.map((column) => ({ width: measureColumn(column, rows), style: column.holds ?? 'plain' })),
      lines: writeRows(columns, rows),
      choices: columns.flatMap(({ choices }, place) => (choices ? [{ place, words: choices }] : [])),
      notes: columns.flatMap(({ rule }, place) => (rule === undefined ? [] : [{ place, text: rule }])),
    },
  ])
}

/**
 * A workbook whose lines come piece by piece, however many there are: only the piece under way is held. The first `frozen` lines are the
 * head, the last of them in bold.
 */
export function writeWorkbookLines(
  name: string,
  pieces: AsyncIterable<readonly (readonly CellValue[])[]>,
  options: { readonly frozen: number; readonly columns: number },
): AsyncGenerator<Uint8Array> {
  const columns = Array.from({ length: options.columns }, () => ({ width: 18, style: 'plain' as const }))
  return writeSheets([
    { name, frozen: options.frozen, columns, lines: styleLines(pieces, options.frozen), choices: [], notes: [] },
  ])
}

/** A workbook of sheets. */
export function writeSheets(sheets: readonly WrittenSheet[]): AsyncGenerator<Uint8Array> {
  const lists = sheets.flatMap(({ choices }) => choices.map(({ words }) => words))
  return writeZip(listParts(lists.length === 0 ? sheets : [...sheets, aListSheet(lists)]))
}

function* writeRows<Row>(columns: readonly WrittenColumn<Row>[], rows: readonly Row[]): Generator<WrittenLine[]> {
  yield [{ cells: columns.map(({ title }) => title), style: 'head' }]
  for (let first = 0; first < rows.length; first += linesAtOnce)
    yield rows.slice(first, first + linesAtOnce).map((row) => ({ cells: columns.map(({ value }) => value(row)) }))
}

async function* styleLines(
  pieces: AsyncIterable<readonly (readonly CellValue[])[]>,
  frozen: number,
): AsyncGenerator<WrittenLine[]> {
  let number = 0
  for await (const lines of pieces) {
    yield lines.map((cells) => {
      number++
      return number > frozen ? { cells } : { cells, style: number === frozen ? 'head' : 'note' }
    })
  }
}

/** A hidden sheet with the words of each choice in a column of its own. */
function aListSheet(lists: readonly (readonly string[])[]): WrittenSheet {
  const length = Math.max(...lists.map((words) => words.length))
  const lines = Array.from({ length }, (_, place) => ({ cells: lists.map((words) => words[place] ?? null) }))
  return { name: choiceSheet, frozen: 0, columns: [], lines: [lines], choices: [], notes: [], isHidden: true }
}

function listParts(sheets: readonly WrittenSheet[]): ZipFile[] {
  const names = nameSheets(sheets)
  const numbered = sheets.map((sheet, place) => ({ ...sheet, number: place + 1, name: names[place] ?? '' }))
  const noted = numbered.filter(({ notes }) => notes.length > 0)
  const part = (path: string, text: string): ZipFile => ({ name: path, parts: [text] })
  let firstList = 0
  return [
    part('[Content_Types].xml', writeTypes(numbered.length, noted)),
    part('_rels/.rels', writeRelations([['officeDocument', 'xl/workbook.xml']])),
    part(
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbered
        .map(
          ({ name, number, isHidden }) =>
            `<sheet name="${escapeText(name)}" sheetId="${number}"${isHidden === true ? ' state="hidden"' : ''} r:id="rId${number}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      writeRelations([
        ...numbered.map(({ number }) => ['worksheet', `worksheets/sheet${number}.xml`] as const),
        ['styles', 'styles.xml'],
      ]),
    ),
    part('xl/styles.xml', stylesPart),
    ...noted.flatMap((sheet) => [
      part(
        `xl/worksheets/_rels/sheet${sheet.number}.xml.rels`,
        writeRelations([
          ['vmlDrawing', `../drawings/vmlDrawing${sheet.number}.vml`],
          ['comments', `../comments${sheet.number}.xml`],
        ]),
      ),
      part(`xl/drawings/vmlDrawing${sheet.number}.vml`, writeNoteShapes(sheet)),
      part(`xl/comments${sheet.number}.xml`, writeNotes(sheet)),
    ]),
    ...numbered.map((sheet) => {
      const first = firstList
      firstList += sheet.choices.length
      return { name: `xl/worksheets/sheet${sheet.number}.xml`, parts: writeSheetXml(sheet, first) }
    }),
  ]
}

function writeTypes(sheets: number, noted: readonly { readonly number: number }[]): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const parts = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...Array.from({ length: sheets }, (_, place) => [`/xl/worksheets/sheet${place + 1}.xml`, 'worksheet']),
    ...noted.map(({ number }) => [`/xl/comments${number}.xml`, 'comments']),
  ]
  return `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>${parts
    .map(([path = '', of = '']) => `<Override PartName="${path}" ContentType="${kind}.${of}+xml"/>`)
    .join('')}</Types>`
}

/** What sheets may be called: 31 characters, some signs not among them, no two alike. */
function nameSheets(sheets: readonly { readonly name: string }[]): string[] {
  const given = new Set<string>()
  return sheets.map(({ name }) => {
    const plain = [...name.replaceAll(/[[\]:*?/\\'\p{Cc}]/gu, ' ').trim()].slice(0, 31).join('').trim() || '1'
    let free = plain
    for (let next = 2; given.has(free.toLowerCase()); next++) free = `${[...plain].slice(0, 27).join('')} ${next}`
    given.add(free.toLowerCase())
    return free
  })
}

function measureColumn<Row>({ title, value }: WrittenColumn<Row>, rows: readonly Row[]): number {
  const lengths = rows.slice(0, widths.measuredRows).map((row) => measureText(writeValue(value(row))) + 2)
  return Math.min(widths.most, Math.max(widths.least, measureText(title) + 4, ...lengths))
}

/** Chinese characters are twice as wide as letters. */
function measureText(text: string): number {
  return [...text].reduce((width, sign) => width + (sign > '\u2E80' ? 2 : 1), 0)
}
