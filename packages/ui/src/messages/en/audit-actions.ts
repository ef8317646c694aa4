import type { auditActions as source } from '../zh-CN/audit-actions.ts'

/** The words of the audit trail for acts of the domains and of signing in. */
export const auditActions = {
  'audit.action.account.linkConfirmed': 'Agree to a password request',
  'audit.action.account.linkCreated': 'Create a one-time link',
  'audit.action.account.linkRedeemed': 'Set a password by a one-time link',
  'audit.action.account.linkRefused': 'One-time link refused',
  'audit.action.account.proposeLeader': 'Propose as leader',
  'audit.action.account.requestReset': 'Request a password reset',
  'audit.action.below.leaderGranted': 'Leader granted in a subordinate body',
  'audit.action.below.leaderReset': 'Leader account reset in a subordinate body',
  'audit.action.factor.enrol': 'Set up a second factor',
  'audit.action.factor.replace': 'Replace the second factor',
  'audit.action.factor.recoveryCodes': 'New recovery codes',
  'audit.action.factor.recoveryUsed': 'Sign in with a recovery code',
  'audit.action.factor.requestReset': 'Request removal of a second factor',
  'audit.action.factor.reset': 'Remove a second factor',
  'audit.action.session.prove': 'Identity confirmed again',
  'audit.action.session.proveRefused': 'Identity not confirmed',
  'audit.action.signInRule.set': 'Set the sign-in rule',
  'audit.field.purpose': 'Purpose',
  'audit.field.requestedBy': 'Requested by',
  'audit.field.actors': 'Acted by',
  'audit.field.factor': 'Second factor',
  'audit.field.left': 'Left',
  'audit.field.fields': 'Fields',
} as const satisfies Record<keyof typeof source, string>
