import { defineTask, readOnce, type Step, type Task } from '@gonglian/tasks'
import { shanghaiDay, type Permission } from '@gonglian/tenancy'
import { listWaiting, type WaitingApplication } from './reading.ts'

// One query says what waits for the person, whatever is to be done about it.
const waiting = readOnce(listWaiting)

function defineWaiting(act: WaitingApplication['act'], step: Step, permission: Permission): Task {
  return defineTask({
    key: `approvals.${act}`,
    step,
    permission,
    all: act === 'mend' ? '/approvals/sent' : '/approvals',
    list: async (ctx, question) => {
      const own = (await waiting(ctx, question)).filter((one) => one.act === act)
      const rows = own.slice(0, question.limit).map(({ applicationId, title, since, dueOn }) => ({
        id: String(applicationId),
        title: { zh: title, en: title },
        since: shanghaiDay(since),
        due: dueOn,
        to: `/approvals/${applicationId}`,
      }))
      return { rows, total: own.length }
    },
  })
}

/** What waits at either end of an application. */
export const approvalTasks: readonly Task[] = [
  defineWaiting('decide', 'decide', 'approval:decide'),
  defineWaiting('propose', 'review', 'approval:propose'),
  defineWaiting('mend', 'handle', 'approval:apply'),
]
