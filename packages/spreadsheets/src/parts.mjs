import { showsDay } from './numbers.mjs'
import { SpreadsheetRefusal } from './refusals.mjs'
import { readXmlWhole } from './xml.mjs'

/**
 * @typedef {import('./archive.mjs').Archive} Archive
 * @typedef {import('./limits.ts').Limits} Limits
 * @typedef {import('./limits.ts').Sheet & { part: string }} Sheet
 * @typedef {{ id: string, kind: string, part: string }} Relation
 */

/** The path of a target as it is meant from a folder. @param {string} folder @param {string} target */
function resolve(folder, target) {
  const plain = target.replaceAll('\\', '/')
  const parts = plain.startsWith('/') ? [] : folder.split('/').filter(Boolean)
  for (const step of plain.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.' && step !== '') parts.push(step)
  }
  return parts.join('/')
}

/** @param {Archive} archive @param {string} part @returns {Relation[]} */
function readRelations(archive, part) {
  const slash = part.lastIndexOf('/') + 1
  const folder = part.slice(0, slash)
  const name = archive.find(`${folder}_rels/${part.slice(slash)}.rels`)
  /** @type {Relation[]} */
  const relations = []
  if (name === undefined) return relations
  readXmlWhole(archive.read(name), {
    open(element, { Id = '', Type = '', Target = '', TargetMode }) {
      if (element === 'Relationship' && TargetMode !== 'External')
        relations.push({ id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), part: resolve(folder, Target) })
    },
  })
  return relations
}

/**
 * What a workbook says of its parts: which sheets there are, where the shared texts and the styles lie.
 * @param {Archive} archive
 * @param {Limits} limits
 */
export function openParts(archive, limits) {
  const book = archive.find(
    readRelations(archive, '').find(({ kind }) => kind === 'officeDocument')?.part ?? 'xl/workbook.xml',
  )
  const relations = book === undefined ? [] : readRelations(archive, book)
  /** @type {Sheet[]} */
  const sheets = []
  let is1904 = false
  if (book !== undefined) {
    readXmlWhole(archive.read(book), {
      open(element, attributes) {
        if (element === 'workbookPr') is1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
        if (element !== 'sheet') return
        const relation = relations.find(({ id, kind }) => kind === 'worksheet' && id === attributes['id'])
        const part = relation && archive.find(relation.part)
        const isShown = attributes['state'] === undefined || attributes['state'] === 'visible'
        if (part !== undefined) sheets.push({ name: attributes['name'] ?? '', part, isShown })
      },
    })
  }
  // Some programs leave the relations out: the first part of that kind is then the sheet.
  if (sheets.length === 0) {
    const part = archive.names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)).toSorted()[0]
    if (part !== undefined) sheets.push({ name: '', part, isShown: true })
  }
  /** @param {string} kind @param {string} usual */
  const partOf = (kind, usual) => archive.find(relations.find((one) => one.kind === kind)?.part ?? usual)
  return {
    is1904,
    sheets,
    /** The part of the named sheet, else of the first that is shown. @param {string} [wanted] */
    findSheet(wanted) {
      const sheet =
        wanted === undefined
          ? (sheets.find(({ isShown }) => isShown) ?? sheets[0])
          : sheets.find(({ name }) => name === wanted)
      if (!sheet) throw new SpreadsheetRefusal(wanted === undefined ? 'notReadable' : 'noSheet')
      return sheet.part
    },
    readShared: () => readShared(archive, partOf('sharedStrings', 'xl/sharedStrings.xml'), limits),
    readDayStyles: () => readDayStyles(archive, partOf('styles', 'xl/styles.xml')),
  }
}

/** The texts that cells name by number, without the readings some programs add. @param {Archive} archive @param {string | undefined} part @param {Limits} limits */
function readShared(archive, part, limits) {
  /** @type {string[]} */
  const texts = []
  if (part === undefined) return texts
  let text = ''
  let isReading = false
  let inReading = false
  readXmlWhole(archive.read(part), {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inReading = true
      else if (name === 't') isReading = !inReading
    },
    close(name) {
      if (name === 't') isReading = false
      else if (name === 'rPh') inReading = false
      else if (name === 'si' && texts.push(text) > limits.cells) throw new SpreadsheetRefusal('tooLarge')
    },
    text(piece) {
      if (!isReading) return
      text += piece
      if (text.length > limits.text) throw new SpreadsheetRefusal('tooLarge')
    },
  })
  return texts
}

/** The numbers of the styles that show a day. @param {Archive} archive @param {string | undefined} part */
function readDayStyles(archive, part) {
  /** @type {Set<number>} */
  const days = new Set()
  if (part === undefined) return days
  /** @type {Map<number, string>} */
  const formats = new Map()
  let inCells = false
  let place = 0
  readXmlWhole(archive.read(part), {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        if (showsDay(id, formats.get(id))) days.add(place)
        place++
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return days
}
