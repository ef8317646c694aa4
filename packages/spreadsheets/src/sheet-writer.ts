import { nameColumn } from './column-names.ts'
import { figureStyle, styleOf, type StyleName } from './styles.ts'
import { toNumberText, writeValue, type CellValue } from './written-cells.ts'
import { declaration, escapeText, main, office } from './written-xml.ts'

/** A line of a sheet. `style`: of all its cells; `faulty`: places of cells that are marked. */
export type WrittenLine = {
  readonly cells: readonly CellValue[]
  readonly style?: StyleName
  readonly faulty?: ReadonlySet<number>
}

/** A sheet as it is written, line by line. */
export type WrittenSheet = {
  readonly name: string
  /** Lines at the top that stay when one scrolls. */
  readonly frozen: number
  /** How wide each column is, and how its empty cells look. */
  readonly columns: readonly { readonly width: number; readonly style: StyleName }[]
  readonly lines: Iterable<readonly WrittenLine[]> | AsyncIterable<readonly WrittenLine[]>
  /** Words that a column may hold, below the frozen lines. */
  readonly choices: readonly { readonly place: number; readonly words: readonly string[] }[]
  /** What is said about a column, at its cell in the last frozen line. */
  readonly notes: readonly { readonly place: number; readonly text: string }[]
  readonly isHidden?: boolean
}

/** Lines below the head that a choice is offered for. */
const choiceLines = 10_000

/** Where the words of each choice stand: on a hidden sheet, because a list in the rule itself holds 255 signs at most. */
export const choiceSheet = 'lists'

/** The XML of a sheet. `firstList`: the column of the hidden sheet that holds the words of its first choice. */
export async function* writeSheetXml(sheet: WrittenSheet, firstList: number): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}">${writeView(sheet)}<sheetFormatPr defaultRowHeight="15"/>${writeColumns(sheet)}<sheetData>`
  let number = 0
  for await (const lines of sheet.lines) {
    let text = ''
    for (const line of lines) {
      number++
      text += writeLine(number, line)
    }
    yield text
  }
  yield `</sheetData>${writeChoices(sheet, firstList)}${sheet.notes.length === 0 ? '' : '<legacyDrawing r:id="rId1"/>'}</worksheet>`
}

function writeView({ frozen }: WrittenSheet): string {
  const pane =
    frozen === 0 ? '' : `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>`
  return `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`
}

function writeColumns({ columns }: WrittenSheet): string {
  if (columns.length === 0) return ''
  return `<cols>${columns
    .map(
      ({ width, style }, place) =>
        `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"${style === 'plain' ? '' : ` style="${styleOf(style)}"`}/>`,
    )
    .join('')}</cols>`
}

function writeLine(number: number, { cells, style, faulty }: WrittenLine): string {
  let text = `<row r="${number}">`
  for (const [place, value] of cells.entries())
    text += writeCell(`${nameColumn(place)}${number}`, value, faulty?.has(place) === true ? 'faulty' : style)
  return `${text}</row>`
}

function writeCell(reference: string, value: CellValue, style: StyleName | undefined): string {
  const shown = style === undefined ? styleFor(value) : styleOf(style)
  const look = shown === 0 ? '' : ` s="${shown}"`
  if (value === null || value === undefined || value === '')
    return style === undefined ? '' : `<c r="${reference}"${look}/>`
  const number = toNumberText(value)
  if (number !== null) return `<c r="${reference}"${look}><v>${number}</v></c>`
  return `<c r="${reference}"${look} t="inlineStr"><is>${writeText(writeValue(value))}</is></c>`
}

/** Spaces at the ends are kept only when that is said. */
function writeText(text: string): string {
  const keeps = /^\s|\s$|\s\s|[\n\t]/.test(text) ? ' xml:space="preserve"' : ''
  return `<t${keeps}>${escapeText(text)}</t>`
}

function styleFor(value: CellValue): number {
  if (value === null || value === undefined || typeof value !== 'object') return 0
  return 'day' in value ? styleOf('day') : figureStyle(value.scale)
}

function writeChoices({ choices, frozen }: WrittenSheet, firstList: number): string {
  if (choices.length === 0) return ''
  const rules = choices.map(({ place, words }, index) => {
    const column = nameColumn(place)
    const list = nameColumn(firstList + index)
    return `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${column}${frozen + 1}:${column}${frozen + choiceLines}"><formula1>${choiceSheet}!$${list}$1:$${list}$${words.length}</formula1></dataValidation>`
  })
  return `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`
}
