import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'
import { readTableQuery } from '@gonglian/ui'
import { readBody } from '../../../body-filter.tsx'
import { readFilters } from '../../../table-export.ts'
import { formedCompanions } from '../union/union.ts'

export type MissingCompanions = RouterOutputs['unions']['listMissingCompanions']['rows'][number]

/** Which unions the address asks for. */
export function toMissing(params: URLSearchParams): RouterInputs['unions']['listMissingCompanions'] {
  const query = readTableQuery(params, 'missing')
  const [kind] = readFilters(query, 'missing', formedCompanions)
  return {
    ...readBody(params),
    search: query.search.trim().slice(0, 80),
    ...(kind === undefined ? {} : { kind }),
  }
}

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'name', title: text('unions.name'), value: (row: MissingCompanions) => row.name },
    { key: 'code', title: text('unions.code'), value: (row: MissingCompanions) => row.code },
    {
      key: 'missing',
      title: text('companions.missing'),
      value: (row: MissingCompanions) =>
        row.missing.map((kind) => text(`unions.companion.${kind}`)).join(text('companions.and')),
    },
    { key: 'count', title: text('companions.count'), value: (row: MissingCompanions) => row.missing.length },
    { key: 'body', title: text('unions.body'), value: (row: MissingCompanions) => row.bodyName },
  ] as const
}
