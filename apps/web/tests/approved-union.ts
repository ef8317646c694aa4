import { aSlate, papers } from '@gonglian/organisation/testing'
import type { Person } from './person.ts'

export type ApprovedUnion = { readonly unionId: number; readonly name: string; readonly code: string }

/** A union of a single employer that the body's officer applied for and its leader approved. */
export async function approveUnion(
  officer: Person,
  leader: Person,
  name: string,
  headcount = 60,
): Promise<ApprovedUnion> {
  const { employerId } = await officer.api.employers.registerEmployer.mutate({ name, headcount })
  const union = `${name}工会委员会`
  const draft = await officer.api.unions.draftUnion.mutate({ name: union, kind: 'BASIC_SINGLE', employerId, headcount })
  const { unionId } = draft
  const { code } = await approveDraft(officer, leader, draft)
  return { unionId, name: union, code }
}

/** Applies for a draft with who stands at its founding, and approves it; the union as it stands then. */
export async function approveDraft(
  officer: Person,
  leader: Person,
  draft: { readonly unionId: number; readonly version: number },
  congress = aSlate(),
): Promise<{ readonly version: number; readonly code: string }> {
  const { applicationId } = await officer.api.unions.applyUnion.mutate({ ...draft, members: 90, papers, congress })
  await leader.api.applications.approveApplication.mutate({ applicationId, version: 1 })
  const { union } = await officer.api.unions.getUnion.query({ unionId: draft.unionId })
  if (union.code === null) throw new Error('an approved union has a number')
  return { version: union.version, code: union.code }
}
