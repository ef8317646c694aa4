import { testPassword } from '@gonglian/auth/testing'
import { everyRole, hidden, theirs, type Entries, type Entry } from './entry.ts'

const victim: Entry['input'] = ({ victim: username }) => ({ username })

/** Second factors, proofs, requests of the administrators, the rule for signing in. */
export const signInEntries: Entries = {
  'accounts.requestPasswordReset': { input: victim, allowed: ['sysadmin'], ...hidden },
  // The victim has no second factor.
  'accounts.requestFactorReset': { input: victim, allowed: ['sysadmin'], same: 'conflict', ...hidden },
  'accounts.proposeLeader': { input: victim, allowed: ['sysadmin'], ...hidden },
  // Nobody has asked for anything.
  'accounts.confirmRequest': { input: victim, allowed: ['secadmin'], same: 'not_found', ...hidden },
  'accounts.readSignInRule': { allowed: everyRole, ...theirs },
  'accounts.setSignInRule': {
    input: () => ({ validFrom: '2026-12-01', factorRoles: ['leader'], passwordDays: 60, sessions: 3, source: '来源' }),
    allowed: ['secadmin'],
    ...theirs,
  },
  'session.proveSession': { input: () => ({ answer: testPassword }), allowed: everyRole, ...theirs, open: 'account' },
  'session.readFactor': { allowed: everyRole, ...theirs, open: 'account' },
  'session.beginEnrolment': { allowed: everyRole, ...theirs, open: 'account' },
  // Nothing was begun.
  'session.confirmEnrolment': {
    input: () => ({ code: '000000' }),
    allowed: everyRole,
    same: 'invalid',
    sibling: 'invalid',
    child: 'invalid',
    superior: 'invalid',
    open: 'account',
  },
  'session.replaceRecoveryCodes': {
    allowed: everyRole,
    same: 'conflict',
    sibling: 'conflict',
    child: 'conflict',
    superior: 'conflict',
    open: 'account',
  },
  'session.listNotices': { allowed: everyRole, ...theirs, open: 'account' },
  'session.markNoticesSeen': { allowed: everyRole, ...theirs, open: 'account' },
}
