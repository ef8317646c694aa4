import type { Answer } from './visitor.ts'

export type ReportEvent =
  'submitted' | 'withdrawn' | 'returned' | 'accepted' | 'accepted_again' | 'reopened' | 'correction_requested'

export type Sheet = {
  readonly figures: readonly (number | null)[]
  /** Positions that are about. */
  readonly inexact: readonly number[]
  /** Written into each cell; stands nowhere else. */
  readonly note: string
}

/** What a call would change, as far as its sender knows. */
export type Intent =
  | { readonly is: 'open'; readonly body: string; readonly form: string; readonly period: string }
  | { readonly is: 'save'; readonly reportId: number; readonly sheet: Sheet }
  | {
      readonly is: 'step'
      readonly event: ReportEvent
      readonly reportId: number
      /** As the sender saw it. */
      readonly seen: number
      readonly sheet?: Sheet
    }
  | { readonly is: 'reorganise'; readonly change: Change; readonly reason: string }

export type Change =
  | { readonly kind: 'open'; readonly code: string; readonly parent: string; readonly day: string }
  | { readonly kind: 'close'; readonly body: string; readonly day: string }
  | {
      readonly kind: 'move'
      readonly body: string
      readonly parent: string
      readonly hierarchy: 'regional' | 'line'
      readonly day: string
    }

export type Attempt = {
  readonly actor: string
  readonly intent: Intent
  readonly sent: number
  readonly ended: number
  readonly outcome: Answer['is']
  /** Acknowledged: the report's version, or the number of the report or reorganisation. */
  readonly number: number | null
}

/** What was tried and what was said about it: all that the oracle knows of a run. */
export class Ledger {
  readonly attempts: Attempt[] = []
  /** By kind: what was acknowledged. */
  readonly done = new Map<string, number>()
  /** By key: what was refused. */
  readonly refused = new Map<string, number>()
  /** Calls without an answer that says whether they were done, by cause. */
  readonly unknown = new Map<string, number>()
  /** Answers that something broke, with the time between sending and answer. */
  readonly broken: { readonly what: string; readonly sent: number; readonly ended: number }[] = []

  async write(
    actor: string,
    intent: Intent,
    call: () => Promise<Answer>,
    read: (value: unknown) => number,
  ): Promise<Attempt> {
    const sent = Date.now()
    const answer = await call()
    const ended = Date.now()
    const number = answer.is === 'done' ? read(answer.value) : null
    const attempt: Attempt = { actor, intent, sent, ended, outcome: answer.is, number }
    this.attempts.push(attempt)
    this.count(nameOf(intent), answer, { sent, ended })
    return attempt
  }

  count(name: string, answer: Answer, { sent, ended }: { sent: number; ended: number }): void {
    if (answer.is === 'done') add(this.done, name)
    if (answer.is === 'refused') add(this.refused, answer.key)
    if (answer.is !== 'unknown') return
    const isBroken = /^5\d\d/.test(answer.why)
    add(this.unknown, isBroken ? answer.why.slice(0, 3) : answer.why)
    if (isBroken) this.broken.push({ what: `${name}: ${answer.why}`, sent, ended })
  }

  countDone(name: string): number {
    return this.done.get(name) ?? 0
  }

  /** Acknowledged changes of all kinds. */
  countChanges(): number {
    return this.attempts.filter((attempt) => attempt.outcome === 'done').length
  }
}

export function nameOf(intent: Intent): string {
  if (intent.is === 'step') return intent.event
  if (intent.is === 'reorganise') return `body ${intent.change.kind}`
  return intent.is === 'open' ? 'report begun' : 'draft saved'
}

export function add(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
