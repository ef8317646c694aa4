import type { RouterOutputs } from '@gonglian/api'
import type { FoundProblem } from '@gonglian/indicators/figures'
import type { EntryItem, EntryValue } from '@gonglian/ui'
import { emptyEntry } from '@gonglian/ui'
import type { Locale } from '@gonglian/ui/messages'
import { readEntries } from '../entry/cells.ts'
import { findAllProblems, listEntryItems, showValues } from '../entry/report.ts'

export type Review = RouterOutputs['reviews']['getReview']
export type Shown = 'all' | 'changed' | 'problems'

export type ComparedRow = {
  readonly position: number
  readonly item: EntryItem
  readonly now: EntryValue
  /** As last accepted, or else as handed in the time before; null where there is neither. */
  readonly before: EntryValue | null
  readonly isChanged: boolean
  readonly problems: readonly FoundProblem[]
}

/** What the present figures are compared with. */
export function findBasis(review: Review): 'accepted' | 'submitted' | null {
  return review.lastAccepted ? 'accepted' : review.lastSubmitted ? 'submitted' : null
}

/** The report item by item, beside what was accepted or handed in before. */
export function listComparedRows(review: Review, locale: Locale): ComparedRow[] {
  const { report } = review
  const basis = findBasis(review)
  const earlier = basis === 'accepted' ? review.lastAccepted : review.lastSubmitted
  const changed = new Set(basis === 'accepted' ? review.changedSinceAccepted : review.changedSinceSubmitted)
  const values = readEntries(report.sheet)
  const items = listEntryItems(report, values, locale)
  const now = showValues(items, values)
  const past = earlier ? readEntries(earlier) : null
  const before = past && showValues(listEntryItems(report, past, locale), past)
  const problems = report.submittedAt ? findAllProblems(report, report.sheet, locale) : []
  return items.map((item) => {
    const position = Number(item.key)
    return {
      position,
      item,
      now: now[item.key] ?? emptyEntry,
      before: before ? (before[item.key] ?? emptyEntry) : null,
      isChanged: changed.has(position),
      problems: problems.filter((problem) => problem.position === position),
    }
  })
}

export function isShown(row: ComparedRow, shown: Shown): boolean {
  if (shown === 'all') return true
  return shown === 'changed' ? row.isChanged : row.problems.length > 0
}
