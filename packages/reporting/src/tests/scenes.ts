import { sql } from 'kysely'
import type { Database } from '@gonglian/db'
import type { Form } from '@gonglian/indicators'
import { drainDirty, hierarchies, readBacklog, readTotals, verifyTotals } from '@gonglian/rollup'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { computePlainly, type Accepted, type Hierarchy, type PlainReport, type World } from '../oracle.ts'
import type { Leg, Outcome, Stage, Task } from '../schedules.ts'

// For tests of schedules: a state of the database to which each schedule returns, and the comparison at its end.

/** Every how many statements a task is stopped; 1 tries all, and more seeds, in some minutes. */
export const every: number = 8

export type Scene = { begin: () => Promise<void>; names: readonly string[]; tasks: readonly Task[] }

export type Scenes = {
  /** Remembers what is stored now, to begin the next schedule with the same. */
  keep(name: string): Promise<() => Promise<void>>
  /**
   * Runs a schedule from the scene's beginning. Once nothing is left to do, `faults` says what was thrown and which totals differ, for `verify` and for the
   * plain oracle; none when all is well.
   *
   * @param looked only these bodies are compared with the oracle, where all would take too long
   */
  tryOut(
    scene: Scene,
    legs: readonly Leg[],
    choose?: (ready: readonly number[]) => number,
    looked?: ReadonlySet<number>,
  ): Promise<{ outcome: Outcome; faults: unknown[] }>
}

const kept = [
  'tenancy.link',
  'tenancy.closure',
  'tenancy.subtree',
  'indicators.form',
  'reporting.report',
  'reporting.draft',
  'reporting.report_version',
  'reporting.acceptance',
  'reporting.accepted_total',
  'tenancy.former',
  'rollup.total',
  'rollup.dirty',
  'rollup.regrouped',
  'rollup.recount',
] as const

/** @param place.root the body at the top, at whose reach totals are read */
export async function openScenes(
  deps: Deps,
  { owner, stage, root, form, period }: { owner: Database; stage: Stage; root: number; form: Form; period: string },
): Promise<Scenes> {
  await sql.raw('create schema kept').execute(owner)
  const keep = async (name: string): Promise<() => Promise<void>> => {
    const copies = kept.map((table) => ({ table, copy: `kept.${name}_${table.replace('.', '_')}` }))
    for (const { table, copy } of copies) await sql.raw(`create table ${copy} as table ${table}`).execute(owner)
    const back = copies.map(({ table, copy }) => `insert into ${table} overriding system value select * from ${copy};`)
    const script = `begin; set local session_replication_role = replica;
      ${copies.map(({ table }) => `delete from ${table};`).join('')} ${back.join('')} commit`
    return async () => {
      await sql.raw(script).execute(owner)
    }
  }

  const findDrift = async (looked?: ReadonlySet<number>): Promise<unknown[]> => {
    for (;;) {
      const { marks, moves } = await readBacklog(deps)
      if (marks + moves === 0) break
      await drainDirty(deps)
    }
    const { differences } = await verifyTotals(deps, { formId: form.id })
    const world = await readWorld(owner, form, period)
    const compared = world.bodies.filter((body) => looked === undefined || looked.has(body.id))
    const beside: unknown[] = []
    for (const hierarchy of hierarchies) {
      const totals = await withTenant(deps, systemActor('test', root), (ctx) =>
        readTotals(ctx, { formId: form.id, periods: [period], hierarchy, bodies: compared.map((body) => body.id) }),
      )
      for (const body of compared) {
        const plain = computePlainly(world, body.key, period, hierarchy)
        const found = totals.find((total) => total.tenantId === body.id)
        const same = found && {
          ...plain,
          ...Object.fromEntries(Object.keys(plain).map((name) => [name, Reflect.get(found, name)])),
        }
        if (JSON.stringify(same) !== JSON.stringify(plain)) beside.push({ body: body.id, hierarchy, plain, found })
      }
    }
    return [...differences, ...beside]
  }

  const tryOut: Scenes['tryOut'] = async (scene, legs, choose, looked) => {
    await scene.begin()
    const outcome = await stage.run(scene.tasks, legs, choose)
    const faults = [...outcome.errors.filter((error) => error !== undefined), ...(await findDrift(looked))]
    return { outcome, faults }
  }
  return { keep, tryOut }
}

/** The country as it stands in the database, for the oracle. */
async function readWorld(owner: Database, of: Form, period: string): Promise<World> {
  const { rows: bodies } = await sql<{ id: number; level: string }>`
    select id, level from tenancy.federation order by id`.execute(owner)
  const keys = new Map(bodies.map((body, key) => [body.id, key]))
  const key = (body: number) => keys.get(body) ?? -1
  const { rows: links } = await sql<{
    hierarchy: 'regional' | 'line'
    child: number
    parent: number
    from: string
    to: string | null
  }>`
    select hierarchy, federation_id as child, parent_id as parent, valid_from as "from", valid_to as "to" from tenancy.link`.execute(
    owner,
  )
  const { rows: reports } = await sql<PlainReport & { tenantId: number }>`
    select tenant_id as "tenantId", id, version, state, coalesce(figures, '{}') as figures from reporting.report
    where form_id = ${of.id} and period = ${period}`.execute(owner)
  // What a superior accepted is a fact like a report; the oracle adds it up again.
  const { rows: accepted } = await sql<{
    tenantId: number
    by: number
    hierarchy: Hierarchy
    figures: (number | null)[]
    count: number
  }>`
    select a.tenant_id as "tenantId", a.by_tenant_id as by, h.hierarchy, coalesce(s.figures, v.figures) as figures, coalesce(s.accepted_count, 1) as count
    from reporting.acceptance a
    cross join (values ('regional'), ('line')) as h(hierarchy)
    join reporting.report_version v on v.report_id = a.report_id and v.version = a.version and v.figures is not null
    left join reporting.accepted_total s on s.acceptance_id = a.id and s.hierarchy = h.hierarchy
    where a.form_id = ${of.id} and a.period = ${period} and a.ended_at is null`.execute(owner)
  const { rows: heads } = await sql<{ levels: string[] }>`
    select filler_levels as levels from indicators.form where id = ${of.id}`.execute(owner)
  return {
    fillers: heads[0]?.levels ?? [],
    summed: of.items.map((item) => item.additivity === 'sum'),
    bodies: bodies.map((body) => ({ ...body, key: key(body.id) })),
    links: links.map((link) => ({ ...link, child: key(link.child), parent: key(link.parent) })),
    reports: new Map(
      reports.map((report) => [`${key(report.tenantId)} ${period}`, { ...report, inexact: new Set<number>() }]),
    ),
    acceptances: new Map(
      accepted
        .filter((row) => row.hierarchy === 'regional')
        .map(({ tenantId, by }) => {
          const partOf = (hierarchy: Hierarchy): Accepted => {
            const row = accepted.find((one) => one.tenantId === tenantId && one.hierarchy === hierarchy)
            return { figures: row?.figures ?? [], inexact: new Set(), count: row?.count ?? 0, bodies: new Set() }
          }
          return [
            `${key(tenantId)} ${period}`,
            { by: key(by), parts: { regional: partOf('regional'), line: partOf('line') } },
          ]
        }),
    ),
  }
}

/** Numbers below `bound`, always the same for a seed (mulberry32). */
export function numbersOf(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}
