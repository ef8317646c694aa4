import type { Caller, RouterOutputs } from '@gonglian/api'
import { quotasOfOneCongress } from '@gonglian/organisation/codes'
import type { TableQuery } from '@gonglian/ui'
import { readEveryPage } from '../../../every-page.ts'
import { toDelegates, type Delegate, type Quota } from '../congresses/congress.ts'

export type CongressView = RouterOutputs['congresses']['getCongress']
/** A body that a part of the delegates may come from. */
export type Child = { readonly id: number; readonly name: string }
/** A union of the own body that a delegate may belong to. */
export type OwnUnion = { readonly id: number; readonly name: string }

type Asked = {
  readonly congressId: number
  readonly quotaId: number
  readonly bodyId: number
  /** How the table of delegates is searched and paged. */
  readonly delegates: TableQuery
}

/** A congress with its quotas and, of the one that is looked at, the delegates; what its acts offer to choose from. */
export async function readCongress(api: Caller, asked: Asked) {
  const { bodyId } = asked
  const view = await api.congresses.getCongress({ congressId: asked.congressId })
  const { rows: quotas } = await api.congresses.listDelegateQuotas({
    congressId: asked.congressId,
    pageSize: quotasOfOneCongress,
  })
  const isOwn = view.congress.tenant_id === bodyId
  const received = quotas.find((quota) => quota.receiver_id === bodyId)
  const chosen: Quota | null = quotas.find((quota) => quota.id === asked.quotaId) ?? received ?? null
  const [delegates, before, children, unions] = await Promise.all([
    chosen === null ? null : api.congresses.listDelegates({ quotaId: chosen.id, ...toDelegates(asked.delegates) }),
    received?.state === 'issued' && received.elected > 0 ? listReturned(api, received) : [],
    isOwn && view.congress.state === 'preparing' ? listChildren(api, view.congress.bodyCode) : [],
    received?.state === 'issued' ? listOwnUnions(api, bodyId) : [],
  ])
  return { view, quotas, chosen, delegates, before, children, unions, bodyId }
}

/** Whom the body handed in before and got back, to begin with. */
function listReturned(api: Caller, quota: Quota): Promise<Delegate[]> {
  return readEveryPage((part) => api.congresses.listDelegates({ quotaId: quota.id, ...part }))
}

async function listChildren(api: Caller, code: string): Promise<Child[]> {
  const below = await Promise.all([
    readEveryPage((part) => api.bodies.listChildren({ code, ...part })),
    readEveryPage((part) => api.bodies.listChildren({ code, hierarchy: 'line', ...part })),
  ])
  return [...new Map(below.flat().map(({ id, name }) => [id, { id, name }])).values()]
}

async function listOwnUnions(api: Caller, bodyId: number): Promise<OwnUnion[]> {
  const { rows } = await api.unions.listUnions({ states: ['active'], sort: 'name', pageSize: 200 })
  return rows.filter(({ tenantId }) => tenantId === bodyId).map(({ id, name }) => ({ id, name }))
}
