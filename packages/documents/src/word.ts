import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  ImageRun,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  convertMillimetersToTwip,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx'
import type { Block } from './blocks.ts'
import { drawCodePicture } from './code-pictures.ts'
import { officialForm, typefaces, type Typeface } from './form.ts'
import type { Sheet } from './sheets.ts'

const { page, margin, textSize, titleSize, headSize, pageNumberSize, lineSpacing, red } = officialForm
const twentieths = 20
/** Half points, as Word counts the size of letters. */
const half = (points: number) => points * 2

/** Latin letters and figures stand in the same typeface, as the standard asks for figures in the text. */
function run(text: string, face: Typeface = 'text', size: number = textSize, more: Partial<IRunOptions> = {}): TextRun {
  const [font = ''] = typefaces[face]
  return new TextRun({
    text,
    font: { ascii: font, hAnsi: font, eastAsia: font, cs: font },
    size: half(size),
    ...more,
  })
}

function line(runs: readonly TextRun[], more: Partial<IParagraphOptions> = {}): Paragraph {
  return new Paragraph({
    spacing: { line: lineSpacing * twentieths, lineRule: LineRuleType.EXACT, before: 0, after: 0 },
    ...more,
    children: [...runs],
  })
}

const signs = (count: number) => count * textSize * twentieths
const empty = () => line([run('')])

function writeHead({ head, issuer, number }: Sheet): Paragraph[] {
  if (head === 'plain') return []
  return [
    line([run(issuer, 'title', headSize, { color: red })], {
      alignment: AlignmentType.CENTER,
      spacing: { before: convertMillimetersToTwip(35 - 12), after: 2 * lineSpacing * twentieths },
    }),
    line([run(number ?? '')], {
      alignment: AlignmentType.CENTER,
      // The red line stands 4 mm below the number, as wide as the text.
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: red, space: 11 } },
    }),
    empty(),
    empty(),
  ]
}

function writeBlock(block: Block): Paragraph | Table {
  if (block.kind === 'table') return writeTable(block.heads, block.rows)
  const face = block.kind === 'text' ? 'text' : block.level === 1 ? 'heading' : 'subheading'
  return line([run(block.text, face)], { indent: { firstLine: signs(2) }, keepNext: block.kind === 'heading' })
}

function writeTable(heads: readonly string[], rows: readonly (readonly string[])[]): Table {
  const cell = (text: string, face: Typeface) =>
    new TableCell({ children: [new Paragraph({ children: [run(text, face, 12)] })] })
  const row = (cells: readonly string[], face: Typeface, tableHeader = false) =>
    new TableRow({ cantSplit: true, tableHeader, children: cells.map((text) => cell(text, face)) })
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [row(heads, 'heading', true), ...rows.map((cells) => row(cells, 'text'))],
  })
}

function writeSignature({ issuer, day }: Sheet): Paragraph[] {
  // A seal stands over both: the day ends four signs before the edge, the issuer is centred above it.
  const widthOf = (text: string) => [...text].reduce((sum, sign) => sum + (/[\d]/.test(sign) ? 0.5 : 1), 0)
  const issuerIndent = Math.max(0, 4 + (widthOf(day) - widthOf(issuer)) / 2)
  return [
    empty(),
    empty(),
    line([run(issuer)], { alignment: AlignmentType.RIGHT, indent: { right: signs(issuerIndent) }, keepNext: true }),
    line([run(day)], { alignment: AlignmentType.RIGHT, indent: { right: signs(4) } }),
  ]
}

function writeCheck({ seal }: Sheet, address: string | null): Paragraph[] {
  if (seal === null || address === null) return []
  return [
    empty(),
    new Paragraph({
      keepNext: true,
      children: [
        new ImageRun({
          type: 'png',
          data: drawCodePicture(address),
          transformation: { width: 90, height: 90 },
          altText: { name: 'check', title: '核验二维码', description: address },
        }),
      ],
    }),
    new Paragraph({
      keepNext: true,
      children: [run('扫描二维码，可核验本文件的文号、发文机关、日期和校验值。', 'text', 10.5)],
    }),
    new Paragraph({ children: [run(`校验值：${seal.hash}`, 'text', 9)] }),
  ]
}

function writePageNumber(alignment: 'left' | 'right'): Footer {
  const [font = ''] = typefaces.pageNumber
  return new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: alignment === 'right' ? { right: signs(1) } : { left: signs(1) },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font, size: half(pageNumberSize) })],
      }),
    ],
  })
}

/**
 * Writes a paper as a Word file in the form of GB/T 9704.
 *
 * @param address where the QR code leads; null for a paper that is not signed
 * @param marks what stands above a paper that does not count: 草稿
 */
export async function writeWord(sheet: Sheet, address: string | null, marks: readonly string[] = []): Promise<Buffer> {
  const [font = ''] = typefaces.text
  const document = new Document({
    title: sheet.title,
    creator: sheet.issuer,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font, size: half(textSize) } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(page.width), height: convertMillimetersToTwip(page.height) },
            margin: {
              top: convertMillimetersToTwip(margin.top),
              bottom: convertMillimetersToTwip(margin.bottom),
              left: convertMillimetersToTwip(margin.left),
              right: convertMillimetersToTwip(margin.right),
              footer: convertMillimetersToTwip(margin.bottom - 7 - 5),
            },
          },
        },
        footers: { default: writePageNumber('right'), even: writePageNumber('left') },
        children: [
          ...marks.map((mark) => line([run(mark, 'heading')])),
          ...writeHead(sheet),
          line([run(sheet.title, 'title', titleSize)], {
            alignment: AlignmentType.CENTER,
            spacing: { line: 36 * twentieths, lineRule: LineRuleType.EXACT },
          }),
          empty(),
          ...(sheet.to === null ? [] : [line([run(`${sheet.to}：`)])]),
          ...sheet.blocks.map(writeBlock),
          ...writeSignature(sheet),
          ...writeCheck(sheet, address),
        ],
      },
    ],
  })
  return Packer.toBuffer(document)
}
