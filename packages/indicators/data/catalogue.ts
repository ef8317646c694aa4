import { aid } from './catalogue/aid.ts'
import { cadre } from './catalogue/cadre.ts'
import { competition } from './catalogue/competition.ts'
import { culture } from './catalogue/culture.ts'
import type { CatalogueEntry } from './catalogue/entry.ts'
import { finance } from './catalogue/finance.ts'
import { governance } from './catalogue/governance.ts'
import { modelWorker } from './catalogue/model-worker.ts'
import { organisation } from './catalogue/organisation.ts'
import { rights } from './catalogue/rights.ts'
import { safety } from './catalogue/safety.ts'
import { women } from './catalogue/women.ts'

/**
 * The national catalogue: the 174 indicators of the handbook (section 12) as corrected by docs/decisions/0004, and the parts
 * their ratios need. Versioned data: a change here becomes a new version of the indicator when it is loaded.
 */
export const catalogue: readonly CatalogueEntry[] = [
  ...organisation,
  ...women,
  ...rights,
  ...safety,
  ...aid,
  ...competition,
  ...modelWorker,
  ...finance,
  ...governance,
  ...culture,
  ...cadre,
]
