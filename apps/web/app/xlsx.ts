import type { FileColumn } from './table-file.ts'
import { writeZip, type ZipFile } from './zip.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const rowsAtOnce = 500

/**
 * A table as a workbook with one sheet (ECMA-376), row by row: head in bold and fixed, figures as figures, texts as texts that no
 * spreadsheet runs as a formula.
 */
export function writeXlsx<Row>(
  name: string,
  columns: readonly FileColumn<Row>[],
  rows: readonly Row[],
): AsyncGenerator<Uint8Array> {
  return writeZip(listParts(name, writeSheet(columns, rows)))
}

/** A workbook of texts whose lines come piece by piece, however many there are: only the piece under way is held. */
export function writeXlsxLines(
  name: string,
  pieces: AsyncIterable<readonly (readonly (string | null)[])[]>,
): AsyncGenerator<Uint8Array> {
  return writeZip(listParts(name, writeLines(pieces)))
}

function listParts(name: string, sheet: ZipFile['parts']): ZipFile[] {
  const part = (path: string, text: string): ZipFile => ({ name: path, parts: [declaration + text] })
  return [
    part(
      '[Content_Types].xml',
      `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[
        ['/xl/workbook.xml', 'sheet.main'],
        ['/xl/worksheets/sheet1.xml', 'worksheet'],
        ['/xl/styles.xml', 'styles'],
      ]
        .map(
          ([path, kind]) =>
            `<Override PartName="${path}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`,
        )
        .join('')}</Types>`,
    ),
    part('_rels/.rels', writeRelations([['officeDocument', 'xl/workbook.xml']])),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escapeText(nameSheet(name))}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      writeRelations([
        ['worksheet', 'worksheets/sheet1.xml'],
        ['styles', 'styles.xml'],
      ]),
    ),
    part(
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ),
    { name: 'xl/worksheets/sheet1.xml', parts: sheet },
  ]
}

function writeRelations(relations: readonly (readonly [kind: string, target: string])[]): string {
  return `<Relationships xmlns="${packages}/relationships">${relations
    .map(([kind, target], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`
}

function* writeSheet<Row>(columns: readonly FileColumn<Row>[], rows: readonly Row[]): Generator<string> {
  const widths = columns.map(
    ({ title }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${Math.min(48, Math.max(12, measureText(title) + 4))}" customWidth="1"/>`,
  )
  yield `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${
    columns.length > 0 ? `<cols>${widths.join('')}</cols>` : ''
  }<sheetData><row r="1">${columns.map(({ title }, index) => writeCell(`${nameColumn(index)}1`, title, ' s="1"')).join('')}</row>`
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    yield rows
      .slice(first, first + rowsAtOnce)
      .map((row, offset) => writeRow(first + offset + 2, columns, row))
      .join('')
  }
  yield '</sheetData></worksheet>'
}

async function* writeLines(pieces: AsyncIterable<readonly (readonly (string | null)[])[]>): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetFormatPr defaultColWidth="18"/><sheetData>`
  let number = 0
  for await (const lines of pieces) {
    let text = ''
    for (const cells of lines) {
      number += 1
      text += `<row r="${number}">${cells.map((cell, column) => writeCell(`${nameColumn(column)}${number}`, cell, '')).join('')}</row>`
    }
    yield text
  }
  yield '</sheetData></worksheet>'
}

function writeRow<Row>(number: number, columns: readonly FileColumn<Row>[], row: Row): string {
  const cells = columns.map(({ value }, index) => writeCell(`${nameColumn(index)}${number}`, value(row), ''))
  return `<row r="${number}">${cells.join('')}</row>`
}

function writeCell(place: string, value: ReturnType<FileColumn<unknown>['value']>, style: string): string {
  if (value === null || value === undefined || value === '') return ''
  // A spreadsheet counts in doubles: what one cannot hold stays the digits it is.
  const isFigure = typeof value === 'number' ? Number.isFinite(value) : typeof value === 'bigint' && isSafe(value)
  if (isFigure) return `<c r="${place}"${style}><v>${value}</v></c>`
  return `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeText(String(value))}</t></is></c>`
}

function isSafe(value: bigint): boolean {
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER)
}

/** A, B, ... Z, AA. */
export function nameColumn(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : `${nameColumn(Math.floor(index / 26) - 1)}${nameColumn(index % 26)}`
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text in XML: control characters and halves of characters have no place there. */
function escapeText(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
}

/** What a sheet may be called: 31 characters, some signs not among them. */
function nameSheet(name: string): string {
  const allowed = [...name.replaceAll(/[[\]:*?/\\']/g, ' ').trim()]
  return allowed.slice(0, 31).join('').trim() || '1'
}

/** Chinese characters are twice as wide as letters. */
function measureText(text: string): number {
  return [...text].reduce((width, sign) => width + (sign > '\u2E80' ? 2 : 1), 0)
}
