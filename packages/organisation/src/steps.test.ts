import { createDatabase } from '@gonglian/db'
import { openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { stepStates, type ObjectKind } from './steps.ts'

const tables = {
  employer: 'employer.status',
  lead: 'lead.state',
  union: 'trade_union.state',
  member: 'member.state',
  transfer: 'transfer.state',
  term: 'term.state',
  election: 'election.state',
  congress: 'congress.state',
  quota: 'delegate_quota.state',
  rating: 'rating.state',
  appraisal: 'appraisal.state',
} as const satisfies Record<ObjectKind, string>

test('every state that the database takes may be noted, and has its words by that', async () => {
  const house = await openTestDeps()
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  const { rows } = await sql<{ place: string; text: string }>`
    select c.relname || '.' || a.attname as place, pg_get_constraintdef(k.oid) as text
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where c.relnamespace = 'organisation'::regnamespace and k.contype = 'c' and cardinality(k.conkey) = 1`.execute(db)
  await pool.end()
  await house.close()
  const missing = Object.entries(tables).flatMap(([kind, place]) => {
    const known = new Set<string>(
      Object.entries(stepStates).flatMap(([one, states]) => (one === kind ? [...states] : [])),
    )
    const taken = rows
      .filter((row) => row.place === place && row.text.includes('ARRAY'))
      .flatMap(({ text }) => [...text.matchAll(/'(\w+)'::text/g)].map((found) => found[1] ?? ''))
    return taken.length === 0 ? [place] : taken.filter((state) => !known.has(state)).map((state) => `${kind}.${state}`)
  })
  expect(missing).toEqual([])
})
