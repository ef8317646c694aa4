import { records } from './records.ts'
import { campaigns } from './campaigns.ts'
import { demoPoints } from './demo-points.ts'
import { demonstrations } from './demonstrations.ts'
import { approvals } from './approvals.ts'
import { evidence } from './evidence.ts'
import { files } from './files.ts'
import { jointLetters } from './joint-letters.ts'
import { visits } from './visits.ts'
import { bodies } from './bodies.ts'
import { calendar } from './calendar.ts'
import { checks } from './checks.ts'
import { desk } from './desk.ts'
import { errors } from './errors.ts'
import { figures } from './figures.ts'
import { frame } from './frame.ts'
import { indicators } from './indicators.ts'
import { progress } from './progress.ts'
import { reorganisations } from './reorganisations.ts'
import { reportChanges } from './report-changes.ts'
import { reports } from './reports.ts'
import { secondFactor } from './second-factor.ts'
import { signIn } from './sign-in.ts'
import { states } from './states.ts'
import { letters } from './letters.ts'
import { tables } from './tables.ts'
import { webLimits } from './web-limits.ts'
import { targetSplits } from './target-splits.ts'
import { targets } from './targets.ts'
import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import { auditActions } from './audit-actions.ts'
import { bodyPages } from './body-pages.ts'
import { definitions } from './definitions.ts'
import { parameters } from './parameters.ts'
import { memberPages } from './member-pages.ts'
import { members } from './members.ts'
import { people } from './people.ts'
import { workingGroup } from './working-group.ts'
import { system } from './system.ts'
import { unionPages } from './union-pages.ts'
import { censusPages } from './census-pages.ts'
import { cadrePages } from './cadre-pages.ts'
import { congressPages } from './organisation-congresses.ts'
import { ratingPages } from './rating-pages.ts'
import { ratings } from './ratings.ts'
import { spreadsheets } from './spreadsheets.ts'
import { totals } from './totals.ts'
import { organisationFlows } from './organisation-flows.ts'
import { organisationSchemes } from './organisation-schemes.ts'
import { unionRefusals } from './union-refusals.ts'
import { organisationUnions } from './organisation-unions.ts'

export const messages = {
  ...cadrePages,
  ...congressPages,
  ...ratingPages,
  ...ratings,
  ...spreadsheets,
  ...totals,
  ...frame,
  ...organisationFlows,
  ...organisationSchemes,
  ...unionRefusals,
  ...desk,
  ...progress,
  ...reorganisations,
  ...reports,
  ...reportChanges,
  ...secondFactor,
  ...signIn,
  ...bodies,
  ...records,
  ...campaigns,
  ...demoPoints,
  ...demonstrations,
  ...approvals,
  ...evidence,
  ...files,
  ...jointLetters,
  ...visits,
  ...calendar,
  ...states,
  ...figures,
  ...tables,
  ...webLimits,
  ...targets,
  ...targetSplits,
  ...letters,
  ...errors,
  ...checks,
  ...indicators,
  ...accounts,
  ...audit,
  ...auditActions,
  ...bodyPages,
  ...definitions,
  ...parameters,
  ...memberPages,
  ...members,
  ...people,
  ...workingGroup,
  ...system,
  ...unionPages,
  ...censusPages,
  ...organisationUnions,
} as const
