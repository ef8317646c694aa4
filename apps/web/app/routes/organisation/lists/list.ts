import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'
import { readTableQuery } from '@gonglian/ui'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'
import { listSources } from '../employers/employer.ts'
import { knownOf } from '../unions/union.ts'

export type EmployerList = RouterOutputs['lists']['listLists']['rows'][number]

/** Which lists the address asks for. */
export function toLists(params: URLSearchParams): RouterInputs['lists']['listLists'] {
  const query = readTableQuery(params, 'lists')
  const [source] = readFilters(query, 'source', listSources)
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    ...(source === undefined ? {} : { source }),
  }
}

/** The columns of the register of lists, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'name', title: text('lists.name'), value: (row: EmployerList) => row.name },
    {
      key: 'source',
      title: text('lists.source'),
      value: (row: EmployerList) => {
        const known = knownOf(listSources, row.source)
        return known === null ? row.source : text(`lists.source.${known}`)
      },
    },
    { key: 'version', title: text('lists.version'), value: (row: EmployerList) => row.list_version },
    { key: 'asOf', title: text('lists.asOf'), value: (row: EmployerList) => row.as_of },
    {
      key: 'state',
      title: text('unions.state'),
      value: (row: EmployerList) => text(`lists.state.${row.state}`),
    },
    { key: 'rows', title: text('lists.rows'), value: (row: EmployerList) => row.rows },
    { key: 'matched', title: text('lists.matched'), value: (row: EmployerList) => row.matched },
    { key: 'ambiguous', title: text('lists.ambiguous'), value: (row: EmployerList) => row.ambiguous },
    { key: 'faulty', title: text('lists.faulty'), value: (row: EmployerList) => row.faulty },
    { key: 'body', title: text('unions.body'), value: (row: EmployerList) => row.bodyName },
  ] as const
}
