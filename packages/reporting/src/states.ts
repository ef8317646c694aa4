import { DomainError, type MessageParams } from '@gonglian/tenancy'

export const reportStates = ['draft', 'submitted', 'returned', 'accepted', 'correcting'] as const
export type ReportState = (typeof reportStates)[number]
/** As a list of bodies shows it: most have not begun. */
export type ReportStanding = ReportState | 'not_started'

/** The owner may type. */
export function isEditable(state: ReportState): boolean {
  return state === 'draft' || state === 'returned' || state === 'correcting'
}

/** The figures count in totals: a correction leaves the old ones standing until it is submitted. */
export function isCounted(state: ReportState): boolean {
  return state === 'submitted' || state === 'accepted' || state === 'correcting'
}

const whatHappened = {
  draft: 'errors.reportWithdrawn',
  submitted: 'errors.reportSubmitted',
  returned: 'errors.reportReturned',
  accepted: 'errors.reportAccepted',
  correcting: 'errors.reportCorrecting',
} as const satisfies Record<ReportState, string>

/** Somebody was faster: says what happened to the report meanwhile, and by whom. */
export function refuseMeanwhile(report: {
  state: ReportState
  submitted_by: string | null
  decided_by: string | null
}): DomainError {
  const isOwners = report.state === 'draft' || report.state === 'submitted'
  const params: MessageParams = { actor: (isOwners ? report.submitted_by : report.decided_by) ?? '' }
  return new DomainError('conflict', whatHappened[report.state], { params })
}
