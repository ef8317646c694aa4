import type { Sweep } from '@gonglian/jobs/sweeps'
import { listRoots, recordAudit, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { FileKeeper } from './keeper.ts'
import { openStored } from './opening.ts'

const minute = 60_000
/** So many at once; the next turn takes the next. */
const most = 200
/** A form that is typed over two working days keeps what was attached to it. */
const looseDays = 3

/** What the worker does with files: checks those whose scanner did not answer, and clears away what belongs to nothing. */
export function fileSweeps(keeper: FileKeeper): Sweep<Deps>[] {
  const each = (work: (deps: Deps, keeper: FileKeeper, top: number) => Promise<unknown>) => async (deps: Deps) => {
    for (const top of await listRoots(deps)) await work(deps, keeper, top)
  }
  return [
    { name: 'files.check', everyMs: minute, run: each(checkWaiting) },
    { name: 'files.clear', everyMs: 60 * minute, run: each(clearAway) },
  ]
}

/** Asks the scanner again about files that wait. Without an answer they go on waiting. Returns how many it answered for. */
export async function checkWaiting(deps: Deps, keeper: FileKeeper, top: number): Promise<number> {
  const { scanner } = keeper
  if (scanner === null) return 0
  const actor = systemActor('files', top)
  const waiting = await withTenant(deps, actor, ({ db }) =>
    db.selectFrom('files.file').selectAll().where('check_state', '=', 'waiting').orderBy('id').limit(most).execute(),
  )
  let answered = 0
  for (const row of waiting) {
    const verdict = await scanner(openStored(deps, keeper, actor, row))
    if (verdict === 'unanswered') continue
    answered += 1
    await withTenant(deps, systemActor('files', row.tenant_id), async (ctx) => {
      await ctx.db.updateTable('files.file').set({ check_state: verdict }).where('id', '=', row.id).execute()
      if (verdict === 'infected')
        await recordAudit(ctx, {
          action: 'file.infected',
          objectKind: 'file',
          objectId: row.id,
          after: { kind: row.kind, bytes: row.byte_count, sha256: row.sha256.toString('hex') },
        })
    })
  }
  return answered
}

/** Removes files that nobody attached, and deletes the objects of removed files. Returns how many of each. */
export async function clearAway(
  deps: Deps,
  keeper: FileKeeper,
  top: number,
): Promise<{ loose: number; dropped: number }> {
  const actor = systemActor('files', top)
  const loose = await withTenant(deps, actor, async ({ db, now }) => {
    const before = new Date(now.getTime() - looseDays * 24 * 60 * minute)
    const { rows } = await sql<{ tenant_id: number; place: string }>`
      delete from files.file where id in (select id from files.file
        where object_id is null and hold = 'open' and stored_at < ${before} order by stored_at limit ${most})
      returning tenant_id, place`.execute(db)
    const left = rows.filter(({ place }) => place !== '')
    if (left.length > 0) await db.insertInto('files.dropped').values(left).execute()
    return rows.length
  })
  return { loose, dropped: await deleteDropped(deps, keeper, top) }
}

async function deleteDropped(deps: Deps, { objects }: FileKeeper, top: number): Promise<number> {
  if (objects === null) return 0
  const actor = systemActor('files', top)
  const rows = await withTenant(deps, actor, ({ db }) =>
    db.selectFrom('files.dropped').select(['id', 'place']).orderBy('id').limit(most).execute(),
  )
  for (const { id, place } of rows) {
    await objects.remove(place)
    await withTenant(deps, actor, ({ db }) => db.deleteFrom('files.dropped').where('id', '=', id).execute())
  }
  return rows.length
}
