import type { reportChanges as source } from '../zh-CN/report-changes.ts'

export const reportChanges = {
  'errors.nothingChangedBelow': 'Nothing has changed below, so there is nothing to accept again',
  'errors.changedBelowAgain': 'Figures below have changed again; check the latest ones before you accept',
  'audit.action.report.accept_again': 'Report accepted again',
  'reports.event.accepted_again': 'Accepted again',
  'reports.event.changed_below': 'Changed below',
  'reports.event.regrouped': 'Tree of bodies changed; to be reviewed again',
  'progress.cell.event.accepted_again': 'accepted again',
  'progress.cell.event.changed_below': 'changed below',
  'progress.cell.event.regrouped': 'tree of bodies changed; to be reviewed again',
  'reports.changed': 'Changed below',
  'reports.changed.title': 'Changed below, not yet accepted again',
  'reports.changed.review':
    'The total that {who} accepted on {when}, bodies below included, still counts here and above. Figures below have changed since; check them and accept again.',
  'reports.changed.read':
    'The total that {who} accepted on {when}, bodies below included, still counts above. Figures below have changed since; they count there once the superior accepts again.',
  'reports.changed.line': 'Totals by industry line',
  'reports.changed.figures': 'As accepted, and now',
  'reports.changed.count': 'Reports contained: {accepted} as accepted, {present} now',
  'reports.changed.again': 'Accept again',
  'reports.changed.done': 'Figures of {body} accepted again',
  'reports.changed.below': '{body}: {event}',
  'reports.changed.hidden': 'A body below',
  'reports.reviewer.other': 'By the tree of that period this report is reviewed by {body}; you can only read it.',
  'desk.reviews.changed': '{count} changed below',
} as const satisfies Record<keyof typeof source, string>
