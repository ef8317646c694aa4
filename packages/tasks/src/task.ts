import type { MessageParams, Permission, TenantContext } from '@gonglian/tenancy'

/** What one does next about a task; the desk groups by it, in this order. Each has the text `tasks.step.<step>`. */
export const steps = ['urged', 'decide', 'review', 'fill', 'handle', 'below'] as const
export type Step = (typeof steps)[number]

/** A sentence of the catalogue. */
export type Note = { readonly key: string; readonly params?: MessageParams }

/** One line of the desk. */
export type TaskRow = {
  /** Of the object, or of the group of objects: one line of a kind. */
  readonly id: string
  /** What it is about, in both languages; null: the name of the kind says it. */
  readonly title: { readonly zh: string; readonly en: string } | null
  /** Of a report: the period behind the title. */
  readonly period?: string
  /** The body that keeps it, where that is not the own one. */
  readonly body?: string
  /** How many objects stand behind the line, where it is not one. */
  readonly count?: number
  readonly notes?: readonly Note[]
  /** The day since which it waits. */
  readonly since: string | null
  /** The last day. */
  readonly due: string | null
  /** The page with the button that does it. */
  readonly to: string
}

export type TaskList = {
  /** The soonest due first, at most as many as were asked for. */
  readonly rows: readonly TaskRow[]
  /** Lines in all. */
  readonly total: number
  /** Further ones that are not pressing yet and are not counted. */
  readonly later?: number
}

/** One desk asks all its kinds with the same question. */
export type TaskQuestion = { readonly limit: number }

/** A kind of task: who has it, how it is found, and what is done about it. */
export type Task = {
  /**
   * `<domain>.<name>`. The texts are `tasks.<key>` for its name and `tasks.<key>.act` for the button.
   */
  readonly key: string
  readonly step: Step
  /** Who may do it has it on the desk. */
  readonly permission: Permission
  /** The page with everything of this kind. */
  readonly all?: string
  /** Reads what waits for the acting person, by an index and with a bound. */
  readonly list: (ctx: TenantContext, question: TaskQuestion) => Promise<TaskList>
  /** Does it on the desk itself, where no page is needed; the button then calls this. */
  readonly settle?: (ctx: TenantContext, id: string) => Promise<void>
}

/** Declares a kind of task. */
export function defineTask(task: Task): Task {
  return task
}

/** Several kinds that stem from one query share its answer: it runs once for a desk. */
export function readOnce<T>(
  read: (ctx: TenantContext) => Promise<T>,
): (ctx: TenantContext, question: TaskQuestion) => Promise<T> {
  const answers = new WeakMap<TaskQuestion, Promise<T>>()
  return (ctx, question) => {
    const known = answers.get(question)
    if (known !== undefined) return known
    const answer = read(ctx)
    answers.set(question, answer)
    return answer
  }
}
