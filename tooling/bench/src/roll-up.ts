import { FormInput, IndicatorInput, loadForm, loadIndicators, type Form } from '@gonglian/indicators'
import { importReports } from '@gonglian/reporting'
import { recomputeAll } from '@gonglian/rollup'
import { listTree, systemActor, withTenant, type TreeLine } from '@gonglian/tenancy'
import pg from 'pg'
import type { BenchHouse } from './house.ts'
import { judge, time, type Result } from './measure.ts'

const width = 200
export const quarter = '2026-Q2'
const rounds = 3

/** A form of 200 items that every township fills in. */
async function makeWideForm(house: BenchHouse, root: number): Promise<Form> {
  return withTenant(house.deps, systemActor('bench', root), async (ctx) => {
    await loadIndicators(ctx, [
      IndicatorInput.parse({
        code: 'bench_figure',
        nameZh: '基准数',
        nameEn: 'Benchmark figure',
        domain: 'organisation',
        unit: '人',
        nature: 'flow',
        additivity: 'sum',
      }),
    ])
    return loadForm(ctx, {
      code: 'bench-wide',
      nameZh: '基准测试表',
      nameEn: 'Benchmark form',
      frequency: 'quarter',
      fillerLevels: ['township'],
      due: null,
      opensOn: '2026-01-01',
      items: Array.from({ length: width }, (_, index) => ({
        code: 'bench_figure',
        breakdownZh: `第${index + 1}项`,
        breakdownEn: `part ${index + 1}`,
      })),
    } satisfies FormInput)
  })
}

/**
 * One quarter of 41,352 townships x 200 items: the full recomputation, with everything it keeps (two vectors, four counts, both
 * hierarchies, what is inexact), against one hand-written statement that only adds the figures up, level by level.
 *
 * @returns the form, and the townships whose reports still wait for their county
 */
export async function benchRollUp(
  house: BenchHouse,
  waitingCount: number,
): Promise<{ results: Result[]; form: Form; waiting: TreeLine[]; tree: TreeLine[] }> {
  const tree = await withTenant(house.deps, systemActor('bench', 0), listTree)
  const root = tree.find((body) => body.parentId === null)?.id ?? 0
  const form = await makeWideForm(house, root)
  const townships = tree.filter((body) => body.level === 'township' && body.isOpen)
  const step = Math.floor(townships.length / waitingCount)
  const waiting = townships.filter((_, index) => index % step === 0).slice(0, waitingCount)
  const isWaiting = new Set(waiting.map((body) => body.id))
  let seed = 1
  const draw = () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0) % 10_000
  const vector = (body: TreeLine) => ({ tenantId: body.id, figures: Array.from({ length: width }, draw) })
  const load = await time(() =>
    withTenant(house.deps, systemActor('bench', root), async (ctx) => {
      await importReports(ctx, {
        formId: form.id,
        period: quarter,
        state: 'accepted',
        reports: townships.filter((body) => !isWaiting.has(body.id)).map(vector),
      })
      await importReports(ctx, { formId: form.id, period: quarter, state: 'submitted', reports: waiting.map(vector) })
    }),
  )
  const owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  const recomputes: number[] = []
  const byHand: number[] = []
  try {
    await owner.query('analyze')
    await owner.query("set app.tenant = '0'; set app.reach = 'system'; set jit = off; set work_mem = '96MB'")
    for (let round = 0; round < rounds; round++) {
      await owner.query('delete from rollup.total where form_id = $1', [form.id])
      await owner.query('vacuum rollup.total')
      recomputes.push(
        (
          await time(() =>
            withTenant(house.deps, systemActor('bench', root), (ctx) =>
              recomputeAll(ctx, { formId: form.id, period: quarter }),
            ),
          )
        ).ms,
      )
      await owner.query('drop table if exists pg_temp.by_hand')
      byHand.push((await time(() => owner.query(handWritten, [form.id, quarter]))).ms)
    }
  } finally {
    await owner.end()
  }
  const best = (samples: readonly number[]) => Math.min(...samples)
  console.log(
    `import ${townships.length} x ${width}: ${Math.round(load.ms)} ms · recomputation ${recomputes.map(Math.round).join(', ')} ms · by hand ${byHand.map(Math.round).join(', ')} ms`,
  )
  return {
    results: [
      judge(
        `full recomputation, ${townships.length} townships x ${width}, against one statement by hand (ratio)`,
        best(recomputes) / best(byHand),
        1.5,
        '',
      ),
    ],
    form,
    waiting,
    tree,
  }
}

/** What one would write without the product: four levels, each the sum of the one below. */
const handWritten = `
  create temp table by_hand as
  with county as (
    select l.parent_id as id, u.i, sum(u.v) as v
    from reporting.report r
    join tenancy.link l on l.federation_id = r.tenant_id and l.hierarchy = 'regional' and l.valid_to is null
    cross join lateral unnest(r.figures) with ordinality as u(v, i)
    where r.form_id = $1 and r.period = $2
    group by l.parent_id, u.i
  ), city as (
    select l.parent_id as id, c.i, sum(c.v) as v from county c join tenancy.link l on l.federation_id = c.id and l.hierarchy = 'regional' and l.valid_to is null group by l.parent_id, c.i
  ), province as (
    select l.parent_id as id, c.i, sum(c.v) as v from city c join tenancy.link l on l.federation_id = c.id and l.hierarchy = 'regional' and l.valid_to is null group by l.parent_id, c.i
  ), nation as (
    select l.parent_id as id, p.i, sum(p.v) as v from province p join tenancy.link l on l.federation_id = p.id and l.hierarchy = 'regional' and l.valid_to is null group by l.parent_id, p.i
  )
  select id, array_agg(v::bigint order by i) as figures
  from (select * from county union all select * from city union all select * from province union all select * from nation) level
  group by id`
