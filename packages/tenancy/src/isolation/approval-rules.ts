import type { Look } from './country.ts'
import { writable, writableBody, type Rules } from './sight.ts'
import { findRow, int, type Row, type World } from './world.ts'

/** The applicant and the body that decides, and nobody above or below. */
const takesPart = (row: Row, look: Look) =>
  writableBody(int(row, 'from_tenant_id'), look) || writableBody(int(row, 'to_tenant_id'), look)
const seeStep = (row: Row, look: Look, world: World) => {
  const application = findRow(world, 'approvals.application', { id: int(row, 'application_id') })
  return application !== undefined && takesPart(application, look)
}

export const approvalRules: Record<string, Rules> = {
  // Who may move it where, its guard says.
  'approvals.application': {
    see: takesPart,
    add: (row, look) => writableBody(int(row, 'from_tenant_id'), look),
    change: takesPart,
  },
  'approvals.step': { see: seeStep, add: (row, look, world) => writable(row, look) && seeStep(row, look, world) },
  'approvals.paper_series': { see: writable, add: writable, change: writable },
}
