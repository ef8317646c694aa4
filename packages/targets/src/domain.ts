import { defineDomain } from '@gonglian/records'
import { defineTask, readOnce, type Task } from '@gonglian/tasks'
import { shanghaiDay, type Permission } from '@gonglian/tenancy'
import { letterPaper } from './letters/letter-paper.ts'
import { listDuties, type Duty } from './duties.ts'

const readDuties = readOnce(listDuties)

/** One line for each plan; all kinds of duty stem from one query. */
function defineDuty(kind: Duty['kind'], step: 'decide' | 'handle', permission: Permission): Task {
  return defineTask({
    key: `targets.${kind}`,
    step,
    permission,
    all: '/targets',
    list: async (ctx, question) => {
      const duties = (await readDuties(ctx, question)).filter((duty) => duty.kind === kind)
      return {
        total: duties.length,
        rows: duties.slice(0, question.limit).map((duty) => ({
          id: String(duty.planId),
          title: { zh: duty.planName, en: duty.planName },
          count: duty.items,
          since: duty.since === null ? null : shanghaiDay(duty.since),
          due: null,
          to: `/targets/${duty.planId}`,
        })),
      }
    },
  })
}

/** What plans and targets declare: their duties, and the responsibility letter as a paper. */
export const targets = defineDomain({
  name: 'targets',
  nouns: {},
  papers: [letterPaper],
  tasks: [
    defineDuty('accept', 'decide', 'target:accept'),
    defineDuty('sign', 'decide', 'target:sign'),
    defineDuty('settle', 'decide', 'target:settle'),
    defineDuty('issue', 'handle', 'target:issue'),
    defineDuty('split', 'handle', 'target:draft'),
  ],
})
