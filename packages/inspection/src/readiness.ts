import { readFeedBacklog } from '@gonglian/indicators'
import { readBacklog } from '@gonglian/rollup'
import type { Deps } from '@gonglian/tenancy'

/** Each part must answer within this, so that the whole answer is there within two seconds. */
export const readinessBoundMs = 1500

/** What waits for the worker: totals to recompute, moves of bodies to apply, figures to count again from records. */
export type WaitingWork = {
  readonly marks: number
  readonly moves: number
  readonly feeds: number
  /** Since the oldest was noted; null when nothing waits. */
  readonly oldestSeconds: number | null
}

type Part = { readonly ok: boolean; readonly detail?: string }

export type Readiness = {
  readonly parts: Readonly<Record<string, Part>>
  /** Null while the database does not say. */
  readonly backlog: WaitingWork | null
}

/**
 * Looks at what the pages depend on, each time it is called; all who ask at once get the same answer.
 *
 * @param deps with a database whose connections are used for nothing else and end within the bound: neither many requests nor a silent server
 * keep the answer waiting
 */
export function createReadiness(deps: Deps): () => Promise<Readiness> {
  let looking: Promise<Readiness> | null = null
  return () => (looking ??= readReadiness(deps).finally(() => (looking = null)))
}

async function readReadiness(deps: Deps): Promise<Readiness> {
  let backlog: WaitingWork | null = null
  const [database, queue, worker] = await Promise.all([
    check(readWaitingWork(deps).then((waiting) => (backlog = waiting))),
    check(deps.queue.ping()),
    check(requireWorker(deps)),
  ])
  return { parts: { database, queue, worker }, backlog }
}

async function check(work: Promise<unknown>): Promise<Part> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), readinessBoundMs)
  })
  try {
    await Promise.race([work, late])
    return { ok: true }
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.name : 'error' }
  } finally {
    clearTimeout(timer)
  }
}

async function requireWorker(deps: Deps): Promise<void> {
  if ((await deps.queue.countWorkers()) === 0) throw new Error('no worker')
}

async function readWaitingWork(deps: Deps): Promise<WaitingWork> {
  const [totals, feeds] = await Promise.all([readBacklog(deps), readFeedBacklog(deps)])
  const noted = [totals.oldest, feeds.oldest].flatMap((at) => (at === null ? [] : [at.getTime()]))
  return {
    marks: totals.marks,
    moves: totals.moves,
    feeds: feeds.marks,
    oldestSeconds:
      noted.length === 0 ? null : Math.max(0, Math.round((deps.clock().getTime() - Math.min(...noted)) / 1000)),
  }
}
