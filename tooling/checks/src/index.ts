import { checkArrows } from './arrows.ts'
import { checkAuditActions } from './audit-actions.ts'
import { checkDecisions } from './decisions.ts'
import { checkEnvironment } from './environment.ts'
import { checkClock } from './clock.ts'
import type { Finding } from './finding.ts'
import { checkMessages } from './messages.ts'
import { checkNames } from './names.ts'
import { checkPaths } from './paths.ts'
import { readProject } from './project.ts'
import { checkSchemas } from './schemas.ts'
import { checkUnits } from './units.ts'

const checks = [
  checkArrows,
  checkSchemas,
  checkNames,
  checkEnvironment,
  checkClock,
  checkPaths,
  checkMessages,
  checkAuditActions,
  checkDecisions,
  checkUnits,
]

/** Everything that the rules of the house object to in a project. */
export function checkProject(root: string): Finding[] {
  const project = readProject(root)
  return checks.flatMap((check) => check(project))
}
