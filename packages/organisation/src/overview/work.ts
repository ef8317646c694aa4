import { defineWork } from '@gonglian/records/declared'

const page = (path: string, title: string, permission: 'organisation:read' | 'member:read' = 'organisation:read') => ({
  path: `/organisation/${path}`,
  title,
  permission,
})

/** The work of the domain: its tabs in their order, and every list under the work it belongs to. */
export const organisationWork = defineWork([
  {
    key: 'founding',
    pages: [
      page('unions', 'unions.title'),
      page('applications', 'applications.title'),
      page('coverage', 'coverage.title'),
      page('employers', 'employers.title'),
      page('lists', 'lists.title'),
      page('census', 'leads.title'),
      page('visits', 'visits.title'),
      page('letters', 'jointLetters.title'),
      page('campaigns', 'campaigns.title'),
      page('restructurings', 'restructurings.title'),
      page('companions', 'companions.title'),
      page('demonstrations', 'demonstrations.title'),
    ],
  },
  {
    key: 'members',
    pages: [
      page('members', 'members.title'),
      page('imports', 'imports.title', 'member:read'),
      page('transfers', 'transfers.title', 'member:read'),
      page('members/flows', 'flows.title'),
      page('exports', 'takings.title'),
    ],
  },
  {
    key: 'elections',
    pages: [page('terms', 'terms.title'), page('elections', 'elections.title'), page('congresses', 'congresses.title')],
  },
  {
    key: 'homes',
    pages: [
      page('ratings', 'ratings.title'),
      page('checklists', 'checklists.title'),
      page('appraisals', 'appraisals.title'),
      page('evidence', 'evidence.title'),
      page('demo-points', 'demoPoints.title'),
    ],
    holds: ['/organisation/schemes'],
  },
  {
    key: 'cadres',
    pages: [
      page('cadres', 'cadres.title'),
      page('cadres/quotas', 'cadres.staffing'),
      page('cadres/trainings', 'cadres.trainings'),
      page('staffing', 'staffing.title'),
    ],
  },
  {
    key: 'women',
    pages: [page('women', 'women.title'), page('women/screenings', 'women.screening')],
  },
])
