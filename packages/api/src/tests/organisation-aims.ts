import type { Aims } from './declared-entries.ts'

const today = '2026-11-21'

/** What the walk asks the declared lists and commands of the organisation domain with. */
export const organisationAims: Aims = {
  'visits.recordVisit': ({ unions }) => ({
    place: 'employer',
    employerId: unions.openEmployer,
    visitedOn: today,
    purpose: 'survey',
    visitors: 1,
  }),
}
