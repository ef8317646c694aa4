import { int, type Plant, type Row, type World } from './world.ts'

export const approvalKeys: Record<string, string[]> = { 'approvals.paper_series': ['tenant_id'] }

/** One of the applications in which a body has a part. */
function ofBody(world: World, tenantId: number, number: number): Row {
  const rows = (world.rows.get('approvals.application') ?? []).filter(
    (row) => row['from_tenant_id'] === tenantId || row['to_tenant_id'] === tenantId,
  )
  const row = rows[number % Math.max(1, rows.length)]
  if (row === undefined) throw new Error(`nothing applied for by ${tenantId}`)
  return row
}

/** Applications between any two bodies: which of them is the superior, the guard says. */
export const approvalPlants: Record<string, Plant> = {
  'approvals.application': (world, from_tenant_id, to_tenant_id) => {
    const id = world.next()
    return {
      id,
      kind: 'paper',
      object_id: id,
      from_tenant_id,
      to_tenant_id,
      title: 'x',
      typed: { is: 'x' },
      applied_on: '2026-01-01',
      applied_by: 'x',
      due_on: '2026-02-01',
      lapses_on: '2026-03-01',
    }
  },
  'approvals.step': (world, tenant_id) => {
    const id = world.next()
    return {
      id,
      application_id: int(ofBody(world, tenant_id, id), 'id'),
      tenant_id,
      actor: 'x',
      from_state: '',
      to_state: 'x',
    }
  },
  'approvals.paper_series': (_world, tenant_id) => ({ tenant_id, year: 2026, last_serial: 1 }),
}
