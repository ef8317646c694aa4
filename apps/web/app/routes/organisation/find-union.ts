import type { ActFinder } from '../../act-values.ts'

/** Unions by name or code, for a field that asks for one. */
export const findUnions: ActFinder = async (api, search) => {
  const { rows } = await api.unions.listUnions.query({ search: search.slice(0, 80), page: 1, pageSize: 20 })
  return rows.map(({ id, name, code }) => ({ value: String(id), label: code === null ? name : `${name} ${code}` }))
}
