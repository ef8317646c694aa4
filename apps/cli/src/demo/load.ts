import { loadCatalogue, loadForms, writePeriod, type Form } from '@gonglian/indicators'
import { drainDirty } from '@gonglian/rollup'
import { listPlans } from '@gonglian/targets'
import { nationalCode, shanghaiDay, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import pg from 'pg'
import { loadAccounts } from './accounts.ts'
import { loadHistory } from '@gonglian/reporting'
import { loadPlan } from './targets.ts'
import { nationalPlan, provincePlan } from './plan.ts'
import { homeRegister, loadCounty, loadTownship, loadTransfer, townRegister } from './county.ts'
import { loadRegisters, readRegister, registers } from './registers.ts'
import { loadOtherForms } from './other-forms.ts'
import { inventReports, isReported, loadReports, monthlyForm, readMonthlyForm } from './reports.ts'
import { loadTree, type DemoBody } from './tree.ts'
import { leaveWork, planWork } from './work.ts'

const homeProvince = '51'

/** What is loaded: all, or first what one needs to begin, and the rest while one already works. */
export type Part = 'all' | 'first' | 'rest'

/**
 * Loads the demonstration federation: first the real tree, catalogue and forms, the accounts of one province, the register of one county, this year's
 * reports of the province, this year's plans and some work left to do; then the rest: all accounts, its reports of last year, reports of the past, large
 * registers, this year's reports of all other provinces. Each step finds out by itself whether it was done, so that a load that was cut off goes on where it stopped.
 *
 * @param options.province only this province reports (smaller and quicker: tests)
 */
export async function loadDemonstration(
  deps: Deps,
  options: { ownerUrl: string; province: string | null; part: Part; say: (line: string) => void },
): Promise<void> {
  const { say, part } = options
  const bodies = await loadTree(deps)
  const byCode = new Map(bodies.map((body) => [body.code, body]))
  const body = (code: string): DemoBody => {
    const known = byCode.get(code)
    if (!known) throw new Error(`the tree has no body ${code}`)
    return known
  }
  const nation = body(nationalCode)
  const today = shanghaiDay(deps.clock())
  const year = Number(today.slice(0, 4))
  const load: Load = { deps, bodies, body, nation, today, year, last: 12 + Number(today.slice(5, 7)) - 2, ...options }
  const isReady = await withTenant(deps, systemActor('demonstration', nation.id), async (ctx) =>
    (await listPlans(ctx, { year })).some(
      (plan) => plan.name === nameNationalPlan(year) && plan.issuer.id === nation.id,
    ),
  )
  if (part !== 'rest' && !isReady) await loadFirst(load)
  // A province by itself has no rest.
  if (part !== 'first' && options.province === null) await loadRest(load)
  say('all is loaded')
}

type Load = {
  readonly deps: Deps
  readonly ownerUrl: string
  readonly province: string | null
  readonly say: (line: string) => void
  readonly bodies: readonly DemoBody[]
  readonly body: (code: string) => DemoBody
  readonly nation: DemoBody
  readonly today: string
  readonly year: number
  /** The month before this one, counted from January of the year before. */
  readonly last: number
}

const nameNationalPlan = (year: number) => `${year}年全国工会重点工作目标`

async function loadFirst(load: Load): Promise<void> {
  const { deps, bodies, body, nation, today, year, last, province, say } = load
  say(`${bodies.length} bodies`)
  // The tree noted 44,000 changes for totals that do not exist yet; taken now, they cost nothing later.
  await drainDirty(deps)
  await withTenant(deps, systemActor('demonstration', nation.id), async (ctx) => {
    say(`${await loadCatalogue(ctx)} indicators`)
    await loadForms(ctx, { past: [monthlyForm] })
  })
  const home = bodies.filter((one) => isHome(one, province))
  say(`${await loadAccounts(deps, province === null ? home : bodies, nation.id)} accounts`)

  const form = await readMonthlyForm(deps, nation.id)
  if (province === null) {
    await loadRegisters(deps, { ids: nameIds(bodies), registers: [homeRegister], say })
    await loadCounty(deps, nameIds(bodies), say)
    // After the county's: what goes on there goes on in its own unions, not in those below.
    await loadRegisters(deps, { ids: nameIds(bodies), registers: [townRegister], say })
    await loadTownship(deps, nameIds(bodies))
  }
  // Who has records reports what they say.
  const fed = province === null ? await readHome(load, form) : new Map()
  const work = planWork(bodies)
  await analyse(load.ownerUrl)
  const months = { root: nation.id, form, bodies: home, invented: inventReports(form, home, last + 1, fed), say }
  await loadReports(deps, {
    ...months,
    firstYear: year - 1,
    from: province === null ? firstOfThisYear(last) : 0,
    to: last,
    unfinished: work,
  })
  await loadOtherForms(deps, { root: nation.id, bodies: home, today, unfinished: work, say })
  await analyse(load.ownerUrl)
  const issuer = body(homeProvince)
  say(
    `${await loadPlan(deps, { form, bodies, issuer, year, name: `${year}年全省工会工作目标责任制`, targets: provincePlan, depth: 3, open: work.unanswered })} shares of the province's plan`,
  )
  await leaveWork(deps, { form, bodies, year, last })
  say(
    `${await loadPlan(deps, { form, bodies, issuer: nation, year, name: nameNationalPlan(year), targets: nationalPlan, depth: 1, open: new Set() })} shares of the national plan`,
  )
  await analyse(load.ownerUrl)
}

type Fed = Map<number, readonly (readonly (number | null)[])[]>

/** What the registers of the home county and its township say, month by month. */
async function readHome({ deps, body, last }: Load, form: Form): Promise<Fed> {
  const fed: Fed = new Map()
  for (const { code } of [homeRegister, townRegister])
    fed.set(body(code).id, await readRegister(deps, body(code).id, { form, months: last + 1, isStill: false }))
  return fed
}

const nameIds = (bodies: readonly DemoBody[]) => new Map(bodies.map((one) => [one.code, one.id]))
/** The nation itself reports with the home province. */
const isHome = (one: DemoBody, province: string | null) =>
  one.code === nationalCode || one.code.startsWith(province ?? homeProvince)
/** In January the running work is about December, the last month of the year before. */
const firstOfThisYear = (last: number) => Math.min(12, last)

async function loadRest(load: Load): Promise<void> {
  const { deps, bodies, nation, today, year, last, say } = load
  const form = await readMonthlyForm(deps, nation.id)
  const elsewhere = bodies.filter((one) => !isHome(one, null))
  const period = writePeriod('month', year - 1 + Math.floor(last / 12), (last % 12) + 1)
  const some = elsewhere.find((one) => one.isOpen && form.fillerLevels.includes(one.level))
  // The last of the months is stored last.
  if (some === undefined || !(await isReported(deps, { form, root: nation.id, body: some.code, period })))
    await loadMonths(load, form, elsewhere)
  await loadOtherForms(deps, { root: nation.id, bodies: elsewhere, today, unfinished: planWork(bodies), say })
}

async function loadMonths(load: Load, form: Form, elsewhere: readonly DemoBody[]): Promise<void> {
  const { deps, bodies, body, nation, year, last, say } = load
  say(`${await loadAccounts(deps, bodies, nation.id)} further accounts`)
  const home = bodies.filter((one) => isHome(one, null))
  const months = { root: nation.id, form, firstYear: year - 1, say }
  // The home province has two years, so that last year can be compared and split by; the others this year.
  await loadReports(deps, {
    ...months,
    bodies: home,
    invented: inventReports(form, home, last + 1, await readHome(load, form)),
    from: 0,
    to: firstOfThisYear(last) - 1,
    unfinished: null,
  })
  say(`${await loadHistory(deps, nameIds(bodies))} reports of the past`)
  await loadRegisters(deps, { ids: nameIds(bodies), registers, say })
  await loadTransfer(deps, nameIds(bodies))
  const fed: Fed = new Map()
  for (const { code } of registers)
    fed.set(body(code).id, await readRegister(deps, body(code).id, { form, months: last + 1, isStill: true }))
  await analyse(load.ownerUrl)
  await loadReports(deps, {
    ...months,
    bodies: elsewhere,
    invented: inventReports(form, elsewhere, last + 1, fed),
    from: firstOfThisYear(last),
    to: last,
    unfinished: planWork(bodies),
  })
  await analyse(load.ownerUrl)
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
