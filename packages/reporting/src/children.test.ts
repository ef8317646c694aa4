import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor, withTenant } from '@gonglian/tenancy'
import {
  aSmallTree,
  aUser,
  idOf,
  openRehearsal,
  openTestDeps,
  type Rehearsal,
  type TestDeps,
} from '@gonglian/tenancy/testing'
import { reviewed } from './children.ts'

let house: TestDeps
let rehearsal: Rehearsal
let tree: Map<string, number>
/** From above downwards: a body moves only below one that stands before it. */
const order = ['00', '51', '32', '5132', '513221', '513222', '513221100']
const days = ['2026-03-10', '2026-05-20', '2026-08-31', '2026-09-01', '2026-10-15']

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

type Change = { kind: 'move' | 'close'; body: string; to: number }

/** Moves the bodies, or closes them and gives what is below to the body above, one change a day. */
async function change(changes: readonly Change[]): Promise<Set<string>> {
  const closed = new Set<string>()
  await withTenant(rehearsal.deps, systemActor('test', idOf(tree, '00')), async ({ db }) => {
    const leave = (id: number, day: string) =>
      sql`update tenancy.link set valid_to = ${day} where federation_id = ${id} and hierarchy = 'regional' and valid_to is null`.execute(
        db,
      )
    const enter = (id: number, parent: number, day: string) =>
      sql`insert into tenancy.link (federation_id, parent_id, valid_from) values (${id}, ${parent}, ${day})`.execute(db)
    for (const [index, { kind, body: code, to }] of changes.entries()) {
      const day = days[index] ?? ''
      const above = order.slice(0, order.indexOf(code)).filter((one) => !closed.has(one))
      if (closed.has(code)) continue
      const id = idOf(tree, code)
      const parent = idOf(tree, above[to % above.length] ?? '00')
      await leave(id, day)
      if (kind === 'move') await enter(id, parent, day)
      else {
        closed.add(code)
        await sql`update tenancy.federation set valid_to = ${day} where id = ${id}`.execute(db)
        const { rows } = await sql<{ id: number }>`select federation_id as id from tenancy.link
          where parent_id = ${id} and hierarchy = 'regional' and valid_to is null`.execute(db)
        for (const child of rows) {
          await leave(child.id, day)
          await enter(child.id, parent, day)
        }
      }
    }
  })
  return closed
}

test('whose reports a body reviews, and of which days: as the reviewer of each report one by one', async () => {
  const changes = fc.array(
    fc.record({
      kind: fc.constantFrom('move' as const, 'close' as const),
      body: fc.constantFrom('5132', '513221', '513222', '513221100'),
      to: fc.nat(40),
    }),
    { minLength: 3, maxLength: days.length },
  )
  await fc.assert(
    fc
      .asyncProperty(changes, async (made) => {
        const closed = await change(made)
        for (const code of order.filter((one) => one.length < 9 && !closed.has(one)))
          await withTenant(rehearsal.deps, aUser(idOf(tree, code), 'reviewer'), async (ctx) => {
            const { rows } = await sql<{ each: string[]; set: string[] }>`
              with recursive ${reviewed(ctx)}, asked as (
                select f.id, d.day, f.code || ' ' || d.day as name from tenancy.federation f
                cross join unnest(${[...days, '2026-01-31', '2026-12-31']}::date[]) as d (day)
              )
              select array(select name from asked where id = any (tenancy.reviewable_ever())
                  and reporting.find_reviewer(id, day) = ${ctx.tenantId} order by name) as each,
                array(select name from asked join reviewed v on v.body = id and v.during @> day order by name) as set`.execute(
              ctx.db,
            )
            expect(rows[0]?.set).toEqual(rows[0]?.each)
          })
      })
      .afterEach(() => rehearsal.undo()),
    {
      numRuns: 10,
      // Moved, then closed: of what is below, the new superior reviews the days from the move to the closing.
      examples: [
        [
          [
            { kind: 'move', body: '513221', to: 1 },
            { kind: 'close', body: '513221', to: 2 },
          ],
        ],
      ],
    },
  )
})
