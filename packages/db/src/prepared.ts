import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import pg from 'pg'

/** Uses on one connection before a statement is prepared there: what is asked once or twice is not worth its memory. */
const PREPARE_AT = 3

/** Statements that one connection keeps prepared, and statements that it counts. A prepared one takes 140 kB of PostgreSQL's process for the connection: 35 MB at most. */
const MOST_PREPARED = 250
const MOST_COUNTED = 2_000

/**
 * Which partial index `on conflict` means can only be seen while the values of its condition are known, and a plan that is kept
 * doesn't know them. Texts without parameters aren't prepared either: they may be several statements in one.
 */
const needsValues = /\bon conflict \([^)]*\) where\b/i

/** Whose answers say how many rows they changed. */
const commands = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'] as const

/** A prepared statement no longer fits, because a migration changed what it reads, or is gone: only a new connection helps. */
const staleCodes = new Set(['0A000', '26000'])

/**
 * A pool whose connections prepare what they are asked again and again. Half of a short statement's time is spent on parsing it
 * and on writing the conditions of row-level security into it, and that is done once then. Whoever must not be given a plan that
 * was made for others says so in the transaction (plan_cache_mode, in packages/tenancy/src/context.ts).
 */
export function prepareStatements(pool: pg.Pool): PostgresPool {
  const prepared = new WeakMap<pg.PoolClient, PreparingClient>()
  return {
    async connect() {
      const client = await pool.connect()
      const known = prepared.get(client) ?? new PreparingClient(client)
      prepared.set(client, known)
      return known
    },
    end: () => pool.end(),
  }
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #names = new Map<string, string>()
  readonly #uses = new Map<string, number>()
  #isStale = false

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  query<R>(sql: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    asked: string | PostgresCursor<R>,
    parameters: ReadonlyArray<unknown> = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('A cursor is declared in SQL, as records/src/lists.ts does')
    return this.#ask(asked, parameters)
  }

  async #ask<R>(text: string, parameters: ReadonlyArray<unknown>): Promise<PostgresQueryResult<R>> {
    const name = parameters.length === 0 || needsValues.test(text) ? null : this.#findName(text)
    const values = [...parameters]
    try {
      const answer = await this.#client.query(name === null ? { text, values } : { name, text, values })
      const rowCount = answer.rowCount ?? 0
      return {
        command: commands.find((command) => command === answer.command) ?? 'SELECT',
        rowCount,
        rows: answer.rows,
      }
    } catch (error) {
      if (error instanceof pg.DatabaseError && staleCodes.has(error.code ?? '')) this.#isStale = true
      throw error
    }
  }

  /** The name under which the connection keeps this statement, or null while it isn't prepared. */
  #findName(text: string): string | null {
    const known = this.#names.get(text)
    if (known !== undefined) return known
    if (this.#names.size >= MOST_PREPARED) return null
    const uses = (this.#uses.get(text) ?? 0) + 1
    if (uses < PREPARE_AT) {
      if (this.#uses.size >= MOST_COUNTED) this.#uses.clear()
      this.#uses.set(text, uses)
      return null
    }
    this.#uses.delete(text)
    const name = `kept_${this.#names.size}`
    this.#names.set(text, name)
    return name
  }

  release(): void {
    this.#client.release(this.#isStale)
  }
}
