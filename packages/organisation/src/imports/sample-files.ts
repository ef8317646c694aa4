import { strToU8, zipSync } from 'fflate'

/** A number stands as a number, as Excel keeps it. */
export type SampleCell = string | number

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const letter = (column: number) =>
  (column < 26 ? '' : String.fromCharCode(64 + Math.floor(column / 26))) + String.fromCharCode(65 + (column % 26))

/** A workbook as foreign software writes it: several sheets, texts in the cells, numbers as numbers. */
export function aWorkbook(sheets: Readonly<Record<string, readonly (readonly SampleCell[])[]>>): Buffer {
  const names = Object.keys(sheets)
  const files = Object.values(sheets).map((rows) => {
    const lines = rows.map((cells, index) => {
      const filled = cells.map((cell, column) => {
        const at = `${letter(column)}${index + 1}`
        if (cell === '') return ''
        return typeof cell === 'number'
          ? `<c r="${at}"><v>${cell}</v></c>`
          : `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`
      })
      return `<row r="${index + 1}">${filled.join('')}</row>`
    })
    return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`
  })
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const parts = {
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relation}"><sheets>${names
      .map((name, index) => `<sheet name="${escape(name)}" sheetId="${index + 1}" r:id="r${index + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map(
        (_, index) =>
          `<Relationship Id="r${index + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join('')}</Relationships>`,
    ...Object.fromEntries(files.map((xml, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml])),
  }
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))))
}
