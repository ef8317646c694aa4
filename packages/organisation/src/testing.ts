import './permissions.ts'
import type { TenantContext } from '@gonglian/tenancy'
import { membersToOpen } from './appraisals/working-groups.ts'

export { knowOfficer } from './cadres/sample-officers.ts'
export { moveFounding } from './unions/moved-foundings.ts'
export { confirmColumns, runThrough } from './imports/sample-imports.ts'
export { aMember, aUnion, anIdNumber } from './members/sample-members.ts'
export {
  aCongress,
  aCreditCode,
  aFoundedUnion,
  aSlate,
  anAppliedDraft,
  anApplication,
  anEmployer,
  anOffice,
  approveOwn,
  papers,
  type Office,
} from './unions/sample-unions.ts'
export { approveAbove, approveInHouse } from './approvals/sample-approvals.ts'
export { aCountedAppraisal, aRating, type PlacedRating, type PlacedState } from './ratings/placed-ratings.ts'
export { someUnions } from './ratings/rated-unions.ts'
export { aGroupCode, closeEarly, keepCodes, someSlips } from './appraisals/sample-slips.ts'
export { copies, multiplyRecords } from './sample-records.ts'

/** User names of a working group, each with an account of the acting body. */
export async function aWorkingGroup(ctx: TenantContext, size: number = membersToOpen): Promise<string[]> {
  const names = Array.from({ length: size }, (_, at) => `group-${ctx.tenantId}-${at + 1}`)
  const accounts = await ctx.db
    .insertInto('auth.account')
    .values(
      names.map((username) => ({
        tenant_id: ctx.tenantId,
        username,
        display_name: username,
        password_hash: 'no password opens it',
        status: 'active',
        created_at: ctx.now,
      })),
    )
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning('id')
    .execute()
  if (accounts.length > 0)
    await ctx.db
      .insertInto('auth.account_role')
      .values(accounts.map(({ id }) => ({ account_id: id, tenant_id: ctx.tenantId, role: 'officer' })))
      .execute()
  return names
}

/** Puts people into the working group of an appraisal; their accounts may come later. */
export async function addGroupMembers(ctx: TenantContext, appraisalId: number, usernames: readonly string[]) {
  await ctx.db
    .insertInto('organisation.group_member')
    .values(usernames.map((username) => ({ tenant_id: ctx.tenantId, appraisal_id: appraisalId, username })))
    .execute()
}
