export { SettleTask, gatherTasks, mostRows, settleTask, sumTasks, type WaitingKind, type WaitingRow } from './gather.ts'
export { readTaskRows } from './rows.ts'
export {
  defineTask,
  readOnce,
  steps,
  type Note,
  type Step,
  type Task,
  type TaskList,
  type TaskQuestion,
  type TaskRow,
} from './task.ts'
export { SetMailAddress, readMailAddress, setMailAddress } from './addresses.ts'
export { DropChannel, SetChannel, dropChannel, listChannels, setChannel } from './channels.ts'
export { ListDeliveries, listDeliveries } from './deliveries.ts'
export { countUnread, listDigests, markDigestsRead, type Digest } from './digests.ts'
export { robotKinds } from './robots.ts'
export { sealedColumns } from './sealed-columns.ts'
export { countDays, findUrgency, type Urgency } from './urgency.ts'
export { countDue, defineDue, dueDays, type DueDays, type DueKind, type DueLine } from './due.ts'
export { defineNextStep, showNextSteps, type FoundStep, type NextStep, type NextStepKind } from './next-steps.ts'
