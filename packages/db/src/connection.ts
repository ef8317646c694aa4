import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from './database.generated.ts'
import { prepareStatements } from './prepared.ts'
import { systemRole } from './roles.ts'

export type Database = Kysely<DB>
export type Tx = Transaction<DB>

/**
 * int8 arrives as a number. A figure beyond 2^53 cannot be held exactly by JavaScript, and a silently rounded total is worse
 * than an error (P2), so it throws. Own figures are limited so that no honest national total comes near (see docs/decisions/0003).
 */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a figure is beyond the range that can be computed exactly')
  return value
}

function parseInt8Array(text: string): (number | null)[] {
  if (text === '{}') return []
  return text
    .slice(1, -1)
    .split(',')
    .map((part) => (part === 'NULL' ? null : parseInt8(part)))
}

const INT8 = 20
const NUMERIC = 1700
const DATE = 1082
const INT8_ARRAY = 1016

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [NUMERIC, Number],
  // A date is a day in the calendar, not an instant: it stays the text "2026-09-05".
  [DATE, (text: string) => text],
  [INT8_ARRAY, parseInt8Array],
])

/**
 * Opens a pool of connections as the given role. Everything but migrations uses the plain application role.
 *
 * @param max connections in the pool
 * @param options.boundMs how long a connection or a statement may take before it fails; without it as long as it needs
 */
export function createDatabase(
  url: string,
  max = 10,
  options: { readonly boundMs?: number; readonly statementSeconds?: number } = {},
): { db: Database; pool: pg.Pool } {
  const { boundMs, statementSeconds } = options
  const pool = new pg.Pool({
    connectionString: url,
    max,
    // A server whose machine is gone is noticed in minutes and not in hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...(boundMs === undefined ? {} : { connectionTimeoutMillis: boundMs, query_timeout: boundMs }),
    // PostgreSQL ends a statement that takes longer; without a limit it may take as long as it likes.
    ...(statementSeconds === undefined ? {} : { statement_timeout: statementSeconds * 1000 }),
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
    },
  })
  // An idle connection that breaks (server restart) is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // One that breaks in the middle of a query says so twice: by the query, which fails, and by an event that would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return { db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: prepareStatements(pool) }) }), pool }
}

/**
 * The web process faces strangers: it must not hold a login that may act as the system, least of all the owner's.
 *
 * @throws Error that names the command which prints the right address
 */
export async function refuseSystemLogin(db: Database): Promise<void> {
  const { rows } = await sql<{
    may: boolean
  }>`select pg_has_role(session_user, ${systemRole}, 'member') as may`.execute(db)
  if (rows[0]?.may !== false)
    throw new Error("DATABASE_URL of the web must be the web's own login; `gonglian db logins` prints it")
}
