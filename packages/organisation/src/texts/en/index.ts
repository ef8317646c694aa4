import { taskTexts } from './tasks.ts'
import { importFiles } from './import-files.ts'
import { importPages } from './import-pages.ts'
import { approvalTexts } from './approvals.ts'
import { auditWords } from './audit.ts'
import { cadrePages } from './cadres.ts'
import { campaigns } from './campaigns.ts'
import { censusPages } from './census.ts'
import { congressPages } from './congresses.ts'
import { demoPoints } from './demo-points.ts'
import { demonstrations } from './demonstrations.ts'
import { evidence } from './evidence.ts'
import { nextSteps } from './next-steps.ts'
import { organisationFlows } from './flows.ts'
import { jointLetters } from './joint-letters.ts'
import { memberPages } from './member-pages.ts'
import { members } from './members.ts'
import { nursingRooms } from './nursing-rooms.ts'
import { overviewTexts } from './overview.ts'
import { papers } from './papers.ts'
import { parameterNames } from './parameters.ts'
import { people } from './people.ts'
import { ratingPages } from './rating-pages.ts'
import { ratings } from './ratings.ts'
import { organisationSchemes } from './schemes.ts'
import { trainings } from './trainings.ts'
import { unionPages } from './union-pages.ts'
import { unionRefusals } from './union-refusals.ts'
import { organisationUnions } from './unions.ts'
import { visits } from './visits.ts'
import { womenActivities } from './women-activities.ts'
import { workingGroup } from './working-group.ts'
import type { texts as chinese } from '../zh-CN/index.ts'

/** The same in English: exactly the keys of the Chinese texts. */
export const texts = {
  ...taskTexts,
  ...importFiles,
  ...importPages,
  ...approvalTexts,
  ...auditWords,
  ...cadrePages,
  ...campaigns,
  ...censusPages,
  ...congressPages,
  ...demoPoints,
  ...demonstrations,
  ...evidence,
  ...organisationFlows,
  ...jointLetters,
  ...memberPages,
  ...nextSteps,
  ...members,
  ...nursingRooms,
  ...overviewTexts,
  ...papers,
  ...parameterNames,
  ...people,
  ...ratingPages,
  ...ratings,
  ...organisationSchemes,
  ...trainings,
  ...unionPages,
  ...unionRefusals,
  ...organisationUnions,
  ...visits,
  ...womenActivities,
  ...workingGroup,
} as const satisfies Record<keyof typeof chinese, string>
