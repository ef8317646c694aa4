import { declaration, main } from './written-xml.ts'

/** The greatest scale that has a format of its own. */
const greatestScale = 6
const figureFormats = Array.from({ length: greatestScale + 1 }, (_, scale) =>
  scale === 0 ? '0' : `0.${'0'.repeat(scale)}`,
)
const names = ['plain', 'head', 'note', 'day', 'text', 'faulty'] as const

/** How a cell looks: by name, or a figure by its scale. */
export type StyleName = (typeof names)[number]

/** The number of a style in the workbook. */
export const styleOf = (name: StyleName): number => names.indexOf(name)
export const figureStyle = (scale: number): number => (scale > greatestScale ? 0 : names.length + scale)

const ownFormat = (place: number) => 164 + place
const formats = ['yyyy-mm-dd', ...figureFormats]
const borders = `<borders count="2"><border/><border>${['left', 'right', 'top', 'bottom']
  .map((side) => `<${side} style="thin"><color rgb="FFBFBFBF"/></${side}>`)
  .join('')}</border></borders>`
const fills = [
  '<patternFill patternType="none"/>',
  '<patternFill patternType="gray125"/>',
  fill('FFE8EEF7'),
  fill('FFFDE2E0'),
]

function fill(colour: string): string {
  return `<patternFill patternType="solid"><fgColor rgb="${colour}"/></patternFill>`
}

const looks: Record<StyleName, string> = {
  plain: '<xf/>',
  head: '<xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>',
  note: '<xf fontId="2" applyFont="1"/>',
  day: `<xf numFmtId="${ownFormat(0)}" applyNumberFormat="1"/>`,
  text: '<xf numFmtId="49" applyNumberFormat="1"/>',
  faulty: '<xf fillId="3" numFmtId="49" applyFill="1" applyNumberFormat="1"/>',
}

/** The part of the workbook that says how cells look. */
export const stylesPart = `${declaration}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats
  .map((format, place) => `<numFmt numFmtId="${ownFormat(place)}" formatCode="${format}"/>`)
  .join('')}</numFmts><fonts count="3">${['', '<b/>', '<color rgb="FF666666"/>']
  .map(
    (look) =>
      `<font>${look.startsWith('<b') ? look : ''}<sz val="11"/>${look.startsWith('<c') ? look : ''}<name val="Calibri"/></font>`,
  )
  .join('')}</fonts><fills count="${fills.length}">${fills
  .map((one) => `<fill>${one}</fill>`)
  .join(
    '',
  )}</fills>${borders}<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${names.length + figureFormats.length}">${names
  .map((name) => looks[name])
  .join('')}${figureFormats
  .map((_, scale) => `<xf numFmtId="${ownFormat(scale + 1)}" applyNumberFormat="1"/>`)
  .join('')}</cellXfs></styleSheet>`
