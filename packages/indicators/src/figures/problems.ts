import { absolute, compareRates, divide, holds, isSlip, isSmall } from './comparisons.ts'
import { describeFormula, evaluateFormula, evaluateRatio, listNames, lookUpIn, nameWithin } from './formulas.ts'
import { makeFraction, readDecimal, subtractFractions, writeFraction, type Fraction } from './fractions.ts'
import { nameItem, type CheckedItem } from './items.ts'
import { isInexact, isMissingReason } from './marks.ts'
import type {
  CompareRule,
  JumpRule,
  Level,
  MagnitudeRule,
  NoteRule,
  PresentRule,
  RangeRule,
  RateRule,
  Rule,
  SameRule,
} from './rules.ts'
import {
  earlierAt,
  hasNote,
  markAt,
  openSheet,
  pickItems,
  placesOf,
  readAt,
  valueAt,
  type CheckInput,
  type Sheet,
} from './sheets.ts'

export type Problem = {
  readonly ruleId: string
  readonly level: Level
  /** The item the problem is shown at. */
  readonly position: number
  /** Other items that take part. */
  readonly related: readonly number[]
  /** In the catalogue of messages. */
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
}
/** `settled`: a warning whose cell has a note. */
export type FoundProblem = Problem & { readonly settled: boolean }

type Finding = Omit<FoundProblem, 'settled'>

const comparisonKeys = {
  '<': 'checks.less',
  '<=': 'checks.atMost',
  '=': 'checks.equal',
  '>=': 'checks.atLeast',
  '>': 'checks.more',
} as const

function checkCompare(sheet: Sheet, rule: CompareRule): Finding[] {
  const left = evaluateFormula(rule.left, sheet.lookup)
  const right = evaluateFormula(rule.right, sheet.lookup)
  if (left === null || right === null || holds(left, rule.op, right)) return []
  const places = [...placesOf(sheet, rule.left), ...placesOf(sheet, rule.right)]
  const [first] = places
  if (!first) return []
  // 约100 may well be no more than 99: an inexact part makes the error a question.
  const level = places.some((item) => isInexact(markAt(sheet, item.position))) ? 'warning' : rule.level
  const related = [...new Set(places.map((item) => item.position))].filter((position) => position !== first.position)
  const values = { leftValue: writeFraction(left), rightValue: writeFraction(right) }
  const text = sheet.locale === 'en' ? rule.textEn : rule.textZh
  if (text !== undefined)
    return [
      { ruleId: rule.id, level, position: first.position, related, key: 'checks.stated', params: { text, ...values } },
    ]
  const names = {
    left: describeFormula(rule.left, sheet.items, sheet.locale),
    right: describeFormula(rule.right, sheet.items, sheet.locale),
  }
  return [
    {
      ruleId: rule.id,
      level,
      position: first.position,
      related,
      key: comparisonKeys[rule.op],
      params: { ...names, ...values },
    },
  ]
}

function checkRange(sheet: Sheet, rule: RangeRule): Finding[] {
  return pickItems(sheet, rule.items).flatMap((item) => {
    const value = valueAt(sheet, item)
    if (value === null) return []
    const report = (key: string, limit: number): Finding[] => [
      {
        ruleId: rule.id,
        level: rule.level,
        position: item.position,
        related: [],
        key,
        params: { item: nameItem(item, sheet.locale), value: writeFraction(value), limit },
      },
    ]
    const min = rule.min === undefined ? null : readDecimal(rule.min)
    const max = rule.max === undefined ? null : readDecimal(rule.max)
    if (min !== null && rule.min !== undefined && holds(value, '<', min)) return report('checks.belowMin', rule.min)
    if (max !== null && rule.max !== undefined && holds(value, '>', max)) return report('checks.aboveMax', rule.max)
    return []
  })
}

function checkJump(sheet: Sheet, rule: JumpRule): Finding[] {
  const hasMagnitude = sheet.rules.some((other) => other.kind === 'magnitude')
  return pickItems(sheet, rule.items).flatMap((item) => {
    const now = valueAt(sheet, item)
    const before = readAt(sheet.previous ?? [], item)
    if (now === null || before === null || (isSmall(now, rule.least) && isSmall(before, rule.least))) return []
    // One slip is one question: 万 has its own rule.
    if (hasMagnitude && isSlip(now, before)) return []
    const change = subtractFractions(now, before)
    const share = change === null ? null : divide(absolute(change), before)
    const limit = makeFraction(BigInt(rule.percent), 100n)
    if (share !== null && limit !== null && !holds(share, '>', limit)) return []
    const params = {
      item: nameItem(item, sheet.locale),
      value: writeFraction(now),
      previous: writeFraction(before),
      percent: rule.percent,
    }
    return [{ ruleId: rule.id, level: rule.level, position: item.position, related: [], key: 'checks.jump', params }]
  })
}

function checkMagnitude(sheet: Sheet, rule: MagnitudeRule): Finding[] {
  return pickItems(sheet, rule.items).flatMap((item) => {
    const now = valueAt(sheet, item)
    const before = earlierAt(sheet, item)
    if (now === null || before === null || !isSlip(now, before)) return []
    const params = { item: nameItem(item, sheet.locale), value: writeFraction(now), previous: writeFraction(before) }
    return [
      { ruleId: rule.id, level: rule.level, position: item.position, related: [], key: 'checks.magnitude', params },
    ]
  })
}

function checkSame(sheet: Sheet, rule: SameRule): Finding[] {
  const seen: { item: CheckedItem; value: Fraction }[] = []
  return pickItems(sheet, rule.items).flatMap((item) => {
    const value = valueAt(sheet, item)
    if (value === null || isSmall(value, rule.least)) return []
    const twin = seen.find((other) => holds(other.value, '=', value))
    seen.push({ item, value })
    if (!twin) return []
    const params = {
      item: nameItem(item, sheet.locale),
      other: nameItem(twin.item, sheet.locale),
      value: writeFraction(value),
    }
    return [
      {
        ruleId: rule.id,
        level: rule.level,
        position: item.position,
        related: [twin.item.position],
        key: 'checks.same',
        params,
      },
    ]
  })
}

function checkRate(sheet: Sheet, rule: RateRule): Finding[] {
  const items =
    rule.items === undefined ? sheet.items.filter((item) => item.nature === 'ratio') : pickItems(sheet, rule.items)
  return items.flatMap((item) => {
    const stated = valueAt(sheet, item)
    if (stated === null || item.formula === null) return []
    const computed = evaluateRatio(item.formula, item.unit, lookUpIn(sheet.items, sheet.figures, item.breakdownZh))
    if (computed === null) return []
    const { level, difference } = compareRates(stated, computed, markAt(sheet, item.position), rule)
    if (level === null) return []
    const params = {
      item: nameItem(item, sheet.locale),
      value: writeFraction(stated),
      computed: writeFraction(computed),
      difference: writeFraction(difference),
    }
    return [
      {
        ruleId: rule.id,
        level,
        position: item.position,
        related: listNames(item.formula).flatMap(
          (name) => sheet.byName.get(nameWithin(name, item.breakdownZh))?.position ?? [],
        ),
        key: 'checks.rate',
        params,
      },
    ]
  })
}

function checkNote(sheet: Sheet, rule: NoteRule): Finding[] {
  const item = sheet.byName.get(rule.item)
  const left = evaluateFormula(rule.left, sheet.lookup)
  const right = evaluateFormula(rule.right, sheet.lookup)
  if (!item || left === null || right === null || !holds(left, rule.op, right) || hasNote(sheet, item.position))
    return []
  return [
    {
      ruleId: rule.id,
      level: rule.level,
      position: item.position,
      related: [],
      key: 'checks.note',
      params: { item: nameItem(item, sheet.locale) },
    },
  ]
}

function checkPresent(sheet: Sheet, rule: PresentRule): Finding[] {
  return pickItems(sheet, rule.items).flatMap((item) => {
    if (valueAt(sheet, item) !== null || isMissingReason(markAt(sheet, item.position))) return []
    return [
      {
        ruleId: rule.id,
        level: rule.level,
        position: item.position,
        related: [],
        key: 'checks.present',
        params: { item: nameItem(item, sheet.locale) },
      },
    ]
  })
}

export const fedRuleId = 'FEED'

/** What is declared beside what the body's own records say: a difference is explained on the cell (design 4). */
function checkFed(sheet: Sheet): Finding[] {
  if (!sheet.fed) return []
  const fed = sheet.fed
  return pickItems(sheet, undefined).flatMap((item) => {
    const counted = readAt(fed, item)
    const stated = valueAt(sheet, item)
    if (counted === null || (stated !== null && holds(stated, '=', counted))) return []
    const params = {
      item: nameItem(item, sheet.locale),
      value: stated === null ? '' : writeFraction(stated),
      fed: writeFraction(counted),
    }
    const key = stated === null ? 'checks.fedMissing' : 'checks.fed'
    return [{ ruleId: fedRuleId, level: 'warning', position: item.position, related: [], key, params }]
  })
}

function applyRule(sheet: Sheet, rule: Rule): Finding[] {
  switch (rule.kind) {
    case 'compare':
      return checkCompare(sheet, rule)
    case 'range':
      return checkRange(sheet, rule)
    case 'jump':
      return checkJump(sheet, rule)
    case 'magnitude':
      return checkMagnitude(sheet, rule)
    case 'same':
      return checkSame(sheet, rule)
    case 'rate':
      return checkRate(sheet, rule)
    case 'note':
      return checkNote(sheet, rule)
    case 'present':
      return checkPresent(sheet, rule)
  }
}

/** Everything the rules have to say about a report, by position, errors first within a cell. */
export function findProblems(input: CheckInput): FoundProblem[] {
  const sheet = openSheet(input)
  const found = [...input.rules.flatMap((rule) => applyRule(sheet, rule)), ...checkFed(sheet)]
  return found
    .map((problem) => ({ ...problem, settled: problem.level === 'warning' && hasNote(sheet, problem.position) }))
    .toSorted((a, b) => a.position - b.position || (a.level === b.level ? 0 : a.level === 'error' ? -1 : 1))
}

/** What still stands in the way: errors, and warnings whose cell has no note. */
export function checkFigures(input: CheckInput): Problem[] {
  return findProblems(input).flatMap(({ settled, ...problem }) => (settled ? [] : [problem]))
}
