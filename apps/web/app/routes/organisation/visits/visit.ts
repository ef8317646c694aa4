import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'
import { readTableQuery } from '@gonglian/ui'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'
import { visitPurposes } from '../census/lead.ts'
import { knownOf } from '../unions/union.ts'

export type Visit = RouterOutputs['leads']['listVisits']['rows'][number]
export type ParkCount = RouterOutputs['leads']['listVisits']['parks'][number]

/** Which visits the address asks for. */
export function toVisits(params: URLSearchParams): RouterInputs['leads']['listVisits'] {
  const query = readTableQuery(params, 'visits')
  const [purpose] = readFilters(query, 'purpose', visitPurposes)
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(params.get(name) ?? '') ? params.get(name) : null)
  const [from, to] = [day('from'), day('to')]
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    park: (params.get('park') ?? '').slice(0, 80),
    ...(purpose === undefined ? {} : { purpose }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  }
}

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'on', title: text('leads.visit.on'), value: (row: Visit) => row.visitedOn },
    { key: 'employer', title: text('employers.name'), value: (row: Visit) => row.employerName },
    { key: 'park', title: text('employers.park'), value: (row: Visit) => (row.park === '' ? null : row.park) },
    {
      key: 'purpose',
      title: text('leads.visit.purpose'),
      value: (row: Visit) => {
        const known = knownOf(visitPurposes, row.purpose)
        return known === null ? row.purpose : text(`leads.purpose.${known}`)
      },
    },
    { key: 'visitors', title: text('leads.visit.visitors'), value: (row: Visit) => row.visitors },
    { key: 'foundOut', title: text('leads.visit.foundOut'), value: (row: Visit) => row.foundOut },
    { key: 'next', title: text('leads.visit.next'), value: (row: Visit) => row.nextStep },
    { key: 'body', title: text('unions.body'), value: (row: Visit) => row.bodyName },
  ] as const
}
