/** How the page of a record says its next step. */
export const nextSteps = {
  'nextSteps.title': 'Next step',
  'nextSteps.none': 'Nothing is due at present',
  'nextSteps.about': '{about}: {step}',
  'nextSteps.waits': 'Waits for {body} ({roles})',
  'nextSteps.waitsOwn': 'Waits for your own body ({roles})',
  'nextSteps.others': 'You handled it before: somebody else must do this',
  'nextSteps.or': ' or ',
  'nextSteps.since': 'since {date}',
  'nextSteps.due': 'due {date}',
  'nextSteps.late': 'overdue',
  'approvals.next.propose': 'handed in, an opinion is to be given',
  'approvals.next.propose.act': 'Give an opinion',
  'approvals.next.decide': 'to be decided',
  'approvals.next.decide.act': 'Decide',
  'approvals.next.mend': 'returned ({reason}); correct it and hand it in again, or withdraw it',
  'approvals.next.mend.act': 'See the application',
} as const
