import type { Person } from './person.ts'

export type ApprovedUnion = { readonly unionId: number; readonly name: string; readonly code: string }

/** A union of a single employer that the body's officer applied for and its leader approved. */
export async function approveUnion(
  officer: Person,
  leader: Person,
  name: string,
  headcount = 60,
): Promise<ApprovedUnion> {
  const on = '2026-01-05'
  const { employerId } = await officer.api.employers.registerEmployer.mutate({ name, headcount })
  const union = `${name}工会委员会`
  const draft = await officer.api.unions.draftUnion.mutate({ name: union, kind: 'BASIC_SINGLE', employerId, headcount })
  const applied = await officer.api.unions.applyUnion.mutate({
    ...draft,
    on,
    members: 30,
    papers: { form: true, memberList: true, candidateList: true },
    candidates: [{ name: '某甲', isNearRelative: false }],
  })
  const { unionId } = draft
  const decision = { kind: 'approve', approvalNo: '1' } as const
  const { code } = await leader.api.unions.decideUnion.mutate({ unionId, version: applied.version, on, decision })
  if (code === null) throw new Error('an approved union has a number')
  return { unionId, name: union, code }
}
