import { openArchive } from './archive.mjs'
import { openCsv } from './csv.mjs'
import { openOtherArchive, openOtherBinary, openOtherText } from './other-books.mjs'
import { SpreadsheetRefusal } from './refusals.mjs'
import { decodeText } from './text.mjs'
import { openWorkbook } from './workbook.mjs'

/**
 * @typedef {import('./limits.ts').Limits} Limits
 * @typedef {{
 *   readonly sheets: readonly import('./limits.ts').Sheet[]
 *   readonly read: (wanted?: string) => Generator<import('./limits.ts').SheetRow>
 * }} OpenFile the sheets in the order of their tabs, and the rows of the named one, else of the first that is shown
 */

/** What .xls, .et and files with a password begin with. */
const compound = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * A file by what it holds; its name says nothing.
 * @param {Uint8Array} file
 * @param {Limits} limits
 * @returns {OpenFile}
 */
export function openFile(file, limits) {
  if (file[0] === 0x50 && file[1] === 0x4b) return openZip(file, limits)
  if (compound.every((byte, at) => file[at] === byte)) return openOtherBinary(file, limits)
  if (file.length > limits.bytes) throw new SpreadsheetRefusal('tooLarge')
  const text = decodeText(file)
  if (text.includes('\0') || text.startsWith('%PDF-')) throw new SpreadsheetRefusal('notReadable')
  return /^\s*</.test(text.slice(0, 200)) ? openOtherText(text, limits) : openCsv(text, limits)
}

/** @param {Uint8Array} file @param {Limits} limits @returns {OpenFile} */
function openZip(file, limits) {
  const archive = openArchive(file, limits.bytes)
  const isOther = archive.find('xl/workbook.bin') !== undefined || archive.find('content.xml') !== undefined
  return isOther ? openOtherArchive(file, limits) : openWorkbook(archive, limits)
}
