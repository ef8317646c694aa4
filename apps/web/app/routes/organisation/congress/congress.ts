import type { Caller, RouterOutputs } from '@gonglian/api'
import { quotasOfOneCongress } from '@gonglian/organisation/codes'
import type { Quota } from '../congresses/congress.ts'

export type CongressView = RouterOutputs['congresses']['getCongress']
/** A body that a part of the delegates may come from. */
export type Child = { readonly id: number; readonly name: string }
/** A union of the own body that a delegate may belong to. */
export type OwnUnion = { readonly id: number; readonly name: string }

/** A congress with its quotas and, of the one that is looked at, the delegates; what its acts offer to choose from. */
export async function readCongress(api: Caller, asked: { congressId: number; quotaId: number; bodyId: number }) {
  const { bodyId } = asked
  const view = await api.congresses.getCongress({ congressId: asked.congressId })
  const { rows: quotas } = await api.congresses.listDelegateQuotas({
    congressId: asked.congressId,
    pageSize: quotasOfOneCongress,
  })
  const isOwn = view.congress.tenant_id === bodyId
  const received = quotas.find((quota) => quota.receiver_id === bodyId)
  const chosen: Quota | null = quotas.find((quota) => quota.id === asked.quotaId) ?? received ?? null
  const [delegates, children, unions] = await Promise.all([
    chosen === null ? [] : api.congresses.listDelegates({ quotaId: chosen.id }),
    isOwn && view.congress.state === 'preparing' ? listChildren(api, view.congress.bodyCode) : [],
    received?.state === 'issued' ? listOwnUnions(api, bodyId) : [],
  ])
  return { view, quotas, chosen, delegates, children, unions, bodyId }
}

async function listChildren(api: Caller, code: string): Promise<Child[]> {
  const below = await Promise.all([
    api.bodies.listChildren({ code }),
    api.bodies.listChildren({ code, hierarchy: 'line' }),
  ])
  return [...new Map(below.flat().map(({ id, name }) => [id, { id, name }])).values()]
}

async function listOwnUnions(api: Caller, bodyId: number): Promise<OwnUnion[]> {
  const { rows } = await api.unions.listUnions({ states: ['active'], sort: 'name', pageSize: 200 })
  return rows.filter(({ tenantId }) => tenantId === bodyId).map(({ id, name }) => ({ id, name }))
}
