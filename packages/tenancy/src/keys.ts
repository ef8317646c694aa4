import { sql } from 'kysely'
import { visitor } from './actor.ts'
import { recordAudit } from './audit.ts'
import { withTenant, type Deps, type TenantContext } from './context.ts'
import { DomainError } from './error.ts'

/** How often each process reads the data keys again. */
export const keysRefreshMs = 30_000
/** From adding a key until it seals: every process has read it by then, also one that missed a turn. */
const activationMs = 3 * keysRefreshMs

/**
 * Reads the stored data keys into the process's vault. Each process does so at its start and every `keysRefreshMs`.
 *
 * @throws Error when a key was sealed under another secret
 */
export async function refreshKeys(deps: Deps): Promise<void> {
  await withTenant(deps, visitor('keys', ''), async (ctx) => {
    const rows = await ctx.db.selectFrom('tenancy.data_key').select(['version', 'sealed', 'active_from']).execute()
    deps.vault.adoptKeys(
      rows.map((row) => ({ version: row.version, sealed: row.sealed, activeFrom: row.active_from })),
      ctx.now,
    )
  })
}

/**
 * Reads the keys at once and from then on again and again; `onError` hears of a turn that failed, the keys read before stay in use.
 *
 * @returns what ends it
 */
export async function keepKeysFresh(deps: Deps, onError: (error: unknown) => void): Promise<() => void> {
  await refreshKeys(deps)
  const timer = setInterval(() => void refreshKeys(deps).catch(onError), keysRefreshMs)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Adds a data key that seals from `activeFrom` on. Two operators at once take turns; the second adds a key of its own.
 *
 * @throws DomainError forbidden for anybody but the system
 */
export async function addKey(ctx: TenantContext): Promise<{ version: number; activeFrom: Date }> {
  if (ctx.actor.kind !== 'system') throw new DomainError('forbidden', 'errors.forbidden')
  await sql`select pg_advisory_xact_lock(7006)`.execute(ctx.db)
  const { newest } = await ctx.db
    .selectFrom('tenancy.data_key')
    .select((eb) => eb.fn.max('version').as('newest'))
    .executeTakeFirstOrThrow()
  const version = (newest ?? 1) + 1
  const activeFrom = new Date(ctx.now.getTime() + activationMs)
  await ctx.db
    .insertInto('tenancy.data_key')
    .values({ version, sealed: ctx.vault.makeKey(version), active_from: activeFrom })
    .execute()
  await recordAudit(ctx, { action: 'keys.add', objectKind: 'key', objectId: version, after: { version } })
  return { version, activeFrom }
}

/** A column whose values the vault seals, the name of the field they are sealed for, and the column of whole numbers that is the key of its table. */
export type SealedColumn = {
  readonly table: string
  readonly key: string
  readonly column: string
  readonly field: string
}

const batchRows = 2000

/**
 * Seals the values of a column anew with the key of today, a batch of rows for each transaction. May be stopped and started again at
 * any time: what is done has the new version in its first byte. A value that was changed meanwhile is left for the next batch.
 *
 * @param deps of a vault that has read the keys
 * @returns how many values were sealed anew
 */
export async function resealColumn(deps: Deps, actor: TenantContext['actor'], sealed: SealedColumn): Promise<number> {
  const table = sql.table(sealed.table)
  const key = sql.ref(sealed.key)
  const column = sql.ref(sealed.column)
  let count = 0
  let after = 0
  for (;;) {
    const done = await withTenant(deps, actor, async (ctx) => {
      // In the order of the key; values of the newest version are passed over by their first byte.
      const { rows } = await sql<{ key: number; value: Buffer }>`
        select ${key} as key, ${column} as value from ${table}
        where ${key} > ${after} and ${column} is not null and get_byte(${column}, 0) < ${ctx.vault.version()}
        order by ${key} limit ${batchRows} for update skip locked`.execute(ctx.db)
      if (rows.length === 0) return 0
      const fresh = rows.map((row) => ctx.vault.seal(sealed.field, ctx.vault.open(sealed.field, row.value)))
      await sql`
        update ${table} as old set ${column} = new.value
        from unnest(${rows.map((row) => row.key)}::bigint[], ${fresh}::bytea[]) as new(key, value) where old.${key} = new.key`.execute(
        ctx.db,
      )
      after = rows.at(-1)?.key ?? after
      return rows.length
    })
    if (done === 0) return count
    count += done
  }
}

/** How many values of a column each version of the key seals. */
export async function countSealed(ctx: TenantContext, sealed: SealedColumn): Promise<Map<number, number>> {
  const { rows } = await sql<{ version: number; values: number }>`
    select get_byte(${sql.ref(sealed.column)}, 0) as version, count(*)::int as values from ${sql.table(sealed.table)}
    where ${sql.ref(sealed.column)} is not null group by 1`.execute(ctx.db)
  return new Map(rows.map((row) => [row.version, row.values]))
}
