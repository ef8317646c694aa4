import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '@gonglian/db'

/** Takes all bodies away, and what was written about them. */
export async function emptyTree(owner: Database): Promise<void> {
  await owner.transaction().execute(async (db) => {
    // Without the triggers that would keep the trail.
    await sql`set local session_replication_role = replica`.execute(db)
    for (const table of ['session', 'account']) await sql`delete from auth.${sql.id(table)}`.execute(db)
    for (const table of [
      'reorganisation',
      'former_name',
      'audit_head',
      'audit',
      'subtree',
      'closure',
      'link',
      'federation',
    ])
      await sql`delete from tenancy.${sql.id(table)}`.execute(db)
  })
}

/** The pairs, and that what policies read says the same. */
export async function readClosure(owner: Database): Promise<string[]> {
  const { rows: differing } = await sql`
    select coalesce(s.tenant_id, c.tenant_id) as tenant_id from tenancy.subtree s
    full join (select ancestor_id as tenant_id, array_agg(distinct descendant_id) as bodies from tenancy.closure group by ancestor_id) c
      on c.tenant_id = s.tenant_id
    where s.bodies is distinct from c.bodies`.execute(owner)
  expect(differing).toEqual([])
  const { rows } = await sql<{ pair: string }>`
    select concat_ws(' ', hierarchy, ancestor_id, descendant_id, depth) as pair from tenancy.closure`.execute(owner)
  return rows.map((row) => row.pair).toSorted()
}

/** The closure as the links valid today give it, walked in memory. */
export async function walkLinks(owner: Database): Promise<string[]> {
  const bodies = await owner.selectFrom('tenancy.federation').select(['id', 'valid_to']).execute()
  const links = await owner.selectFrom('tenancy.link').selectAll().execute()
  const pairs: string[] = []
  for (const hierarchy of ['regional', 'line'] as const) {
    const own = links.filter((link) => link.hierarchy === hierarchy)
    // A closed body stays below its last superior.
    const isLast = (link: (typeof own)[number]) =>
      bodies.some((body) => body.id === link.federation_id && body.valid_to === link.valid_to)
    const parentOf = new Map(own.filter(isLast).map((link) => [link.federation_id, link.parent_id]))
    for (const { id } of bodies) {
      const takesPart =
        hierarchy === 'regional' || own.some((link) => link.federation_id === id || link.parent_id === id)
      if (!takesPart) continue
      let depth = 0
      for (let at: number | undefined = id; at !== undefined; at = parentOf.get(at)) {
        pairs.push(`${hierarchy} ${at} ${id} ${depth}`)
        depth += 1
      }
    }
  }
  return pairs.toSorted()
}

/** Fails unless the closure, and what policies read, is what the links say. */
export async function expectClosureIsLinks(owner: Database): Promise<void> {
  expect(await readClosure(owner)).toEqual(await walkLinks(owner))
}
