import type { TaskKind, TaskLine } from './loaded.ts'

export type StepGroup = {
  readonly step: TaskKind['step']
  readonly lines: readonly { readonly kind: TaskKind; readonly row: TaskLine }[]
  /** Kinds with more lines than the desk holds. */
  readonly beyond: readonly TaskKind[]
  /** Kinds with more that is not pressing yet. */
  readonly later: readonly TaskKind[]
}

const urgencies = ['overdue', 'today', 'soon', 'later', 'open'] as const

/**
 * The desk by what one does next, as the kinds come. What is overdue stands first in its group, and a group with something overdue before one
 * without; what a superior urged always comes first.
 */
export function groupTasks(kinds: readonly TaskKind[]): StepGroup[] {
  const steps = [...new Set(kinds.map(({ step }) => step))]
  const groups = steps.map((step): StepGroup => {
    const own = kinds.filter((kind) => kind.step === step)
    return {
      step,
      lines: own.flatMap((kind) => kind.rows.map((row) => ({ kind, row }))).toSorted((a, b) => compare(a.row, b.row)),
      beyond: own.filter((kind) => kind.total > kind.rows.length && kind.all !== null),
      later: own.filter((kind) => kind.later > 0 && kind.all !== null),
    }
  })
  return groups.toSorted((a, b) => place(a) - place(b))
}

const order: readonly TaskKind['step'][] = ['urged', 'decide', 'review', 'fill', 'handle', 'below']

function place({ step, lines }: StepGroup): number {
  const isOverdue = lines.some(({ row }) => row.urgency === 'overdue')
  return order.indexOf(step) + (isOverdue || step === 'urged' ? 0 : order.length)
}

/** The most pressing lines of all kinds, and how many there are in all. */
export function pickTasks(kinds: readonly TaskKind[], limit: number) {
  const lines = kinds.flatMap((kind) => kind.rows.map((row) => ({ kind, row })))
  return {
    lines: lines.toSorted((a, b) => compare(a.row, b.row)).slice(0, limit),
    total: kinds.reduce((sum, kind) => sum + kind.total, 0),
  }
}

function compare(a: TaskLine, b: TaskLine): number {
  const urgency = urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency)
  if (urgency !== 0) return urgency
  return (a.due ?? '9999').localeCompare(b.due ?? '9999') || (a.since ?? '9999').localeCompare(b.since ?? '9999')
}
