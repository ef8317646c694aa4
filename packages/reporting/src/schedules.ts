import { sql, type KyselyPlugin } from 'kysely'
import { createDatabase } from '@gonglian/db'
import type { Deps } from '@gonglian/tenancy'

// For tests: several tasks on real connections, of which only one moves at a time, from the end of one statement to the end of the next.
// A schedule says who moves when. A task that waits for a lock does not move until another has let it go.

export type Task = (deps: Deps) => Promise<unknown>

/** So many statements of one task, by its place in the list; as many as it can when no number is given. */
export type Leg = { readonly task: number; readonly steps?: number }

export type Outcome = {
  /** Statements of each task. */
  readonly steps: readonly number[]
  /** What each task threw; undefined where it ended well. */
  readonly errors: readonly unknown[]
  /** Which tasks waited for a lock at least once. */
  readonly waited: readonly number[]
}

export type Stage = {
  /** Runs the legs in turn; what is left afterwards runs in the order of the list, or as `choose` says. */
  run(tasks: readonly Task[], legs: readonly Leg[], choose?: (ready: readonly number[]) => number): Promise<Outcome>
  close(): Promise<void>
}

type Runner = {
  /** Of its present connection: the pool replaces one that was idle for a while. */
  pid: number
  readonly deps: Deps
  state: 'ready' | 'running' | 'waiting' | 'done'
  /** Lets the task go on from where it stopped. */
  go: () => void
  steps: number
  hasWaited: boolean
  error: unknown
}

const lookAfterMs = 4

/**
 * Opens as many connections as there will be tasks, and one to see who waits for a lock.
 *
 * @param urls of the application's role and of the owner
 */
export async function openStage(
  deps: Deps,
  urls: { readonly appUrl: string; readonly ownerUrl: string },
  places: number,
): Promise<Stage> {
  const watcher = createDatabase(urls.ownerUrl, 1)
  const pools = [watcher.pool]
  const runners: Runner[] = []
  let arrived: () => void = () => undefined

  for (let place = 0; place < places; place++) {
    const { db, pool } = createDatabase(urls.appUrl, 1)
    pools.push(pool)
    const pause = () =>
      new Promise<void>((resolve) => {
        runner.go = resolve
        runner.steps += 1
        runner.state = 'ready'
        arrived()
      })
    const pausing: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        await pause()
        return result
      },
    }
    const runner: Runner = {
      pid: 0,
      // Wake-ups are not what is tried here: the schedule says when a worker works.
      deps: { ...deps, db: db.withPlugin(pausing), queue: { ...deps.queue, send: () => Promise.resolve() } },
      state: 'done',
      go: () => undefined,
      steps: 0,
      hasWaited: false,
      error: undefined,
    }
    runners.push(runner)
  }

  /** Waits until every task stands at the end of a statement, is done, or waits for a lock that one of the others holds. */
  const settle = async (): Promise<void> => {
    for (const runner of runners) if (runner.state === 'waiting') runner.state = 'running'
    for (;;) {
      const moving = runners.filter((runner) => runner.state === 'running')
      if (moving.length === 0) return
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        arrived = resolve
        timer = setTimeout(resolve, lookAfterMs)
      })
      clearTimeout(timer)
      const still = moving.filter((runner) => runner.state === 'running')
      // Somebody has just arrived: what he let go of shows only when the others are looked at again.
      if (still.length < moving.length) continue
      const pidsAsked = still.map((runner) => runner.pid)
      const { rows } = await sql<{ pid: number }>`
        select pid from pg_locks where not granted and pid = any (${pidsAsked}::int[])`.execute(watcher.db)
      const pids = new Set(rows.map((row) => row.pid))
      if (!still.every((runner) => runner.state === 'running' && pids.has(runner.pid))) continue
      // All wait and nobody else can move: a deadlock, which the database ends.
      if (runners.every((runner) => runner.state === 'running' || runner.state === 'done')) continue
      for (const runner of still) Object.assign(runner, { state: 'waiting', hasWaited: true })
    }
  }

  const advance = async (runner: Runner): Promise<void> => {
    runner.state = 'running'
    runner.go()
    await settle()
  }

  return {
    run: async (tasks, legs, choose = ([first]) => first ?? 0) => {
      const here = runners.slice(0, tasks.length)
      for (const [index, runner] of here.entries()) {
        const rows = await pools[index + 1]?.query<{ pid: number }>('select pg_backend_pid() as pid')
        runner.pid = rows?.rows[0]?.pid ?? 0
      }
      const ends = tasks.map(async (task, index) => {
        const runner = runners[index]
        if (!runner) throw new Error('more tasks than places')
        Object.assign(runner, { state: 'ready', steps: 0, hasWaited: false, error: undefined })
        await new Promise<void>((resolve) => {
          runner.go = resolve
        })
        await task(runner.deps).catch((error: unknown) => {
          runner.error = error
        })
        runner.state = 'done'
        arrived()
      })
      for (const leg of legs) {
        const runner = here[leg.task]
        for (let step = 0; runner?.state === 'ready' && step < (leg.steps ?? Infinity); step++) await advance(runner)
      }
      for (;;) {
        const ready = here.flatMap((runner, index) => (runner.state === 'ready' ? [index] : []))
        if (ready.length === 0) break
        const chosen = here[choose(ready)]
        if (chosen) await advance(chosen)
      }
      await Promise.all(ends)
      return {
        steps: here.map((runner) => runner.steps),
        errors: here.map((runner) => runner.error),
        waited: here.flatMap((runner, index) => (runner.hasWaited ? [index] : [])),
      }
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
    },
  }
}
