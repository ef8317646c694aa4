import { aid } from './catalogue/aid.ts'
import { cadre } from './catalogue/cadre.ts'
import { competition } from './catalogue/competition.ts'
import { culture } from './catalogue/culture.ts'
import type { CatalogueEntry } from './catalogue/entry.ts'
import { finance } from './catalogue/finance.ts'
import { governance } from './catalogue/governance.ts'
import { modelWorker } from './catalogue/model-worker.ts'
import { organisationHomes } from './catalogue/organisation-homes.ts'
import { organisationMembers } from './catalogue/organisation-members.ts'
import { organisationOfficersAndTerms } from './catalogue/organisation-officers-and-terms.ts'
import { organisationUnionisation } from './catalogue/organisation-unionisation.ts'
import { organisationUnions } from './catalogue/organisation-unions.ts'
import { rightsCases } from './catalogue/rights-cases.ts'
import { rightsCongresses } from './catalogue/rights-congresses.ts'
import { rightsContracts } from './catalogue/rights-contracts.ts'
import { safety } from './catalogue/safety.ts'
import { women } from './catalogue/women.ts'

/**
 * The national catalogue: the 174 indicators of the handbook (section 12) as corrected by docs/decisions/0004, and the parts
 * their ratios need. Versioned data: a change here becomes a new version of the indicator when it is loaded.
 */
export const catalogue: readonly CatalogueEntry[] = [
  ...organisationMembers,
  ...organisationUnions,
  ...organisationUnionisation,
  ...organisationOfficersAndTerms,
  ...organisationHomes,
  ...women,
  ...rightsContracts,
  ...rightsCongresses,
  ...rightsCases,
  ...safety,
  ...aid,
  ...competition,
  ...modelWorker,
  ...finance,
  ...governance,
  ...culture,
  ...cadre,
]
