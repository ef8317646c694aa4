import { isTotalRow, readCells, type CellFault, type TableRow } from '@gonglian/spreadsheets'
import { employments, memberKinds, type MemberKind, type Sex } from '../members/facets.ts'
import type { Finding } from '../numbers/findings.ts'
import { ageOn, checkIdNumber } from '../numbers/id-numbers.ts'
import { memberColumns, type ColumnKey } from './import-columns.ts'
import { normalizeName } from '../numbers/names.ts'
import { memberAge } from '../members/persons.ts'
import { checkPhone } from '../numbers/phones.ts'

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
  readonly today: string
  /** County codes in force. */
  readonly areas: ReadonlySet<string>
  /** Own unions that take members, by number. */
  readonly unions: ReadonlyMap<string, number>
  readonly defaultUnionId: number | null
}

/** The day the national federation was founded: nobody joined before. */
const firstDay = '1925-05-01'

const cellRules = {
  required: 'required',
  errorCell: 'errorCell',
  digitsLost: 'digitsLost',
  tooLong: 'tooLong',
  count: 'word',
  choice: 'word',
  day: 'day',
  dayPart: 'dayPart',
  dayOrder: 'dayUnclear',
  noSuchDay: 'noSuchDay',
} as const satisfies Record<CellFault<ColumnKey>['rule'], string>

function complainOf({ key, rule, allowed, suggestion, length }: CellFault<ColumnKey>): ImportProblem {
  const name = rule === 'choice' && suggestion !== null ? 'wordMeant' : cellRules[rule]
  return {
    column: key,
    level: 'error',
    rule: `import.${cellRules[rule]}`,
    key: `organisation.import.${name}`,
    params: {
      ...(length === null ? {} : { length }),
      ...(rule === 'choice' ? { allowed: allowed.join('、') } : {}),
      ...(suggestion === null ? {} : { suggestion }),
    },
  }
}

const hukous = ['urban', 'rural'] as const

/**
 * Everything that a row can be asked by itself: what its columns say, id number, days in their order, phone, words, lengths, the union's
 * number (handbook 5.5, 13). Whether the person is in the file twice, or a member already, is asked of many rows at once.
 */
export function checkRow(
  row: TableRow<ColumnKey>,
  at: CheckPlace,
): { row: CheckedRow | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = []
  const complain = (column: ColumnKey, rule: string) => {
    problems.push({ column, level: 'error', rule: `import.${rule}`, key: `organisation.import.${rule}` })
  }
  if (isTotalRow(row)) {
    complain('name', 'totalRow')
    return { row: null, problems }
  }
  const { values, faults } = readCells(row, memberColumns)
  problems.push(...faults.map(complainOf))
  const cell = (key: ColumnKey): string => values.get(key) ?? ''

  const id =
    cell('idNumber') === ''
      ? null
      : checkIdNumber(cell('idNumber'), { today: at.today, minimumAge: memberAge, areas: at.areas })
  if (id) {
    for (const finding of id.ok ? id.warnings : id.errors)
      problems.push({ ...finding, column: 'idNumber', level: id.ok ? 'warning' : 'error' })
  }
  const joinedOn = values.get('joinedOn')
  if (joinedOn !== undefined) {
    const tooYoung = id?.ok === true && ageOn(id.id.birth, joinedOn) < memberAge
    if (joinedOn > at.today || joinedOn < firstDay || tooYoung) complain('joinedOn', 'dayOrder')
  }
  const consentOn = values.get('consentOn')
  if (consentOn !== undefined && consentOn > at.today) complain('consentOn', 'consentDay')

  const mobile = cell('mobile') === '' ? null : checkPhone(cell('mobile'))
  if (cell('mobile') !== '' && mobile === null)
    problems.push({ column: 'mobile', level: 'error', rule: 'phone.signs', key: 'organisation.phone.signs' })
  const kind = memberKinds.find((one) => one === (cell('kind') || 'normal'))
  const employment = employments.find((one) => one === (cell('employment') || 'contract'))
  const hukou = hukous.find((one) => one === values.get('hukou')) ?? null

  const code = cell('unionCode').toUpperCase()
  const unionId = code === '' ? at.defaultUnionId : (at.unions.get(code) ?? null)
  if (unionId === null) complain('unionCode', code === '' ? 'unionNeeded' : 'noUnion')

  const bad = problems.some((problem) => problem.level === 'error')
  if (bad || !id?.ok || !joinedOn || !consentOn || !kind || !employment || unionId === null)
    return { row: null, problems }
  return {
    problems,
    row: {
      line: row.line,
      unionId,
      name: normalizeName(cell('name')),
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
