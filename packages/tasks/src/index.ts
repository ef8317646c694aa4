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
export { countDays, findUrgency, type Urgency } from './urgency.ts'
