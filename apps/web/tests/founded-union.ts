import type { Person } from './person.ts'

const three = ['union_committee', 'audit_committee', 'women_committee'] as const

/** A union of a single employer that went the whole way over the wire: applied for, approved, founded with its first committees. */
export async function foundUnion(
  officer: Person,
  leader: Person,
  union: {
    readonly name: string
    readonly foundedOn: string
    readonly termYears: 3 | 5
    readonly bodies?: readonly (typeof three)[number][]
    readonly women?: number
  },
): Promise<{ readonly unionId: number; readonly name: string }> {
  const { foundedOn: on, termYears } = union
  const { employerId } = await officer.api.employers.registerEmployer.mutate({
    name: union.name,
    headcount: 100,
  })
  const name = `${union.name}工会委员会`
  const { unionId, version } = await officer.api.unions.draftUnion.mutate({
    name,
    kind: 'BASIC_SINGLE',
    employerId,
    headcount: 100,
    femaleHeadcount: union.women ?? 30,
  })
  const applied = await officer.api.unions.applyUnion.mutate({
    unionId,
    version,
    on,
    members: 90,
    papers: { form: true, memberList: true, candidateList: true },
    candidates: [{ name: '初任甲', isNearRelative: false }],
  })
  const decision = { kind: 'approve', approvalNo: '工批1号' } as const
  const approved = await leader.api.unions.decideUnion.mutate({ unionId, version: applied.version, on, decision })
  await officer.api.unions.foundUnion.mutate({
    unionId,
    version: approved.version,
    on,
    congress: {
      memberCount: 90,
      electorate: 'members',
      eligible: 90,
      present: 80,
      termYears,
      bodies: (union.bodies ?? three).map((body) => ({
        body,
        seats: 3,
        candidates: ['甲', '乙', '丙', '丁'].map((rest, place) => ({
          name: `初任${rest}`,
          isNearRelative: false,
          post: place === 0 ? ('chair' as const) : ('member' as const),
          votes: place < 3 ? 70 - place : 20,
        })),
      })),
    },
  })
  return { unionId, name }
}
