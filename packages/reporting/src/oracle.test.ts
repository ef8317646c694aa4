import fc from 'fast-check'
import { sql } from 'kysely'
import { createDatabase, type Database } from '@gonglian/db'
import { parsePeriod, type Form } from '@gonglian/indicators'
import { drainDirty, hierarchies, readTotals, recomputeAll, verifyTotals } from '@gonglian/rollup'
import {
  DomainError,
  addFederations,
  moveFederation,
  systemActor,
  withTenant,
  type Deps,
  type NewFederation,
  type TenantContext,
} from '@gonglian/tenancy'
import { aUser, openTestDeps } from '@gonglian/tenancy/testing'
import { expect, test } from 'vitest'
import {
  acceptAgain,
  acceptReport,
  ListReviewQueue,
  getReview,
  listReviewQueue,
  openReport,
  reopenReport,
  returnReport,
  saveDraft,
  submitReport,
  withdrawReport,
} from './index.ts'
import {
  acceptPlainly,
  computeAccepted,
  computePlainly,
  endDisplaced,
  findParent,
  isInTree,
  reportKey,
  type Accepted,
  type Hierarchy,
  type PlainReport,
  type World,
} from './oracle.ts'
import { aForm } from './testing.ts'

// P2, P3, P5: random trees, random sequences of everything people do, the worker running, running twice, dying anywhere or not at all.
// Whenever the marks are worked off, every total of every body in both hierarchies is what a plain walk of the tree says.

const levels = ['national', 'province', 'city', 'county', 'township'] as const
const periods = ['2026-Q2', '2026-Q3', '2026-Q4'] as const
const days = ['2026-06-15', '2026-08-15', '2026-10-15', '2026-11-20'] as const
const today = '2026-11-21'

type Real = { deps: Deps; setNow: (at: string) => void; owner: Database; form: Form; root: number; made: number }
type Command = fc.AsyncCommand<World, Real>

/** What the model allows must work, what it forbids must be refused as an expected error. */
async function doOrRefuse<T>(isAllowed: boolean, work: () => Promise<T>): Promise<T | null> {
  if (isAllowed) return work()
  await expect(work()).rejects.toBeInstanceOf(DomainError)
  return null
}

const pick = <T>(list: readonly T[], seed: number): T => {
  const item = list[seed % list.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}
const idOf = (world: World, key: number) => world.bodies[key]?.id ?? 0
const as = <T>(
  real: Real,
  world: World,
  key: number,
  role: 'officer' | 'reviewer',
  work: (ctx: TenantContext) => Promise<T>,
) => withTenant(real.deps, aUser(idOf(world, key), role), work)
const place = (report: PlainReport) => ({ reportId: report.id, version: report.version })

type Cells = readonly { value: number | null; isInexact: boolean }[]

const submit = (body: number, period: string, typed: Cells): Command => ({
  check: () => true,
  run: async (world, real) => {
    const { key, level } = pick(world.bodies, body)
    const before = world.reports.get(reportKey(key, period))
    const isEmpty = typed.every((cell) => cell.value === null)
    const canOpen =
      before !== undefined || (world.fillers.includes(level) && isInTree(world, key, parsePeriod(period).end))
    const isAllowed =
      canOpen && !isEmpty && (before === undefined || ['draft', 'returned', 'correcting'].includes(before.state))
    const done = await doOrRefuse(isAllowed, () =>
      as(real, world, key, 'officer', async (ctx) => {
        const opened = before ? place(before) : await openReport(ctx, { form: real.form.code, period: period })
        // A note that is new every time answers whatever was sent back.
        const cells = typed.map(({ value, isInexact }, index) => ({
          position: index + 1,
          value,
          mark: value !== null && isInexact ? 1 : 0,
          upper: null,
          note: `${real.made++}`,
        }))
        const saved = await saveDraft(ctx, { ...opened, cells })
        const sent = await submitReport(ctx, {
          reportId: opened.reportId,
          version: saved.version,
          confirmWarnings: true,
          zero: false,
        })
        return { id: opened.reportId, version: sent.version }
      }),
    )
    if (!done) return
    const inexact = typed.flatMap(({ value, isInexact }, index) => (value !== null && isInexact ? [index + 1] : []))
    world.reports.set(reportKey(key, period), {
      ...done,
      state: 'submitted',
      figures: typed.map((cell) => cell.value),
      inexact: new Set(inexact),
    })
  },
  toString: () => `submit(${body}, ${period}, ${JSON.stringify(typed)})`,
})

type StepName = 'withdraw' | 'accept' | 'return' | 'reopen'

const takeStep = (step: StepName, which: number): Command => ({
  check: (world) => world.reports.size > 0,
  run: async (world, real) => {
    const [name, report] = pick([...world.reports], which)
    const [body, period] = name.split(' ')
    const key = Number(body)
    if (step === 'withdraw') {
      const done = await doOrRefuse(report.state === 'submitted', () =>
        as(real, world, key, 'officer', (ctx) => withdrawReport(ctx, place(report))),
      )
      if (done) Object.assign(report, { version: done.version, state: 'draft' })
      return
    }
    const superior = findParent(world, 'regional', key, parsePeriod(period ?? '').end)
    if (superior === undefined) return
    const wanted = step === 'reopen' ? 'accepted' : 'submitted'
    const isAllowed = report.state === wanted
    const act = (ctx: TenantContext) => {
      if (step === 'accept') return acceptReport(ctx, place(report))
      if (step === 'return') return returnReport(ctx, { ...place(report), faults: [{ position: 1, reason: '请核实' }] })
      return reopenReport(ctx, { ...place(report), reason: '补报' })
    }
    const done = await doOrRefuse(isAllowed, () => as(real, world, superior, 'reviewer', act))
    const next = { accept: 'accepted', return: 'returned', reopen: 'correcting' } as const
    if (!done) return
    Object.assign(report, { version: done.version, state: next[step] })
    if (step === 'accept') acceptPlainly(world, key, period ?? '', superior)
  },
  toString: () => `${step}(${which})`,
})

const isSameAccepted = (a: Accepted, b: Accepted) =>
  JSON.stringify([a.figures, [...a.inexact].toSorted(), a.count]) ===
  JSON.stringify([b.figures, [...b.inexact].toSorted(), b.count])

/** The superior accepts again where something below has changed; elsewhere there is nothing to accept. */
const acceptOnceMore = (which: number): Command => ({
  check: (world) => world.acceptances.size > 0,
  run: async (world, real) => {
    const [name, acceptance] = pick([...world.acceptances], which)
    const report = world.reports.get(name)
    const [body, period = ''] = name.split(' ')
    const key = Number(body)
    if (report?.state !== 'accepted') return
    await drainDirty(real.deps)
    const { changedBelow } = await as(real, world, acceptance.by, 'reviewer', (ctx) =>
      getReview(ctx, { reportId: report.id }),
    ).then((review) => review.report)
    const isChanged = hierarchies.some(
      (hierarchy) => !isSameAccepted(computeAccepted(world, key, period, hierarchy), acceptance.parts[hierarchy]),
    )
    expect(changedBelow !== null).toBe(isChanged)
    // The list of all of them says so too.
    const { reports } = await as(real, world, acceptance.by, 'reviewer', (ctx) =>
      listReviewQueue(ctx, ListReviewQueue.parse({ state: 'changed', pageSize: 500 })),
    )
    expect(reports.some(({ reportId }) => reportId === report.id)).toBe(isChanged)
    const mark = changedBelow?.mark ?? 'x'.repeat(32)
    const done = await doOrRefuse(isChanged, () =>
      as(real, world, acceptance.by, 'reviewer', (ctx) => acceptAgain(ctx, { ...place(report), mark })),
    )
    if (!done) return
    report.version = done.version
    acceptPlainly(world, key, period, acceptance.by)
  },
  toString: () => `acceptAgain(${which})`,
})

/** Whether a superior would stand below the body on any day from the move on. */
function closesCircle(
  world: World,
  move: { key: number; parent: number; hierarchy: Hierarchy; from: string },
): boolean {
  const changes = [move.from, ...world.links.flatMap((link) => (link.from > move.from ? [link.from] : []))]
  return changes.some((day) => {
    let at: number | undefined = move.parent
    while (at !== undefined && at !== move.key) at = findParent(world, move.hierarchy, at, day)
    return at !== undefined
  })
}

const moveBody = (body: number, to: number, hierarchy: Hierarchy, from: string): Command => ({
  check: () => true,
  run: async (world, real) => {
    const { key } = pick(world.bodies.slice(1), body)
    const { key: parent } = pick(world.bodies, to)
    const link = world.links.find((other) => other.hierarchy === hierarchy && other.child === key && other.to === null)
    const isAllowed = (link === undefined || link.from < from) && !closesCircle(world, { key, parent, hierarchy, from })
    const done = await doOrRefuse(isAllowed, async () => {
      // On the day itself: a move back into a period that is over is refused (P5).
      real.setNow(`${from}T12:00:00+08:00`)
      await withTenant(real.deps, systemActor('test', real.root), (ctx) =>
        moveFederation(ctx, {
          federationId: idOf(world, key),
          parentId: idOf(world, parent),
          hierarchy,
          from,
          reason: '区划调整',
        }),
      )
      return true
    }).finally(() => real.setNow(`${today}T12:00:00+08:00`))
    if (!done) return
    if (link) link.to = from
    world.links.push({ hierarchy, child: key, parent, from, to: null })
    endDisplaced(world)
  },
  toString: () => `move(${body} -> ${to}, ${hierarchy}, ${from})`,
})

const foundBody = (under: number, from: string): Command => ({
  check: (world) => world.bodies.length < 18,
  run: async (world, real) => {
    const parent = pick(world.bodies, under)
    const key = world.bodies.length
    const code = `N${key}`
    await withTenant(real.deps, systemActor('test', real.root), async (ctx) => {
      const parentCode = await ctx.db
        .selectFrom('tenancy.federation')
        .select('code')
        .where('id', '=', parent.id)
        .executeTakeFirstOrThrow()
      await addFederations(ctx, [
        {
          code,
          name: `新设${key}总工会`,
          shortName: `新设${key}`,
          level: 'township',
          validFrom: from,
          parentCode: parentCode.code,
        },
      ])
      const { id } = await ctx.db
        .selectFrom('tenancy.federation')
        .select('id')
        .where('code', '=', code)
        .executeTakeFirstOrThrow()
      world.bodies.push({ key, id, level: 'township' })
    })
    world.links.push({ hierarchy: 'regional', child: key, parent: parent.key, from, to: null })
  },
  toString: () => `found(under ${under}, ${from})`,
})

const work = (how: 'once' | 'twice at once' | { diesAt: number }): Command => ({
  check: () => true,
  run: async (_world, { deps, owner }) => {
    if (typeof how === 'string') {
      await Promise.all([drainDirty(deps), ...(how === 'once' ? [] : [drainDirty(deps)])])
      return
    }
    await sql`select setval('sabotage.step', 1)`.execute(owner)
    await sql`update sabotage.plan set at = ${how.diesAt + 1}`.execute(owner)
    await drainDirty(deps).catch((error: unknown) => {
      if (!String(error).includes('sabotage')) throw error
    })
    await sql`update sabotage.plan set at = null`.execute(owner)
  },
  toString: () => `work(${JSON.stringify(how)})`,
})

/** Makes the database fail in the middle of the worker's n-th write: what a death in between leaves is what a rollback leaves. */
async function sabotage(owner: Database): Promise<void> {
  for (const statement of [
    `create schema sabotage`,
    `create sequence sabotage.step`,
    `create table sabotage.plan (at bigint)`,
    `insert into sabotage.plan values (null)`,
    `create function sabotage.strike() returns trigger security definer language plpgsql as $$ begin
       if nextval('sabotage.step') = (select at from sabotage.plan) then raise exception 'sabotage'; end if; return coalesce(new, old); end $$`,
    `create trigger strike before insert or update or delete on rollup.total for each row execute function sabotage.strike()`,
    `create trigger strike before delete on rollup.dirty for each row execute function sabotage.strike()`,
  ]) {
    await sql.raw(statement).execute(owner)
  }
}

async function build(
  deps: Deps,
  seeds: { parents: readonly number[]; lines: readonly number[]; fillers: readonly (typeof levels)[number][] },
): Promise<{ world: World; root: number; form: Form }> {
  const depths = [0]
  const parents: number[] = []
  for (const [index, seed] of seeds.parents.entries()) {
    const above = depths.flatMap((depth, key) => (depth < 4 && key <= index ? [key] : []))
    const parent = pick(above, seed)
    parents.push(parent)
    depths.push((depths[parent] ?? 0) + 1)
  }
  const level = (key: number) => levels[depths[key] ?? 0] ?? 'township'
  const lines = new Map(
    seeds.lines.flatMap((seed, index) =>
      seed > 0 && index > 0 && index + 1 < depths.length ? [[index + 1, 1 + (seed % index)] as const] : [],
    ),
  )
  const bodies = depths.map((_, key): NewFederation => {
    const parent = parents[key - 1]
    const line = lines.get(key)
    return {
      code: `B${key}`,
      name: `第${key}总工会`,
      shortName: `第${key}`,
      level: level(key),
      validFrom: '1990-01-01',
      ...(parent === undefined ? {} : { parentCode: `B${parent}` }),
      ...(line === undefined ? {} : { lineParentCode: `B${line}` }),
    }
  })
  const ids = await withTenant(deps, systemActor('test', 0), async (ctx) => {
    await addFederations(ctx, bodies)
    const rows = await ctx.db.selectFrom('tenancy.federation').select(['id', 'code']).execute()
    return new Map(rows.map((row) => [row.code, row.id]))
  })
  const since = { from: '1990-01-01', to: null }
  const root = ids.get('B0') ?? 0
  const items = [{}, {}, { nature: 'stock' as const }, { additivity: 'distinct' as const }]
  const fillerLevels = seeds.fillers.flatMap((filler) => (filler === 'national' ? [] : [filler]))
  const form = await aForm(deps, root, { items, fillerLevels })
  const world: World = {
    fillers: fillerLevels,
    summed: [true, true, true, false],
    bodies: depths.map((_, key) => ({ key, id: ids.get(`B${key}`) ?? 0, level: level(key) })),
    links: [
      ...parents.map((parent, index) => ({ hierarchy: 'regional' as const, child: index + 1, parent, ...since })),
      ...[...lines].map(([child, parent]) => ({ hierarchy: 'line' as const, child, parent, ...since })),
    ],
    reports: new Map(),
    acceptances: new Map(),
  }
  return { world, root, form }
}

async function compareAll(world: World, real: Real): Promise<void> {
  const verdict = await verifyTotals(real.deps)
  expect(verdict).toMatchObject({ waiting: 0, differences: [] })
  for (const hierarchy of hierarchies) {
    const totals = await withTenant(real.deps, systemActor('test', real.root), (ctx) =>
      readTotals(ctx, {
        formId: real.form.id,
        periods: [...periods],
        hierarchy,
        bodies: world.bodies.map((body) => body.id),
      }),
    )
    for (const period of periods) {
      for (const body of world.bodies) {
        const found = totals.find((total) => total.tenantId === body.id && total.period === period)
        const plain = computePlainly(world, body.key, period, hierarchy)
        expect({ body: body.key, hierarchy, ...found }).toMatchObject({
          body: body.key,
          hierarchy,
          ...plain,
        })
      }
    }
  }
}

const seed = fc.nat({ max: 1000 })
const value = fc.option(fc.oneof(fc.nat({ max: 100 }), fc.constantFrom(0, 999_999_999_999)), { nil: null, freq: 4 })
const cells = fc.array(fc.record({ value, isInexact: fc.boolean() }), { minLength: 4, maxLength: 4 })
const period = fc.constantFrom(...periods)
const submits = fc.tuple(seed, period, cells).map((args) => submit(...args))
const steps = (step: StepName) => seed.map((which) => takeStep(step, which))
const commands = fc.commands(
  [
    ...[submits, submits, submits],
    ...[steps('withdraw'), steps('return'), steps('reopen'), steps('accept'), steps('accept'), steps('accept')],
    ...[seed.map(acceptOnceMore), seed.map(acceptOnceMore)],
    fc.tuple(seed, seed, fc.constantFrom(...hierarchies), fc.constantFrom(...days)).map((args) => moveBody(...args)),
    fc.tuple(seed, fc.constantFrom(...days)).map((args) => foundBody(...args)),
    fc
      .oneof(
        fc.constantFrom('once' as const, 'twice at once' as const),
        fc.record({ diesAt: fc.integer({ min: 1, max: 12 }) }),
      )
      .map((how) => work(how)),
  ],
  { maxCommands: 60, size: 'max' },
)
const country = fc.record({
  parents: fc.array(seed, { minLength: 5, maxLength: 13 }),
  lines: fc.array(fc.oneof(fc.constant(0), seed), { maxLength: 13 }),
  fillers: fc
    .constantFrom([...levels], ['township', 'county'] as const, ['township'] as const)
    .map((list) => [...list]),
})

test('whatever happens in whatever order, every total is the sum of the reports', async () => {
  await fc.assert(
    fc.asyncProperty(country, commands, async (seeds, sequence) => {
      const house = await openTestDeps()
      const { db: owner, pool } = createDatabase(house.ownerUrl, 1)
      try {
        await sabotage(owner)
        const { world, root, form } = await build(house.deps, seeds)
        const real: Real = { deps: house.deps, setNow: house.setNow, owner, form, root, made: 0 }
        expect(house.deps.clock().toISOString().slice(0, 10)).toBe(today)
        await fc.asyncModelRun(() => ({ model: world, real }), sequence)
        await drainDirty(house.deps)
        await compareAll(world, real)
        // Nothing was left for a full recomputation to change.
        for (const period of periods) {
          const isBegun = [...world.reports.keys()].some((name) => name.endsWith(period))
          if (!isBegun || form.fillerLevels.length === 0) continue
          const changed = await withTenant(house.deps, systemActor('test', root), (ctx) =>
            recomputeAll(ctx, { formId: form.id, period }),
          )
          expect(changed).toBe(0)
        }
      } finally {
        await pool.end()
        await house.close()
      }
    }),
    { numRuns: 15, endOnFailure: false },
  )
})
