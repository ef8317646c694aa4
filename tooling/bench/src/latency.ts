import { setTimeout as wait } from 'node:timers/promises'
import type { Form } from '@gonglian/indicators'
import { acceptReport, getReport, GetReport } from '@gonglian/reporting'
import { drainDirty, listenLive } from '@gonglian/rollup'
import { withTenant, type TreeLine, type UserActor } from '@gonglian/tenancy'
import type { BenchHouse } from './house.ts'
import { findPercentile, judge, time, type Result } from './measure.ts'
import type { PageTimes } from './pages.ts'
import { quarter } from './roll-up.ts'

function reviewerOf(tenantId: number): UserActor {
  return {
    kind: 'user',
    accountId: 0,
    username: 'bench-reviewer',
    displayName: '',
    tenantId,
    roles: ['reviewer'],
    locale: 'zh-CN',
    requestId: '',
    address: '',
    isProved: false,
  }
}

/**
 * From the county's acceptance of a township's report until the nation's total has changed and its pages are told, through the real queue and
 * the real worker, one at a time on an idle system.
 */
export async function benchLatency(
  house: BenchHouse,
  input: { form: Form; waiting: readonly TreeLine[]; root: number },
): Promise<Result> {
  await drainDirty(house.deps)
  let heard: (() => void) | null = null
  const listener = await listenLive(house.appUrl, (event) => {
    if (event.tenantId === input.root && event.formId === input.form.id) heard?.()
  })
  const samples: number[] = []
  try {
    for (const township of input.waiting) {
      const county = reviewerOf(township.parentId ?? 0)
      const told = new Promise<void>((resolve) => (heard = resolve))
      const report = await withTenant(house.deps, county, (ctx) =>
        getReport(ctx, GetReport.parse({ form: input.form.code, period: quarter, body: township.code })),
      )
      const started = performance.now()
      await withTenant(house.deps, county, (ctx) =>
        acceptReport(ctx, { reportId: report.reportId ?? 0, version: report.version }),
      )
      await Promise.race([told, wait(10_000).then(() => Promise.reject(new Error('the nation heard nothing in 10 s')))])
      samples.push(performance.now() - started)
      await wait(150)
    }
  } finally {
    await listener.close()
  }
  console.log(`accept -> nation: ${samples.length} samples, median ${Math.round(findPercentile(samples, 0.5))} ms`)
  return judge('accepted township report visible at the nation, p95', findPercentile(samples, 0.95), 500, 'ms')
}

/** What the machine takes for a question to the database that asks nothing: the measure of its noise. */
export async function benchSelect(house: BenchHouse): Promise<PageTimes> {
  const samples: number[] = []
  for (let round = 0; round < 500; round++) samples.push((await time(() => house.ping())).ms)
  return {
    what: 'a question to the database that asks nothing (select 1)',
    median: findPercentile(samples, 0.5),
    p95: findPercentile(samples, 0.95),
  }
}
