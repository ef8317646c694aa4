import { records } from './records.ts'
import type { messages as chinese } from '../zh-CN/index.ts'
import { approvals } from './approvals.ts'
import { files } from './files.ts'
import { bodies } from './bodies.ts'
import { calendar } from './calendar.ts'
import { checks } from './checks.ts'
import { desk } from './desk.ts'
import { digests } from './digests.ts'
import { errors } from './errors.ts'
import { figures } from './figures.ts'
import { frame } from './frame.ts'
import { indicators } from './indicators.ts'
import { nextSteps } from './next-steps.ts'
import { overview } from './overview.ts'
import { papers } from './papers.ts'
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
import { system } from './system.ts'
import { spreadsheets } from './spreadsheets.ts'
import { totals } from './totals.ts'
import { tasks } from './tasks.ts'

export const messages = {
  ...spreadsheets,
  ...totals,
  ...frame,
  ...desk,
  ...nextSteps,
  ...overview,
  ...papers,
  ...progress,
  ...reorganisations,
  ...reports,
  ...reportChanges,
  ...secondFactor,
  ...signIn,
  ...bodies,
  ...records,
  ...approvals,
  ...files,
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
  ...system,
  ...tasks,
  ...digests,
} as const satisfies Record<keyof typeof chinese, string>
