import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import type { Translate } from '@gonglian/ui/messages'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'

export type Restructuring = RouterOutputs['unions']['listRestructurings']['rows'][number]
type Left = Pick<Restructuring, 'left'>['left']

export const restructuringStates = ['running', 'overdue'] as const

/** Which unions the address asks for. */
export function toRestructurings(params: URLSearchParams): RouterInputs['unions']['listRestructurings'] {
  const query = readTableQuery(params, 'restructurings')
  const [state, other] = readFilters(query, 'state', restructuringStates)
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    ...(state === undefined || other !== undefined ? {} : { isOverdue: state === 'overdue' }),
  }
}

/** What still stands in the way of the union's end, in words. */
export function listObstacles(text: Translate, left: Left): string[] {
  return [
    ...((left.members ?? 0) > 0 ? [text('unions.obstacle.members', { count: left.members ?? 0 })] : []),
    ...(left.groups > 0 ? [text('unions.obstacle.groups', { count: left.groups })] : []),
    ...(left.property ? [text('unions.obstacle.property')] : []),
    ...(left.funds ? [text('unions.obstacle.funds')] : []),
  ]
}

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'name', title: text('unions.name'), value: (row: Restructuring) => row.name },
    {
      key: 'employer',
      title: text('unions.employer'),
      value: (row: Restructuring) => (row.employerName === '' ? null : row.employerName),
    },
    { key: 'since', title: text('restructurings.since'), value: (row: Restructuring) => row.since },
    { key: 'due', title: text('restructurings.due'), value: (row: Restructuring) => row.dueOn },
    {
      key: 'state',
      title: text('unions.state'),
      value: (row: Restructuring) => text(row.isOverdue ? 'restructurings.overdue' : 'restructurings.running'),
    },
    {
      key: 'left',
      title: text('restructurings.left'),
      value: (row: Restructuring) =>
        listObstacles(text, row.left).join(text('restructurings.and')) || text('restructurings.ready'),
    },
    { key: 'body', title: text('unions.body'), value: (row: Restructuring) => row.bodyName },
  ] as const
}
