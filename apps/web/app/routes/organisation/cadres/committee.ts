import type { Caller } from '@gonglian/api'

/**
 * A union's committee beside what its size asks for. The number of members is what was typed; else what the register counts, where it is
 * the reader's own; else the staff.
 */
export async function readCommittee(api: Caller, asked: { unionId: number; typed: string | null; ownId: number }) {
  const { union } = await api.unions.getUnion({ unionId: asked.unionId })
  const typed = /^\d{1,7}$/.test(asked.typed ?? '') ? Number(asked.typed) : null
  const counted =
    union.tenant_id === asked.ownId
      ? (await api.members.listMembers({ unionId: union.id, states: ['active'], pageSize: 1 })).total
      : null
  const members = typed ?? (counted === null || counted === 0 ? union.headcount : counted)
  const verdict = await api.cadres.checkCommittee({ unionId: union.id, members })
  return {
    union: { id: union.id, name: union.name },
    members,
    from: typed === null ? (counted === null || counted === 0 ? ('headcount' as const) : ('register' as const)) : null,
    ...verdict,
  }
}
export type Committee = Awaited<ReturnType<typeof readCommittee>>
