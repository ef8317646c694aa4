import type { ActFinder } from '../../act-values.ts'

const most = 30

/** Employers of the body's own register, by name or code. */
export function findEmployers(bodyId: number): ActFinder {
  return async (api, search) => {
    const { rows } = await api.employers.listEmployers.query({ search, sort: 'name', pageSize: most })
    return rows
      .filter(({ tenantId }) => tenantId === bodyId)
      .map(({ id, name, headcount }) => ({
        value: String(id),
        label: headcount === null ? name : `${name} (${headcount})`,
      }))
  }
}

/** Congresses in preparation that could elect the committees of a union, or of the federation itself (null). */
export function findCongresses(unionId: number | null, bodyId: number): ActFinder {
  return async (api, search) => {
    const { rows } = await api.congresses.listCongresses.query({
      search,
      unionId,
      kinds: ['union'],
      states: ['preparing', 'held'],
      pageSize: most,
    })
    return rows
      .filter(({ tenant_id: tenantId }) => tenantId === bodyId)
      .map(({ id, number, planned_on: on, unionName, bodyName }) => ({
        value: String(id),
        label: `${unionName ?? bodyName} ${number} (${on})`,
      }))
  }
}

/** Unions at work of the body's own, but one. */
export function findUnions(bodyId: number, except = 0, kinds: readonly 'association'[] = []): ActFinder {
  return async (api, search) => {
    const { rows } = await api.unions.listUnions.query({
      search,
      states: ['active'],
      ...(kinds.length > 0 ? { kinds: ['UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY'] } : {}),
      pageSize: most,
    })
    return rows
      .filter(({ tenantId, id }) => tenantId === bodyId && id !== except)
      .map(({ id, name, code }) => ({ value: String(id), label: code === null ? name : `${name} (${code})` }))
  }
}

/** Industry unions in sight, by name or code. */
export const findGuides: ActFinder = async (api, search) => {
  if (search === '') return []
  const bodies = await api.bodies.searchFederations.query({ text: search.slice(0, 60), limit: 50 })
  return bodies.filter(({ kind }) => kind === 'industry').map(({ code, name }) => ({ value: code, label: name }))
}
