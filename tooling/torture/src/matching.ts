import type { Attempt, Change, Intent, ReportEvent } from './ledger.ts'
import type { StoredHistory, StoredStep } from './history.ts'

type StepIntent = Extract<Intent, { is: 'step' }>

/** One change that was made, as who asked for it knows it, at the time of its commit. */
export type Made = { readonly at: number; readonly sent: number } & (
  | { readonly is: 'step'; readonly intent: StepIntent; readonly version: number; readonly actor: string }
  | { readonly is: 'reorganise'; readonly change: Change; readonly reason: string }
)

/** The clock of the database counts finer than ours. */
const roundingMs = 2

/**
 * Finds for each change that stands in the database who asked for it. What was acknowledged must stand there once, at a time between question and
 * answer; what stands there must have been asked for. A call without an answer is found, or was not done.
 */
export function matchChanges(
  attempts: readonly Attempt[],
  history: StoredHistory,
): { made: Made[]; regrouped: StoredStep[]; resolved: number; faults: string[] } {
  const faults: string[] = []
  const made: Made[] = []
  const regrouped: StoredStep[] = []
  const used = new Set<Attempt>()
  let resolved = 0

  const take = (candidates: readonly Attempt[], at: number, what: string): Attempt | null => {
    const found =
      candidates.find((attempt) => attempt.outcome === 'done' && !used.has(attempt)) ??
      candidates.find((attempt) => attempt.outcome === 'unknown' && !used.has(attempt))
    if (found === undefined) {
      faults.push(
        `${what} stands in the database, and nobody whose call could have done it asked for it, or it was refused`,
      )
      return null
    }
    used.add(found)
    if (found.outcome === 'unknown') resolved += 1
    const isInTime = at >= found.sent - roundingMs && (found.outcome === 'unknown' || at <= found.ended + roundingMs)
    if (!isInTime)
      faults.push(`${what} was committed at ${at}, asked for at ${found.sent} and answered at ${found.ended}`)
    return found
  }

  const steps = new Map<string, Attempt[]>()
  const reorganisations = new Map<string, Attempt[]>()
  for (const attempt of attempts) {
    const { intent } = attempt
    if (intent.is === 'step') push(steps, `${intent.event} ${intent.reportId}`, attempt)
    if (intent.is === 'reorganise') push(reorganisations, intent.reason, attempt)
  }
  for (const step of history.steps) {
    if (step.event === 'regrouped') {
      regrouped.push(step)
      continue
    }
    const what = `the step "${step.event}" of report ${step.reportId} to version ${step.version}`
    const candidates = (steps.get(`${step.event} ${step.reportId}`) ?? []).filter((attempt) => fits(attempt, step))
    const found = take(candidates, step.at, what)
    if (found?.intent.is !== 'step') continue
    made.push({
      is: 'step',
      at: step.at,
      sent: found.sent,
      intent: found.intent,
      version: step.version,
      actor: found.actor,
    })
  }
  for (const { id, reason, at } of history.reorganisations) {
    const candidates = (reorganisations.get(reason) ?? []).filter(
      (attempt) => attempt.outcome !== 'done' || attempt.number === id,
    )
    const found = take(candidates, at, `reorganisation ${id} (${reason})`)
    if (found?.intent.is !== 'reorganise') continue
    made.push({ is: 'reorganise', at, sent: found.sent, change: found.intent.change, reason })
  }
  for (const attempt of attempts)
    if (attempt.outcome === 'done' && !used.has(attempt) && ['step', 'reorganise'].includes(attempt.intent.is))
      faults.push(`acknowledged and not there: ${JSON.stringify(attempt)}`)
  return { made: made.toSorted((a, b) => a.at - b.at), regrouped, resolved, faults }
}

function push(map: Map<string, Attempt[]>, key: string, attempt: Attempt): void {
  map.set(key, [...(map.get(key) ?? []), attempt])
}

/** Whether a call can have led to this version. */
function fits({ intent, outcome, number }: Attempt, step: StoredStep): boolean {
  if (intent.is !== 'step') return false
  if (outcome === 'done') return number === step.version
  // What is handed in is known by its note: others may have typed meanwhile.
  if (intent.sheet !== undefined) return step.note === intent.sheet.note
  return step.version === intent.seen + 1
}

const actions = {
  submitted: 'report.submit',
  withdrawn: 'report.withdraw',
  correction_requested: 'report.request_correction',
  accepted: 'report.accept',
  accepted_again: 'report.accept_again',
  returned: 'report.return',
  reopened: 'report.reopen',
} as const satisfies Record<ReportEvent, string>

/** Each change has one line in the trail, and no line is about anything else. */
export function checkTrail(made: readonly Made[], history: StoredHistory): string[] {
  const wanted = made.flatMap((one) =>
    one.is === 'step' ? [`${actions[one.intent.event]} ${one.intent.reportId} ${one.version}`] : [],
  )
  return [
    ...subtract(wanted, history.audit).map((line) => `no line in the audit trail: ${line}`),
    ...subtract(history.audit, wanted).map((line) => `a line too many in the audit trail: ${line}`),
  ]
}

/** What a list has more often than another. */
export function subtract(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1)
  return list.filter((item) => {
    const count = left.get(item) ?? 0
    left.set(item, count - 1)
    return count <= 0
  })
}

/** Every version of every report was somebody's step, somebody's saving, or the tree's; nothing was done twice or lost. */
export function checkVersions(
  {
    attempts,
    made,
    regrouped,
  }: { attempts: readonly Attempt[]; made: readonly Made[]; regrouped: readonly StoredStep[] },
  history: StoredHistory,
): string[] {
  const faults: string[] = []
  const counted = new Map<number, number[]>()
  const count = (reportId: number, version: number) =>
    counted.set(reportId, [...(counted.get(reportId) ?? []), version])
  const lost = new Map<number, number>()
  for (const one of made) if (one.is === 'step') count(one.intent.reportId, one.version)
  for (const step of regrouped) count(step.reportId, step.version)
  for (const { intent, outcome, number } of attempts) {
    if (intent.is !== 'save') continue
    if (outcome === 'done' && number !== null) count(intent.reportId, number)
    if (outcome === 'unknown') lost.set(intent.reportId, (lost.get(intent.reportId) ?? 0) + 1)
  }
  for (const report of history.reports) {
    const versions = counted.get(report.id) ?? []
    const seen = new Set(versions)
    const missing = Array.from({ length: report.version - 1 }, (_, index) => index + 2).filter(
      (version) => !seen.has(version),
    )
    const what = `report ${report.id} of ${report.body} (${report.form} ${report.period})`
    if (seen.size < versions.length)
      faults.push(`${what}: one version was given twice (${versions.toSorted((a, b) => a - b).join(' ')})`)
    if (versions.some((version) => version > report.version))
      faults.push(`${what}: a version above its last, ${report.version}`)
    if (missing.length > (lost.get(report.id) ?? 0))
      faults.push(
        `${what}: nobody made versions ${missing.join(' ')} (${lost.get(report.id) ?? 0} savings without an answer)`,
      )
  }
  const known = new Set(history.reports.map((report) => report.id))
  for (const { intent, outcome, number } of attempts)
    if (intent.is === 'open' && outcome === 'done' && number !== null && !known.has(number))
      faults.push(`report ${number} was begun and is not there`)
  return faults
}
