import { defineTask, readTaskRows, type Step, type Task } from '@gonglian/tasks'
import { actorName, type Permission, type TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

type Row = { id: string; title: string; since: string; due: string }

function defineWaiting(
  name: string,
  step: Step,
  permission: Permission,
  waits: (ctx: TenantContext) => RawBuilder<unknown>,
): Task {
  return defineTask({
    key: `approvals.${name}`,
    step,
    permission,
    all: name === 'mend' ? '/approvals/sent' : '/approvals',
    list: (ctx, question) =>
      readTaskRows(
        ctx,
        sql<Row>`select a.id, a.title, a.due_on as due,
            (select (max(s.at) at time zone 'Asia/Shanghai')::date from approvals.step s where s.application_id = a.id) as since
          from approvals.application a where ${waits(ctx)}`,
        question,
        ({ id, title, since, due }) => ({ id, title: { zh: title, en: title }, since, due, to: `/approvals/${id}` }),
      ),
  })
}

/** Of others: whoever applied doesn't propose, and neither of the two decides. */
const byOthers = (ctx: TenantContext) => sql`${actorName(ctx.actor)} not in (a.applied_by, a.proposed_by)`

/** What waits at either end of an application. */
export const approvalTasks: readonly Task[] = [
  defineWaiting(
    'decide',
    'decide',
    'approval:decide',
    (ctx) => sql`a.to_tenant_id = ${ctx.tenantId} and a.state = 'proposed' and ${byOthers(ctx)}`,
  ),
  defineWaiting(
    'propose',
    'review',
    'approval:propose',
    (ctx) => sql`a.to_tenant_id = ${ctx.tenantId} and a.state = 'applied' and ${byOthers(ctx)}`,
  ),
  defineWaiting(
    'mend',
    'handle',
    'approval:apply',
    (ctx) => sql`a.from_tenant_id = ${ctx.tenantId} and a.state = 'returned'`,
  ),
]
