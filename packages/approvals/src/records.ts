import type { TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'
import type { AnyApproval } from './approval.ts'
import type { ApplicationState } from './states.ts'

/** What a page of a record says of an application about it. */
export type RecordApplication = {
  readonly applicationId: number
  readonly kind: string
  readonly state: ApplicationState
  readonly dueOn: string
}

/** What was applied for about a record, the last first: for the two bodies, others get none. */
export async function listRecordApplications(
  ctx: TenantContext,
  approvals: readonly AnyApproval[],
  objectId: number,
): Promise<RecordApplication[]> {
  return ctx.db
    .selectFrom('approvals.application')
    .select(['id as applicationId', 'kind', 'state', 'due_on as dueOn'])
    .where(
      'kind',
      'in',
      approvals.map(({ key }) => key),
    )
    .where('object_id', '=', objectId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
}

/** What was typed in the application that was approved last for a record; null: none was. */
export async function readApproved(ctx: TenantContext, approval: AnyApproval, objectId: number): Promise<unknown> {
  const row = await ctx.db
    .selectFrom('approvals.application')
    .select('typed')
    .where('kind', '=', approval.key)
    .where('object_id', '=', objectId)
    .where('state', '=', 'approved')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : approval.check(row.typed)
}

/** Whether an application about the record in this column is open. */
export const hasOpen = (approval: AnyApproval, column: string): RawBuilder<boolean> => sql<boolean>`exists (
  select from approvals.application a where a.kind = ${approval.key} and a.object_id = ${sql.ref(column)}
    and a.state in ('applied', 'proposed', 'returned'))`
