import { Kysely, PostgresDialect } from 'kysely'
import { createDatabase, type DB } from '@gonglian/db'
import type { Deps } from './context.ts'

export type Rehearsal = {
  deps: Deps
  /** Takes back all that was done since the last time. */
  undo(): Promise<void>
  close(): Promise<void>
}

/** What Kysely says about transactions, said inside one that never ends: what is deferred to the commit is checked then too. */
const savepoints = new Map([
  ['begin', 'savepoint rehearsal'],
  [
    'commit',
    `set constraints all immediate; set constraints all deferred; release savepoint rehearsal;
     select set_config('app.tenant', '', true), set_config('app.reach', '', true), set_config('app.account', '', true)`,
  ],
  ['rollback', 'rollback to savepoint rehearsal'],
])

/**
 * The same house on one connection whose transactions can all be taken back, so that a test tries a thousand acts on one
 * fixture. Two transactions at once take turns; jobs are not sent.
 */
export async function openRehearsal(deps: Deps, appUrl: string): Promise<Rehearsal> {
  const { pool } = createDatabase(appUrl, 1)
  const client = await pool.connect()
  await client.query('begin')
  let turn: Promise<void> = Promise.resolve()
  const takeTurn = async () => {
    const before = turn
    let done: () => void = () => undefined
    turn = new Promise((resolve) => (done = resolve))
    await before
    return new Proxy(client, {
      get(target, name) {
        if (name === 'release') return done
        if (name === 'query')
          return (statement: string, values: unknown[]) => target.query(savepoints.get(statement) ?? statement, values)
        return undefined
      },
    })
  }
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: { connect: takeTurn, end: () => Promise.resolve() } }),
  })
  return {
    deps: { ...deps, db, queue: { ...deps.queue, send: () => Promise.resolve() } },
    undo: async () => {
      await client.query('rollback')
      await client.query('begin')
    },
    close: async () => {
      client.release(true)
      await pool.end()
    },
  }
}
