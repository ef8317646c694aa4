import { loadCatalogue, loadForms } from '@gonglian/indicators'
import { drainDirty } from '@gonglian/rollup'
import { listPlans } from '@gonglian/targets'
import { nationalCode, shanghaiDay, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import pg from 'pg'
import { loadAccounts } from './accounts.ts'
import { loadHistory } from '@gonglian/reporting'
import { loadPlan } from './targets.ts'
import { nationalPlan, provincePlan } from './plan.ts'
import { homeRegister, loadCounty } from './county.ts'
import { loadRegisters, readRegister, registers } from './registers.ts'
import { inventReports, loadReports, monthlyForm, readMonthlyForm } from './reports.ts'
import { loadTree, type DemoBody } from './tree.ts'
import { leaveWork, planWork } from './work.ts'

const homeProvince = '51'

/**
 * Loads the demonstration federation: the real tree, catalogue and forms, accounts, the figures of past reports, this year's plans split down
 * to the townships of one province, and the monthly reports of the nation, with some work left to do. Each step finds out by itself
 * whether it was done, so that a load that was cut off goes on where it stopped.
 *
 * @param options.province only this province reports (smaller and quicker: tests)
 */
export async function loadDemonstration(
  deps: Deps,
  options: { ownerUrl: string; province: string | null; say: (line: string) => void },
): Promise<void> {
  const { say } = options
  const bodies = await loadTree(deps)
  const ids = new Map(bodies.map((one) => [one.code, one.id]))
  const byCode = new Map(bodies.map((body) => [body.code, body]))
  const body = (code: string): DemoBody => {
    const known = byCode.get(code)
    if (!known) throw new Error(`the tree has no body ${code}`)
    return known
  }
  const nation = body(nationalCode)
  const year = Number(shanghaiDay(deps.clock()).slice(0, 4))
  const nationalName = `${year}年全国工会重点工作目标`
  const asNation = systemActor('demonstration', nation.id)
  const isLoaded = await withTenant(deps, asNation, async (ctx) =>
    (await listPlans(ctx, { year })).some((plan) => plan.name === nationalName && plan.issuer.id === nation.id),
  )
  if (isLoaded) return say('already loaded')
  say(`${bodies.length} bodies`)
  // The tree noted 44,000 changes for totals that do not exist yet; taken now, they cost nothing later.
  await drainDirty(deps)
  await withTenant(deps, asNation, async (ctx) => {
    say(`${await loadCatalogue(ctx)} indicators`)
    await loadForms(ctx, { past: [monthlyForm] })
  })
  say(`${await loadAccounts(deps, bodies, nation.id)} accounts`)
  say(`${await loadHistory(deps, ids)} reports of the past`)

  const form = await readMonthlyForm(deps, nation.id)
  // Who has records reports what they say.
  const fed = new Map<number, readonly (number | null)[]>()
  if (options.province === null) {
    const all = [...registers, homeRegister]
    await loadRegisters(deps, { ids, registers: all, say })
    await loadCounty(deps, ids, say)
    for (const register of all) {
      const { id } = body(register.code)
      fed.set(id, await readRegister(deps, id, form))
    }
  }
  const reporting =
    options.province === null
      ? bodies
      : bodies.filter((one) => one.code === nationalCode || one.code.startsWith(options.province ?? ''))
  const last = 12 + Number(shanghaiDay(deps.clock()).slice(5, 7)) - 2
  const home = reporting.filter((one) => one.code.startsWith(homeProvince))
  const elsewhere = reporting.filter((one) => !one.code.startsWith(homeProvince))
  const work = planWork(bodies)
  await analyse(options.ownerUrl)
  // In January the running work is about December, the last month of the year before.
  const lastWhole = Math.min(11, last - 1)
  // The home province has two years, so that last year can be compared and split by; the others this year.
  const told = { root: nation.id, form, firstYear: year - 1, unfinished: work, say }
  const before = inventReports(form, home, last + 1, fed)
  await loadReports(deps, {
    ...told,
    invented: before,
    from: 0,
    to: lastWhole,
    unfinished: { missing: new Set(), waiting: new Set() },
  })
  await loadReports(deps, {
    ...told,
    invented: new Map([...before, ...inventReports(form, elsewhere, last + 1, fed)]),
    from: lastWhole + 1,
    to: last,
  })
  await analyse(options.ownerUrl)

  const province = body(homeProvince)
  say(
    `${await loadPlan(deps, { form, bodies, issuer: province, year, name: `${year}年全省工会工作目标责任制`, targets: provincePlan, depth: 3, open: work.unanswered })} shares of the province's plan`,
  )
  await leaveWork(deps, { form, bodies, year, last })
  say(
    `${await loadPlan(deps, { form, bodies, issuer: nation, year, name: nationalName, targets: nationalPlan, depth: 1, open: new Set() })} shares of the national plan`,
  )
  await analyse(options.ownerUrl)
}

/** The planner has never seen these tables: without this the first pages would be planned for empty ones. */
async function analyse(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    await owner.query('analyze')
  } finally {
    await owner.end()
  }
}
