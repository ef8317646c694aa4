import { bodies } from './bodies.ts'
import { checks } from './checks.ts'
import { desk } from './desk.ts'
import { errors } from './errors.ts'
import { figures } from './figures.ts'
import { frame } from './frame.ts'
import { indicators } from './indicators.ts'
import { progress } from './progress.ts'
import { reports } from './reports.ts'
import { signIn } from './sign-in.ts'
import { states } from './states.ts'
import { letters } from './letters.ts'
import { tables } from './tables.ts'
import { targetSplits } from './target-splits.ts'
import { targets } from './targets.ts'
import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import { bodyPages } from './body-pages.ts'
import { definitions } from './definitions.ts'
import { parameters } from './parameters.ts'
import { memberPages } from './member-pages.ts'
import { members } from './members.ts'
import { people } from './people.ts'
import { system } from './system.ts'
import { unionPages } from './union-pages.ts'
import { censusPages } from './census-pages.ts'
import { cadrePages } from './cadre-pages.ts'
import { congressPages } from './organisation-congresses.ts'
import { ratingPages } from './rating-pages.ts'
import { ratings } from './ratings.ts'
import { organisationFlows } from './organisation-flows.ts'
import { organisationSchemes } from './organisation-schemes.ts'
import { unionRefusals } from './union-refusals.ts'
import { organisationUnions } from './organisation-unions.ts'

export const messages = {
  ...cadrePages,
  ...congressPages,
  ...ratingPages,
  ...ratings,
  ...frame,
  ...organisationFlows,
  ...organisationSchemes,
  ...unionRefusals,
  ...desk,
  ...progress,
  ...reports,
  ...signIn,
  ...bodies,
  ...states,
  ...figures,
  ...tables,
  ...targets,
  ...targetSplits,
  ...letters,
  ...errors,
  ...checks,
  ...indicators,
  ...accounts,
  ...audit,
  ...bodyPages,
  ...definitions,
  ...parameters,
  ...memberPages,
  ...members,
  ...people,
  ...system,
  ...unionPages,
  ...censusPages,
  ...organisationUnions,
} as const
