import { computePlainly, reportKey, type World } from '@gonglian/reporting/oracle'
import { hierarchies, readTotals } from '@gonglian/rollup'
import { systemActor, verifyAudit, withTenant } from '@gonglian/tenancy'
import type { StoredHistory } from './history.ts'
import type { Installation } from './installation.ts'

/** Compares each total of each body, form, period and hierarchy with the oracle's. */
export async function compareTotals(
  { deps, country }: Installation,
  worlds: ReadonlyMap<string, World>,
): Promise<{ compared: number; faults: string[] }> {
  const faults: string[] = []
  let compared = 0
  for (const { form: code, period } of country.places) {
    const form = country.forms.find((one) => one.code === code)
    const world = worlds.get(code)
    if (!form || !world) throw new Error(`there is no form ${code}`)
    for (const hierarchy of hierarchies) {
      const totals = await withTenant(deps, systemActor('torture', world.bodies[0]?.id ?? 0), (ctx) =>
        readTotals(ctx, { formId: form.id, periods: [period], hierarchy, bodies: world.bodies.map((body) => body.id) }),
      )
      for (const body of world.bodies) {
        compared += 1
        const wanted = computePlainly(world, body.key, period, hierarchy)
        const found = totals.find((total) => total.tenantId === body.id)
        const shown = Object.fromEntries(Object.keys(wanted).map((name) => [name, found && Reflect.get(found, name)]))
        if (JSON.stringify(shown) !== JSON.stringify(wanted))
          faults.push(
            `${code} ${period} ${hierarchy} of body ${body.id}:\n    stored ${JSON.stringify(shown)}\n    oracle ${JSON.stringify(wanted)}`,
          )
      }
    }
  }
  return { compared, faults }
}

/** Each report and each acceptance in force is as the oracle says. */
export function compareStates(worlds: ReadonlyMap<string, World>, history: StoredHistory): string[] {
  const faults: string[] = []
  const keys = new Map(history.bodies.map((body, key) => [body.code, key]))
  for (const report of history.reports) {
    const name = reportKey(keys.get(report.body) ?? -1, report.period)
    const plain = worlds.get(report.form)?.reports.get(name)
    const state = plain?.state ?? 'draft'
    if (state !== report.state)
      faults.push(`report ${report.id} of ${report.body} is ${report.state}, the oracle says ${state}`)
    const isAccepted = worlds.get(report.form)?.acceptances.has(name) ?? false
    const inForce = history.acceptances.filter((one) => one.reportId === report.id && one.isInForce).length
    if (inForce !== Number(isAccepted))
      faults.push(
        `report ${report.id} of ${report.body} has ${inForce} acceptances in force, the oracle says ${Number(isAccepted)}`,
      )
  }
  for (const [form, world] of worlds)
    for (const [name, { id }] of world.reports)
      if (!history.reports.some((report) => report.id === id)) faults.push(`report ${id} (${form}, ${name}) is lost`)
  return faults
}

/** Recomputes the chain of each body's trail. */
export async function checkChains(
  { deps }: Installation,
  history: StoredHistory,
): Promise<{ lines: number; faults: string[] }> {
  const faults: string[] = []
  let lines = 0
  for (const { id, code } of history.bodies) {
    const verdict = await withTenant(deps, systemActor('torture', id), verifyAudit)
    lines += verdict.lines
    if (!verdict.intact) faults.push(`the audit trail of ${code} is broken at line ${verdict.firstBroken}`)
  }
  return { lines, faults }
}
