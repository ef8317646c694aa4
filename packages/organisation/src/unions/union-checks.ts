import { addDays } from '@gonglian/indicators'
import type { TableRow } from '@gonglian/spreadsheets'
import { isRefused, readRow, type JudgedRow, type ReadRow } from '../imports/declaration.ts'
import { memberAge } from '../members/persons.ts'
import { checkCreditCode } from '../numbers/credit-codes.ts'
import { checkIdNumber } from '../numbers/id-numbers.ts'
import { foldName, normalizeName } from '../numbers/names.ts'
import { checkPhone } from '../numbers/phones.ts'
import { addYears } from '../terms/term-turns.ts'
import { unionColumns, type UnionColumn } from './union-columns.ts'
import { associationKinds, basicKinds, isOneOf, unionKinds } from './union-states.ts'

/** What rows of unions are judged by. */
export type UnionPlace = {
  readonly today: string
  /** Folded names of the own unions that live. */
  readonly names: ReadonlySet<string>
  readonly areas: ReadonlySet<string>
  /** ORG-01: from so many members on there is a committee. */
  readonly mustFoundFrom: number
  /** ORG-06. */
  readonly termYears: readonly number[]
}

type Row = ReadRow<UnionColumn>

const numerals = '零一二三四五六七八九'

/** "第三届", "第十二届", "3". Null: none of these. */
export function readOrdinal(text: string): number | null {
  const plain = text.normalize('NFKC').replaceAll(/[第届次\s]/gu, '')
  if (/^\d{1,2}$/.test(plain)) return Number(plain) >= 1 ? Number(plain) : null
  const [, tens, ones] = /^([一二三四五六七八九]?十)?([一二三四五六七八九])?$/u.exec(plain) ?? []
  if (tens === undefined && ones === undefined) return null
  const ten = tens === undefined ? 0 : tens.length === 1 ? 1 : numerals.indexOf(tens.charAt(0))
  return ten * 10 + (ones === undefined ? 0 : numerals.indexOf(ones))
}

/** Names of covered employers, as people write them one after the other. */
const splitNames = (text: string) => [
  ...new Map(
    text
      .split(/[、；;，,|]/u)
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => [foldName(name), name] as const),
  ).values(),
]

/** Founding: approved by the next level, on a day that has come, before the union began (ORG-03). */
function checkDays({ cell, has, refer, complain }: Row, { today }: UnionPlace): string {
  const foundedOn = cell('foundedOn')
  const approvedOn = has('approvedOn') ? cell('approvedOn') : foundedOn
  if (foundedOn > today) refer('foundedOn', 'organisation.future')
  else if (approvedOn > today) refer('approvedOn', 'organisation.future')
  else if (foundedOn !== '' && approvedOn > foundedOn) complain('approvedOn', 'approvedLate')
  return approvedOn
}

/** Whether the form of the union fits its members and employers (ORG-01, handbook 2.2), as `applyUnion` and `draftUnion` ask it. */
function checkForm(row: Row, kind: (typeof unionKinds)[number], covered: readonly string[], at: UnionPlace): void {
  const { cell, has, refer, complain } = row
  const count = (key: UnionColumn) => Number(cell(key) || 0)
  for (const key of ['headcount', 'memberCount'] as const) if (count(key) > 2_000_000) complain(key, 'count')
  if (count('femaleHeadcount') > count('headcount')) refer('femaleHeadcount', 'organisation.employer.partExceeds')
  if (has('headcount') && count('memberCount') > count('headcount')) complain('memberCount', 'membersExceed')
  if (isOneOf([...basicKinds, 'ORGANISER_ONLY'], kind)) {
    if (!has('memberCount')) complain('memberCount', 'required')
    else if (count('memberCount') === 0) refer('memberCount', 'organisation.union.noMembers')
  }
  if (kind === 'ORGANISER_ONLY' && count('memberCount') >= at.mustFoundFrom)
    refer('memberCount', 'organisation.union.needsCommittee', { least: at.mustFoundFrom })
  if (kind === 'BASIC_SINGLE' && !has('employer')) refer('employer', 'organisation.union.needsEmployer')
  if ((kind === 'BASIC_PROJECT') !== has('expectedEndOn')) refer('expectedEndOn', 'organisation.union.projectEnd')
  const least = kind === 'BASIC_JOINT' ? 2 : isOneOf(associationKinds, kind) ? 1 : 0
  if (covered.length < least) refer('covered', 'organisation.union.fewUnits', { least })
  if (least === 0 && covered.length > 0) complain('covered', 'coversNone')
  if (covered.some((name) => name.length < 2 || name.length > 120)) complain('covered', 'coveredName')
  if (has('creditCode') && !has('employer')) complain('employer', 'required')
}

type Term = { number: number; startsOn: string; years: number }

/**
 * The term that runs: three or five years (ORG-06), which offices end on the day itself or on the day before. An election that is due later
 * would be an extension, and that is approved in the register.
 */
function checkTerm(row: Row, kind: string, at: UnionPlace): Term | null {
  const { cell, has, complain } = row
  const number = has('termNumber') ? readOrdinal(cell('termNumber')) : 1
  if (number === null) complain('termNumber', 'ordinal')
  const isDated = has('termStartsOn') || has('termEndsOn') || has('electionDueOn')
  if (kind === 'WORK_COMMITTEE') {
    if (isDated) complain('termStartsOn', 'noTerm')
    return null
  }
  if (!has('termStartsOn')) {
    if (isDated || has('chairName')) complain('termStartsOn', 'required')
    return null
  }
  const startsOn = cell('termStartsOn')
  const endsOn = cell('termEndsOn') || cell('electionDueOn')
  if (startsOn > at.today || (has('foundedOn') && startsOn < cell('foundedOn'))) complain('termStartsOn', 'termStart')
  if (endsOn === '') {
    complain('termEndsOn', 'required')
    return null
  }
  const years = at.termYears.find((one) => {
    const end = addYears(startsOn, one)
    return endsOn === end || addDays(endsOn, 1) === end
  })
  const column = has('termEndsOn') ? 'termEndsOn' : 'electionDueOn'
  if (years === undefined) {
    const days = at.termYears.map((one) => addYears(startsOn, one)).join('、')
    complain(column, 'termYears', { years: at.termYears.join('、'), allowed: days })
    return null
  }
  if (has('electionDueOn') && cell('electionDueOn') > addYears(startsOn, years))
    complain('electionDueOn', 'electionLate')
  if (isRefused(row.problems) || number === null) return null
  return { number, startsOn, years }
}

function checkChair(row: Row, at: UnionPlace) {
  const { cell, has, complain, refer, note } = row
  const id = has('chairId')
    ? checkIdNumber(cell('chairId'), { today: at.today, minimumAge: memberAge, areas: at.areas })
    : null
  if (id) note('chairId', id.ok ? id.warnings : id.errors, id.ok ? 'warning' : 'error')
  const phone = has('chairPhone') ? checkPhone(cell('chairPhone')) : null
  if (has('chairPhone') && phone === null) refer('chairPhone', 'organisation.phone.signs')
  if (!has('chairName') && (has('chairId') || has('chairPhone'))) complain('chairName', 'required')
  // ORG-05.
  if (cell('isNearRelative') === 'yes') refer('isNearRelative', 'organisation.nearRelative')
  return { id: id?.ok === true ? id.id : null, phone }
}

/** Everything that a row can be asked by itself, by the rules of the form. */
export function judgeUnion(source: TableRow<string>, at: UnionPlace): JudgedRow {
  const row = readRow(source, unionColumns)
  const { cell, has, problems, complain, refer, note } = row
  const kind = unionKinds.find((one) => one === cell('kind'))
  if (has('name') && cell('name').length < 2) complain('name', 'tooShort')
  const nameKey = foldName(cell('name'))
  if (at.names.has(nameKey)) refer('name', 'organisation.union.nameTaken')
  const code = has('creditCode') ? checkCreditCode(cell('creditCode'), { acceptsEarly: true }) : null
  if (code) note('creditCode', code.ok ? code.warnings : code.errors, code.ok ? 'warning' : 'error')
  if (has('employer') && cell('employer').length < 2) complain('employer', 'tooShort')
  const covered = splitNames(cell('covered'))
  const approvedOn = checkDays(row, at)
  if (kind !== undefined) checkForm(row, kind, covered, at)
  const chair = checkChair(row, at)
  const term = kind === undefined ? null : checkTerm(row, kind, at)
  if (kind === undefined || isRefused(problems)) return { row: null, problems }
  return {
    problems,
    row: {
      idNumber: chair.id,
      mobile: chair.phone,
      once: [
        { column: 'name', value: nameKey, rule: 'twiceName' },
        // One union of its own for an employer; a project's union stands beside it.
        ...(code?.ok === true && kind !== 'BASIC_PROJECT'
          ? [{ column: 'creditCode', value: code.value, rule: 'twiceCode' }]
          : []),
      ],
      data: {
        name: cell('name'),
        kind,
        employer: has('employer') ? cell('employer') : null,
        creditCode: code?.ok === true ? code.value : null,
        isEarlyCode: code?.ok === true && code.warnings.some(({ rule }) => rule === 'creditCode.early'),
        unitClass: cell('unitClass') || 'enterprise',
        ownership: cell('ownership') || 'private',
        covered,
        foundedOn: cell('foundedOn'),
        approvedOn,
        approvalNo: cell('approvalNo'),
        headcount: Number(cell('headcount') || 0),
        femaleHeadcount: Number(cell('femaleHeadcount') || 0),
        members: Number(cell('memberCount') || 0),
        expectedEndOn: has('expectedEndOn') ? cell('expectedEndOn') : null,
        chair: has('chairName') ? { name: normalizeName(cell('chairName')), gender: chair.id?.sex ?? null } : null,
        term,
        office: cell('office'),
        phone: cell('phone'),
      },
    },
  }
}
