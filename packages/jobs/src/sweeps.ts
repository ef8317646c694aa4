import { setMaxListeners } from 'node:events'
import pg from 'pg'

/** Work that looks for what lost wake-ups left behind. May run at any time, twice at once, or die anywhere. */
export type Sweep<D> = {
  readonly name: string
  readonly everyMs: number
  run(deps: D): Promise<void>
}

export type RunningSweeps = { close(): Promise<void> }

/** First part of the advisory locks of the sweeps; the second is drawn from the name. */
const sweepLock = 7003

/**
 * Runs each sweep again and again until closed, in this process and by its own timer: it needs no queue, so it goes on when the queue is lost.
 * Of all processes only one runs a sweep at a time; the others pass over their turn. A run that failed is told and tried at the next turn.
 */
export function startSweeps<D>(options: {
  databaseUrl: string
  deps: D
  sweeps: readonly Sweep<D>[]
  onFailure: (sweep: string, error: unknown) => void
}): RunningSweeps {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.sweeps.length,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'gonglian sweeps',
  })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const closing = new AbortController()
  // Each loop waits for the end in its pause.
  setMaxListeners(options.sweeps.length, closing.signal)
  const loops = options.sweeps.map(async (sweep) => {
    while (!closing.signal.aborted) {
      try {
        await runAlone(pool, sweep.name, () => sweep.run(options.deps))
      } catch (error) {
        options.onFailure(sweep.name, error)
      }
      await pause(sweep.everyMs, closing.signal)
    }
  })
  const ended = Promise.all(loops).then(() => pool.end())
  return {
    close: () => {
      closing.abort()
      return ended
    },
  }
}

/** Runs the work unless another process is running it. The lock ends with its connection, however that ends. */
async function runAlone(pool: pg.Pool, name: string, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  let isSound = false
  try {
    // The server notices in half a minute that a machine is gone which held the lock.
    await client.query('set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 4')
    const { rows } = await client.query<{ own: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as own', [
      sweepLock,
      name,
    ])
    if (rows[0]?.own) {
      try {
        await work()
      } finally {
        await client.query('select pg_advisory_unlock($1, hashtext($2))', [sweepLock, name])
      }
    }
    isSound = true
  } finally {
    // A connection whose lock may still be held is thrown away, and the lock with it.
    client.release(!isSound)
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}
