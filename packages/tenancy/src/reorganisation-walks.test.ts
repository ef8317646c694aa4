import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { systemActor } from './actor.ts'
import { emptyTree, expectClosureIsLinks } from './closure-checks.ts'
import { withTenant } from './context.ts'
import { DomainError } from './error.ts'
import { getFederation, levels } from './federations.ts'
import { ReorganisationPlan } from './reorganisation-plans.ts'
import { applyPlan } from './reorganisations.ts'
import { aUser, openTestDeps, type TestDeps } from './testing.ts'
import { addFederations, type NewFederation } from './tree.ts'

let house: TestDeps
let owner: Database
let closeOwner: () => Promise<void>

beforeAll(async () => {
  house = await openTestDeps()
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  owner = db
  closeOwner = () => pool.end()
})
afterAll(async () => {
  await closeOwner()
  await house.close()
})

const place = fc.nat(40)
const anyPlan = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), body: place, level: fc.nat(3), line: fc.boolean() }),
  fc.record({ kind: fc.constant('close' as const), body: place }),
  fc.record({ kind: fc.constant('rename' as const), body: place }),
  fc.record({ kind: fc.constant('move' as const), body: place, other: place, line: fc.boolean() }),
  fc.record({ kind: fc.constant('merge' as const), body: place, second: place, other: place, isNew: fc.boolean() }),
  fc.record({
    kind: fc.constant('split' as const),
    body: place,
    children: fc.array(place, { minLength: 1, maxLength: 4 }),
  }),
)

/** A country of industries, in which any body may stand below any other of its level or above, in both hierarchies. */
const anyCountry = fc.array(fc.record({ parent: place, line: fc.option(place, { nil: null }), level: fc.nat(2) }), {
  minLength: 4,
  maxLength: 14,
})

test('whatever is opened, closed, renamed, moved, merged or split, the closure is what the links say and nothing past is lost', async () => {
  let done = 0
  await fc.assert(
    fc.asyncProperty(anyCountry, fc.array(anyPlan, { maxLength: 10 }), async (country, plans) => {
      await emptyTree(owner)
      const codes = ['B0']
      const bodies = [{ parent: 0, line: null, level: 0 }, ...country].map((draft, index): NewFederation => {
        if (index > 0) codes.push(`B${index}`)
        return {
          code: `B${index}`,
          name: `第${index}工会`,
          shortName: `第${index}`,
          level: index === 0 ? 'national' : (levels[1 + draft.level] ?? 'township'),
          kind: 'industry',
          validFrom: '2000-01-01',
          ...(index === 0 ? {} : { parentCode: `B${draft.parent % index}` }),
          ...(index === 0 || draft.line === null ? {} : { lineParentCode: `B${draft.line % index}` }),
        }
      })
      await withTenant(house.deps, systemActor('test', 0), (ctx) => addFederations(ctx, bodies))
      const root = await withTenant(house.deps, systemActor('test', 0), (ctx) => getFederation(ctx, 'B0'))
      const code = (at: number) => codes[at % codes.length] ?? 'B0'
      for (const [index, plan] of plans.entries()) {
        // Each on a day of its own, as moves follow each other.
        const day = `2026-11-${String(16 + (index % 14)).padStart(2, '0')}`
        house.setNow(`${day}T12:00:00+08:00`)
        const fresh = `N${index}`
        const grounds = { day, reason: '随机调整' }
        const input = {
          open: () => ({
            code: fresh,
            name: `新${index}工会`,
            level: plan.kind === 'open' ? levels[1 + plan.level] : 'township',
            bodyKind: 'industry',
            parent: code(plan.body),
            ...(plan.kind === 'open' && plan.line ? { lineParent: code(plan.body + 1) } : {}),
          }),
          close: () => ({ body: code(plan.body) }),
          rename: () => ({ body: code(plan.body), name: `改名${index}工会` }),
          move: () => ({
            body: code(plan.body),
            parent: plan.kind === 'move' ? code(plan.other) : 'B0',
            hierarchy: plan.kind === 'move' && plan.line ? 'line' : 'regional',
          }),
          merge: () => ({
            bodies: plan.kind === 'merge' ? [code(plan.body), code(plan.second)] : [code(plan.body)],
            ...(plan.kind === 'merge' && !plan.isNew
              ? { into: code(plan.other) }
              : { into: fresh, name: `新${index}工会` }),
          }),
          split: () => ({
            body: code(plan.body),
            code: fresh,
            name: `新${index}工会`,
            children: plan.kind === 'split' ? plan.children.map(code) : ['B0'],
          }),
        }[plan.kind]()
        const before = await sql<{
          id: number
        }>`select * from tenancy.link where valid_to is not null order by id`.execute(owner)
        const outcome = await withTenant(house.deps, aUser(root.id, 'leader'), (ctx) =>
          applyPlan(ctx, ReorganisationPlan.parse({ kind: plan.kind, ...grounds, ...input })),
        ).catch((error: unknown) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(DomainError)
        else {
          done += 1
          if (plan.kind === 'open' || plan.kind === 'split' || (plan.kind === 'merge' && plan.isNew)) codes.push(fresh)
        }
        await expectClosureIsLinks(owner)
        // No open body stands below a closed one, and what had ended stays as it was.
        const { rows: orphans } = await sql`
          select 1 from tenancy.link l join tenancy.federation p on p.id = l.parent_id
          where l.valid_to is null and p.valid_to is not null`.execute(owner)
        expect(orphans).toEqual([])
        const after = await sql<{
          id: number
        }>`select * from tenancy.link where valid_to is not null order by id`.execute(owner)
        expect(after.rows).toEqual(expect.arrayContaining(before.rows))
      }
    }),
    { numRuns: 25 },
  )
  // The walk does walk.
  expect(done).toBeGreaterThan(20)
})
