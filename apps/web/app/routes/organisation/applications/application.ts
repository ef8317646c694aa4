import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import type { Translate } from '@gonglian/ui/messages'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'
import { nameActor } from '../actor.ts'
import { kinds, knownOf } from '../unions/union.ts'

export type Application = RouterOutputs['unions']['listApplications']['rows'][number]

export const applicationStates = ['waiting', 'overdue'] as const

/** Which applications the address asks for. */
export function toApplications(params: URLSearchParams): RouterInputs['unions']['listApplications'] {
  const query = readTableQuery(params, 'applications')
  const [state, other] = readFilters(query, 'state', applicationStates)
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    ...(state === undefined || other !== undefined ? {} : { isOverdue: state === 'overdue' }),
  }
}

/** The columns of the queue, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'name', title: text('unions.name'), value: (row: Application) => row.name },
    {
      key: 'kind',
      title: text('unions.kind'),
      value: (row: Application) => {
        const known = knownOf(kinds, row.kind)
        return known === null ? row.kind : text(`unions.kind.${known}`)
      },
    },
    { key: 'applied', title: text('unions.applied'), value: (row: Application) => row.appliedOn },
    { key: 'due', title: text('applications.due'), value: (row: Application) => row.dueOn },
    {
      key: 'state',
      title: text('unions.state'),
      value: (row: Application) => text(row.isOverdue ? 'applications.overdue' : 'applications.waiting'),
    },
    { key: 'by', title: text('applications.by'), value: (row: Application) => nameActor(text, row.proposedBy) },
    { key: 'body', title: text('unions.body'), value: (row: Application) => row.bodyName },
  ] as const
}
