import { electionResult, electionSlate } from './elections.ts'
import { termExtension } from './term-extension.ts'
import { unionAccreditation } from './union-accreditation.ts'
import { unionFounding } from './union-founding.ts'

/** What of this domain needs the approval of the next level. */
export const organisationApprovals = [
  termExtension,
  electionSlate,
  electionResult,
  unionFounding,
  unionAccreditation,
] as const
