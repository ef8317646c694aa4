import { acceptances } from './acceptances.ts'
import { approvalAims, approvalEntries } from './approval-entries.ts'
import { catalogue } from './catalogue.ts'
import { domains } from '@gonglian/domains'
import { declareEntries } from './declared-entries.ts'
import { organisationAims } from './organisation/aims.ts'
import { desk } from './desk.ts'
import type { Entries } from './entry.ts'
import { fileEntries } from './file-entries.ts'
import { house } from './house.ts'
import { organisationCadres } from './organisation/cadre-entries.ts'
import { organisationMembers } from './organisation/members.ts'
import { organisationAppraisals } from './organisation/appraisals.ts'
import { organisationRatings } from './organisation/rating-entries.ts'
import { organisationUnions } from './organisation/union-entries.ts'
import { overviewEntries } from './overview.ts'
import { papers } from './papers.ts'
import { reorganisations } from './reorganisations.ts'
import { reports } from './reports.ts'
import { signInEntries } from './sign-in.ts'
import { targets } from './targets.ts'
import { tasks } from './tasks.ts'

/** What the isolation walk and the test of bounds ask of each procedure. */
export const entries: Entries = {
  ...declareEntries(domains, { ...organisationAims, ...approvalAims }),
  ...organisationAppraisals,
  ...overviewEntries,
  ...papers,
  ...organisationRatings,
  ...organisationCadres,
  ...house,
  ...signInEntries,
  ...desk,
  ...approvalEntries,
  ...fileEntries,
  ...reorganisations,
  ...catalogue,
  ...targets,
  ...tasks,
  ...reports,
  ...acceptances,
  ...organisationMembers,
  ...organisationUnions,
}
