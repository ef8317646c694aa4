import type { Task } from '@gonglian/tasks'
import { appraisals, groupCodes } from './appraisals.ts'
import { leads, letters } from './census.ts'
import { imports, memberships, transfersIn, transfersOut, unionImports } from './members.ts'
import { appeals, awards, recommendations, scores } from './ratings.ts'
import { results, terms, termsBelow } from './terms.ts'
import { companions, restructurings } from './unions.ts'

/** What waits for people in the organisation domain. */
export const organisationTasks: readonly Task[] = [
  unionImports,
  results,
  memberships,
  transfersIn,
  awards,
  appeals,
  recommendations,
  scores,
  terms,
  restructurings,
  transfersOut,
  imports,
  appraisals,
  groupCodes,
  letters,
  leads,
  companions,
  termsBelow,
]
