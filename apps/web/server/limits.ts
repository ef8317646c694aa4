import type { Request, RequestHandler } from 'express'
import { DomainError } from '@gonglian/tenancy'
import type { House } from './house.ts'
import { answerRefusal } from './security.ts'

export type RequestLimits = {
  /** Calls and written forms of one session; of one account, twice as many. */
  readonly perMinute: number
  /** Requests of one session that are worked on at the same time. */
  readonly atOnce: number
  /** How long one more waits for its turn, in milliseconds. */
  readonly waitMs: number
}

/** As nobody reaches who works by hand, and few enough that one session leaves most database connections to others. */
export const usualRequestLimits: RequestLimits = { perMinute: 300, atOnce: 8, waitMs: 2_000 }

/** Calls that may still be made: they come back evenly, up to the limit. */
type Allowance = { left: number; at: number }

const keptAllowances = 10_000

/** Takes one call off; answers in how many seconds the next may be made, 0 when this one may. */
function takeCall(allowances: Map<string, Allowance>, key: string, perMinute: number): number {
  const now = performance.now()
  const perMs = perMinute / 60_000
  const before = allowances.get(key)
  const left = Math.min(perMinute, before ? before.left + (now - before.at) * perMs : perMinute)
  // The oldest are forgotten: whoever was not seen for so long has the full allowance again.
  allowances.delete(key)
  const [oldest] = allowances.keys()
  if (allowances.size >= keptAllowances && oldest !== undefined) allowances.delete(oldest)
  allowances.set(key, { left: left >= 1 ? left - 1 : left, at: now })
  return left >= 1 ? 0 : Math.ceil((1 - left) / perMs / 1000)
}

const isCounted = (request: Request) => request.path.startsWith('/trpc') || request.method === 'POST'

/**
 * Limits of who is signed in: calls a minute, and requests at once. Whoever is over them is told when to come again. Stands after
 * `findVisitor`.
 */
export function limitRequests(describe: House['describe'], limits: RequestLimits): RequestHandler {
  const allowances = new Map<string, Allowance>()
  const turns = new Map<string, Turns>()
  return (request, response, next) => {
    const { visitor } = response.locals
    if (!visitor) return next()
    const refuse = (key: string, seconds: number) => {
      request.resume()
      response.setHeader('Retry-After', String(seconds))
      const error = new DomainError('too_many', key, { params: { seconds } })
      answerRefusal(request, response, describe, 429, error)
    }
    if (isCounted(request)) {
      const seconds =
        takeCall(allowances, `session ${visitor.sessionHandle}`, limits.perMinute) ||
        takeCall(allowances, `account ${visitor.accountId}`, 2 * limits.perMinute)
      if (seconds > 0) return refuse('limits.rate', seconds)
    }
    const own = turns.get(visitor.sessionHandle) ?? new Turns(limits)
    turns.set(visitor.sessionHandle, own)
    own.take((isTaken) => {
      if (!isTaken) return refuse('limits.busy', Math.ceil(limits.waitMs / 1000))
      response.once('close', () => {
        own.pass()
        if (own.isIdle) turns.delete(visitor.sessionHandle)
      })
      next()
    })
  }
}

/** The requests of one session that run, and those that wait. */
class Turns {
  readonly #limits: RequestLimits
  readonly #waiting = new Set<(isTaken: boolean) => void>()
  #running = 0

  constructor(limits: RequestLimits) {
    this.#limits = limits
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#waiting.size === 0
  }

  take(answer: (isTaken: boolean) => void): void {
    if (this.#running < this.#limits.atOnce) {
      this.#running++
      return answer(true)
    }
    // Who waits keeps a connection: not more of them than run.
    if (this.#waiting.size >= this.#limits.atOnce) return answer(false)
    const timer = setTimeout(() => settle(false), this.#limits.waitMs)
    const settle = (isTaken: boolean) => {
      clearTimeout(timer)
      this.#waiting.delete(settle)
      answer(isTaken)
    }
    this.#waiting.add(settle)
  }

  pass(): void {
    for (const settle of this.#waiting) return settle(true)
    this.#running--
  }
}
