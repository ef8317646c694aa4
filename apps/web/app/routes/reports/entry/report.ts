import type { RouterOutputs } from '@gonglian/api'
import {
  checkFigures,
  computeRatios,
  deriveRatios,
  findProblems,
  isMissingReason,
  marks,
  type FoundProblem,
} from '@gonglian/indicators/figures'
import { emptyEntry, type EntryItem, type EntryProblem, type EntryValues } from '@gonglian/ui'
import { translateUnknown, type Locale } from '@gonglian/ui/messages'
import { nameInGrid } from '../names.ts'
import { isSameEntry, readEntry, writeSheet, type StoredSheet } from './cells.ts'

export type Report = RouterOutputs['reports']['getReport']
export type Item = Report['form']['items'][number]

const figure = (value: number | null | undefined) => (value == null ? null : { value, mark: marks.exact })

/** Where the records stand that a figure is counted from, by the key of its feed. */
const registers: Readonly<Record<string, string>> = {
  'organisation.unions': '/organisation/unions',
  'organisation.members': '/organisation/members',
  'organisation.applications': '/organisation/members?members.is.state=applied',
  'organisation.census': '/organisation/census',
  'organisation.lists': '/organisation/lists',
  'organisation.terms': '/organisation/terms',
  'organisation.ratings': '/organisation/ratings',
  'organisation.cadres': '/organisation/cadres',
  'organisation.women': '/organisation/women',
}

/** Superiors come to the same register, narrowed to the body the report is of. */
function linkRecords(report: Report, at: number): { derivedHref?: string } {
  const register = registers[report.fedBy[at] ?? '']
  if (register === undefined) return {}
  if (report.isOwn) return { derivedHref: register }
  return { derivedHref: `${register}${register.includes('?') ? '&' : '?'}body=${encodeURIComponent(report.body.code)}` }
}

/**
 * The form's items as the grid shows them. Ratios are worked out from what is typed and never typed themselves; beside what is declared
 * stands what the records say.
 */
export function listEntryItems(report: Report, values: EntryValues, locale: Locale): EntryItem[] {
  const { items } = report.form
  const sheet = writeSheet(values, items.length)
  const ratios = new Map(deriveRatios(items, sheet.figures, sheet.marks).map((ratio) => [ratio.position, ratio]))
  // What the records say of a ratio comes from what they say of its parts, not from what is typed.
  const recorded = computeRatios(items, report.fed)
  const before = report.previous && computeRatios(items, report.previous)
  const lastYear = report.sameLastYear && computeRatios(items, report.sameLastYear)
  let section = ''
  return items.map((item) => {
    const at = item.position - 1
    const isRatio = item.nature === 'ratio'
    const heading = locale === 'en' && item.sectionEn !== '' ? item.sectionEn : item.sectionZh
    const opens = heading !== section && heading !== ''
    section = heading
    const ratio = ratios.get(item.position)
    const counted = figure(isRatio ? recorded[at] : report.fed[at])
    const definition = locale === 'en' && item.definitionEn !== '' ? item.definitionEn : item.definitionZh
    return {
      key: String(item.position),
      label: nameInGrid(item, locale),
      unit: item.unit,
      scale: item.scale,
      depth: item.breakdownZh === '' ? 0 : 1,
      editable: !isRatio,
      lastPeriod: figure(report.previous?.[at] ?? before?.[at]),
      lastYear: figure(report.sameLastYear?.[at] ?? lastYear?.[at]),
      ...(opens ? { section: heading } : {}),
      ...(definition === '' ? {} : { definition }),
      ...(counted === null ? {} : { derived: counted, ...linkRecords(report, at) }),
      ...(ratio ? { worked: { value: ratio.value, mark: ratio.inexact ? marks.about : marks.exact } } : {}),
    }
  })
}

/** What is shown as declared: a ratio nobody stated is the one worked out. */
export function showValues(items: readonly EntryItem[], values: EntryValues): EntryValues {
  const derived = items.flatMap(({ key, worked, editable }) =>
    !editable && worked && (values[key]?.value ?? null) === null ? [[key, { ...worked, note: '' }] as const] : [],
  )
  return derived.length === 0 ? values : { ...values, ...Object.fromEntries(derived) }
}

function inputFor(report: Report, sheet: StoredSheet, locale: Locale) {
  const [previous, ...older] = report.earlier
  return {
    items: report.form.items,
    rules: report.form.rules,
    figures: sheet.figures,
    marks: sheet.marks,
    notes: sheet.notes,
    previous: previous ?? null,
    history: older.flatMap((figures) => (figures ? [figures] : [])),
    fed: report.fed,
    locale,
  }
}

/** What the form's rules say about a sheet, as the server would say it: open errors and warnings. */
export function checkSheet(report: Report, sheet: StoredSheet, locale: Locale): EntryProblem[] {
  return checkFigures(inputFor(report, sheet, locale)).map((problem) => ({
    key: String(problem.position),
    level: problem.level,
    text: translateUnknown(locale, problem.key, problem.params),
  }))
}

/** The same with settled warnings, for a reviewer. */
export function findAllProblems(report: Report, sheet: StoredSheet, locale: Locale): FoundProblem[] {
  return findProblems(inputFor(report, sheet, locale))
}

/** Cells that differ from what was last handed in. */
export function listChangedKeys(report: Report, values: EntryValues): Set<string> {
  const changed = report.form.items
    .map((item) => String(item.position))
    .filter((key) => !isSameEntry(values[key] ?? emptyEntry, readEntry(report.sheet, Number(key))))
  return new Set(changed)
}

/** Positions that are typed in and hold neither a figure nor the reason why there is none. */
export function listEmptyKeys(report: Report, values: EntryValues): string[] {
  return report.form.items
    .filter((item) => item.nature !== 'ratio')
    .map((item) => String(item.position))
    .filter((key) => (values[key]?.value ?? null) === null && !isMissingReason(values[key]?.mark))
}

/** Everything left empty is stated to be 0. */
export function fillWithZeros(values: EntryValues, keys: readonly string[]): EntryValues {
  const filled = keys.map((key) => [key, { value: 0, mark: marks.exact, note: values[key]?.note ?? '' }] as const)
  return { ...values, ...Object.fromEntries(filled) }
}
