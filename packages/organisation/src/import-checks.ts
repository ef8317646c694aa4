import type { SheetRow } from '@gonglian/spreadsheets'
import { employments, memberKinds, type MemberKind, type Sex } from './facets.ts'
import type { Finding } from './findings.ts'
import { ageOn, checkIdNumber } from './id-numbers.ts'
import { importWords, readDay, type ColumnKey } from './import-columns.ts'
import { memberAge } from './persons.ts'
import { checkPhone } from './phones.ts'

export type ImportProblem = Finding & { readonly column: ColumnKey; readonly level: 'error' | 'warning' }

/** A row that passed every check that needs no database. */
export type CheckedRow = {
  readonly line: number
  readonly unionId: number
  readonly name: string
  readonly id: { readonly value: string; readonly sex: Sex; readonly birth: string }
  readonly mobile: string | null
  readonly kind: MemberKind
  readonly employment: (typeof employments)[number]
  readonly hukou: 'urban' | 'rural' | null
  readonly hukouArea: string
  readonly education: string
  readonly job: string
  readonly group: string
  readonly joinedOn: string
  readonly consentOn: string
}

export type CheckPlace = {
  readonly places: ReadonlyMap<ColumnKey, number>
  readonly today: string
  /** Own unions that take members, by number. */
  readonly unions: ReadonlyMap<string, number>
  readonly defaultUnionId: number | null
}

const longest = { name: 60, hukouArea: 80, education: 80, job: 80, group: 80 } as const
/** The day the national federation was founded: nobody joined before. */
const firstDay = '1925-05-01'

const wordBook = (words: Readonly<Record<string, string>>) => new Map(Object.entries(words))
const kinds = wordBook(importWords.kind)
const employmentWords = wordBook(importWords.employment)
const hukouWords = wordBook(importWords.hukou)

/** The coded value behind a word, or the code itself; undefined: neither. */
function readWord<T extends string>(book: Map<string, string>, codes: readonly T[], text: string): T | undefined {
  const folded = text.normalize('NFKC').trim().toLowerCase()
  const code = book.get(folded) ?? folded
  return codes.find((one) => one === code)
}

/**
 * Everything that a row can be asked by itself: required columns, id number, days in their order, phone, words, lengths, the union's
 * number (handbook 5.5, 13). Whether the person is in the file twice, or a member already, is asked of many rows at once.
 */
export function checkRow(row: SheetRow, at: CheckPlace): { row: CheckedRow | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const cell = (key: ColumnKey): string => {
    const place = at.places.get(key)
    return place === undefined ? '' : (row.cells[place] ?? '').trim()
  }
  const complain = (column: ColumnKey, rule: string, params?: Finding['params']) => {
    problems.push({
      column,
      level: 'error',
      rule: `import.${rule}`,
      key: `organisation.import.${rule}`,
      ...(params ? { params } : {}),
    })
  }
  for (const key of ['name', 'idNumber', 'joinedOn', 'consentOn'] as const)
    if (cell(key) === '') complain(key, 'required')
  for (const [key, length] of Object.entries(longest)) {
    const column = key === 'name' || key === 'hukouArea' || key === 'education' || key === 'job' ? key : 'group'
    if (cell(column).length > length) complain(column, 'tooLong', { length })
  }

  const id =
    cell('idNumber') === '' ? null : checkIdNumber(cell('idNumber'), { today: at.today, minimumAge: memberAge })
  if (id) {
    for (const finding of id.ok ? id.warnings : id.errors)
      problems.push({ ...finding, column: 'idNumber', level: id.ok ? 'warning' : 'error' })
  }
  const joinedOn = readDay(cell('joinedOn'))
  if (cell('joinedOn') !== '' && joinedOn === null) complain('joinedOn', 'day')
  if (joinedOn !== null) {
    const tooYoung = id?.ok === true && ageOn(id.id.birth, joinedOn) < memberAge
    if (joinedOn > at.today || joinedOn < firstDay || tooYoung) complain('joinedOn', 'dayOrder')
  }
  const consentOn = readDay(cell('consentOn'))
  if (cell('consentOn') !== '' && consentOn === null) complain('consentOn', 'day')
  if (consentOn !== null && consentOn > at.today) complain('consentOn', 'consentDay')

  const mobile = cell('mobile') === '' ? null : checkPhone(cell('mobile'))
  if (cell('mobile') !== '' && mobile === null)
    problems.push({ column: 'mobile', level: 'error', rule: 'phone.signs', key: 'organisation.phone.signs' })
  const kind = readWord(kinds, memberKinds, cell('kind') || 'normal')
  if (!kind) complain('kind', 'word')
  const employment = readWord(employmentWords, employments, cell('employment') || 'contract')
  if (!employment) complain('employment', 'word')
  const hukou = cell('hukou') === '' ? null : readWord(hukouWords, ['urban', 'rural'] as const, cell('hukou'))
  if (hukou === undefined) complain('hukou', 'word')

  const code = cell('unionCode').toUpperCase()
  const unionId = code === '' ? at.defaultUnionId : (at.unions.get(code) ?? null)
  if (unionId === null) complain('unionCode', code === '' ? 'unionNeeded' : 'noUnion')

  const bad = problems.some((problem) => problem.level === 'error')
  if (bad || !id?.ok || !joinedOn || !consentOn || !kind || !employment || hukou === undefined || unionId === null)
    return { row: null, problems }
  return {
    problems,
    row: {
      line: row.line,
      unionId,
      name: cell('name'),
      id: id.id,
      mobile,
      kind,
      employment,
      hukou,
      hukouArea: cell('hukouArea'),
      education: cell('education'),
      job: cell('job'),
      group: cell('group'),
      joinedOn,
      consentOn,
    },
  }
}
