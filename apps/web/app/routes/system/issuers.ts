import type { Caller } from '@gonglian/api'

/** Names of the bodies whose definitions apply here, by id: one's own and all superiors, of the territory and of the line. */
export async function nameIssuers(api: Caller): Promise<Record<number, { code: string; name: string }>> {
  const code = (await api.session.getSession())?.body?.code
  if (code === undefined) return {}
  const lines = await Promise.all([
    api.bodies.listSuperiors({ code }),
    api.bodies.listSuperiors({ code, hierarchy: 'line' }),
  ])
  return Object.fromEntries(lines.flat().map(({ id, code: known, name }) => [id, { code: known, name }]))
}

export type Issuers = Awaited<ReturnType<typeof nameIssuers>>
