import { resolve } from 'node:path'
import { formatFinding } from './finding.ts'
import { checkProject } from './index.ts'

// node main.ts [FOLDER]: prints what the rules of the house object to, and fails if that is anything.
const findings = checkProject(resolve(process.argv[2] ?? '.'))
for (const finding of findings) console.log(formatFinding(finding))
process.exitCode = findings.length === 0 ? 0 : 1
