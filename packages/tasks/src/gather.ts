import { found, mayDo, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import type { Step, Task, TaskQuestion, TaskRow } from './task.ts'
import { countDays, findUrgency, type Urgency } from './urgency.ts'

export type WaitingRow = TaskRow & {
  readonly urgency: Urgency
  /** Days left; negative: days over; null without a last day. */
  readonly daysLeft: number | null
}

/** What waits of one kind. */
export type WaitingKind = {
  readonly key: string
  readonly step: Step
  /** Done on the desk, without a page. */
  readonly isSettledHere: boolean
  readonly all: string | null
  readonly rows: readonly WaitingRow[]
  readonly total: number
  readonly overdue: number
  readonly later: number
}

/** Lines of one kind that a desk shows; the page behind `all` has the others. */
export const mostRows = 50

/**
 * What waits for the acting person, of all kinds that their roles let them do, in the transaction of `ctx`: one bounded query for each kind.
 * Kinds without a line are left out.
 */
export async function gatherTasks(ctx: TenantContext, tasks: readonly Task[]): Promise<WaitingKind[]> {
  const kinds: WaitingKind[] = []
  const question: TaskQuestion = { limit: mostRows }
  for (const task of tasks) {
    if (!mayDo(ctx.actor.roles, task.permission)) continue
    const { rows, total, later = 0 } = await task.list(ctx, question)
    if (total === 0 && later === 0) continue
    const waiting = rows.map((row) => ({
      ...row,
      urgency: findUrgency(row.due, ctx.today),
      daysLeft: row.due === null ? null : countDays(ctx.today, row.due),
    }))
    kinds.push({
      key: task.key,
      step: task.step,
      isSettledHere: task.settle !== undefined,
      all: task.all ?? null,
      rows: waiting,
      total,
      overdue: waiting.filter(({ urgency }) => urgency === 'overdue').length,
      later,
    })
  }
  return kinds
}

/** What the badge shows: all lines of the desk, and how many of them are overdue. */
export function sumTasks(kinds: readonly Pick<WaitingKind, 'total' | 'overdue'>[]): { total: number; overdue: number } {
  return {
    total: kinds.reduce((sum, kind) => sum + kind.total, 0),
    overdue: kinds.reduce((sum, kind) => sum + kind.overdue, 0),
  }
}

export const SettleTask = z.object({ key: z.string().max(80), id: z.string().max(80) })

/**
 * Does a task that needs no page, from the desk.
 *
 * @throws DomainError not_found for a kind that is not done there; otherwise what the kind throws
 */
export async function settleTask(
  ctx: TenantContext,
  tasks: readonly Task[],
  input: z.output<typeof SettleTask>,
): Promise<void> {
  const task = found(
    tasks.find(({ key }) => key === input.key),
    'tasks.unknown',
  )
  requirePermission(ctx, task.permission)
  await found(task.settle, 'tasks.unknown')(ctx, input.id)
}
