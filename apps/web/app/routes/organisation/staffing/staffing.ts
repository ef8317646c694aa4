import type { RouterInputs, RouterOutputs } from '@gonglian/api'
import { readTableQuery } from '@gonglian/ui'
import type { Translate } from '@gonglian/ui/messages'
import { readBody } from '../../../body-filter.tsx'

export type Staffing = RouterOutputs['unions']['listStaffing']['rows'][number]

/** Which places the address asks for. */
export function toStaffing(params: URLSearchParams): RouterInputs['unions']['listStaffing'] {
  return {
    ...readBody(params),
    onlyGaps: params.get('gaps') === 'only',
    search: readTableQuery(params, 'staffing').search.trim().slice(0, 80),
  }
}

export const posts = ['chairs', 'fullTimeVices', 'partTimeVices', 'institutionPosts'] as const

/** What is short of the template, in words; '' where nothing is. */
export function writeShort(text: Translate, { short }: Staffing): string {
  return posts
    .filter((post) => short[post] > 0)
    .map((post) => text('staffing.short.of', { post: text(`staffing.${post}`), count: short[post] }))
    .join(text('companions.and'))
}

/** The columns of the list, for the page and its file. */
export function listColumns(text: Translate) {
  return [
    { key: 'name', title: text('staffing.place'), value: (row: Staffing) => row.name },
    { key: 'code', title: text('unions.code'), value: (row: Staffing) => (row.code === '' ? null : row.code) },
    { key: 'chairs', title: text('staffing.chairs'), value: (row: Staffing) => row.chairs },
    {
      key: 'party',
      title: text('staffing.party'),
      value: (row: Staffing) =>
        row.chairs === 0 ? null : text(row.chairIsPartyCommittee ? 'staffing.party.yes' : 'staffing.party.no'),
    },
    { key: 'fullTimeVices', title: text('staffing.fullTimeVices'), value: (row: Staffing) => row.fullTimeVices },
    { key: 'partTimeVices', title: text('staffing.partTimeVices'), value: (row: Staffing) => row.partTimeVices },
    {
      key: 'institutionPosts',
      title: text('staffing.institutionPosts'),
      value: (row: Staffing) => row.institutionPosts,
    },
    { key: 'short', title: text('staffing.short'), value: (row: Staffing) => writeShort(text, row) },
  ] as const
}
