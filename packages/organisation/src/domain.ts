import { defineDomain } from '@gonglian/records'
import { listVisits, recordVisit } from './visits/visits.ts'

/** What the organisation domain declares. */
export const organisation = defineDomain({
  name: 'organisation',
  nouns: {
    visits: { listVisits, recordVisit },
  },
})
