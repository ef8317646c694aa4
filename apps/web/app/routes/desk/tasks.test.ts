import { tasks } from '@gonglian/domains'
import { steps } from '@gonglian/tasks'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { expect, test } from 'vitest'
import type { TaskKind, TaskLine } from './loaded.ts'
import { groupTasks } from './task-groups.ts'

test('every kind of task has its name and its button in both languages, every step its heading', () => {
  const keys = [
    ...steps.map((step) => `tasks.step.${step}`),
    ...tasks.flatMap(({ key }) => [`tasks.${key}`, `tasks.${key}.act`]),
  ]
  expect(keys.filter((key) => !(key in chinese && key in english))).toEqual([])
})

const line = (id: string, urgency: TaskLine['urgency'], due: string | null, since: string | null = null): TaskLine => ({
  id,
  title: null,
  since,
  due,
  daysLeft: null,
  to: '/',
  urgency,
})
const kind = (key: string, step: TaskKind['step'], ...rows: TaskLine[]): TaskKind => ({
  key,
  step,
  rows,
  isSettledHere: false,
  all: '/',
  total: rows.length,
  overdue: 0,
  later: 0,
})

test('what is overdue comes first, in its group and among the groups; what a superior urged before all', () => {
  const groups = groupTasks([
    kind('a', 'decide', line('1', 'open', null, '2026-02-01'), line('2', 'open', null, '2026-01-01')),
    kind('b', 'handle', line('3', 'later', '2026-12-30'), line('4', 'overdue', '2026-11-02')),
    kind('c', 'handle', line('5', 'overdue', '2026-11-01'), line('6', 'soon', '2026-11-25')),
    kind('d', 'urged', line('7', 'open', null)),
  ])
  expect(groups.map(({ step, lines }) => [step, ...lines.map(({ row }) => row.id)])).toEqual([
    ['urged', '7'],
    ['handle', '5', '4', '6', '3'],
    ['decide', '2', '1'],
  ])
})

test('a kind with more lines than the desk holds leads to the others', () => {
  const full = { ...kind('a', 'decide', line('1', 'open', null)), total: 80 }
  const calm = { ...kind('b', 'decide'), later: 3 }
  expect(groupTasks([full, calm])).toMatchObject([{ beyond: [{ key: 'a' }], later: [{ key: 'b' }] }])
})
