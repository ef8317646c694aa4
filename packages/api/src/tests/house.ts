import { testPassword } from '@gonglian/auth/testing'
import { everyRole, hidden, theirs, type Entries, type Entry } from './entry.ts'
import { county, marks } from './fixture.ts'

const victim: Entry['input'] = ({ victim: username }) => ({ username })
const role: Entry['input'] = ({ victim: username }) => ({ username, role: 'reviewer' })

const trail: Entry['exempt'] = {
  same: ['440044', '440045', '220022', '330037', ...marks.issued, '县拟草案乙', '争议缘由己'],
  superior: ['440044', '440045'],
  because: 'the trail holds what an own act changed, before and after (handbook 15); figures of reports are not in it',
}

/** Bodies, accounts, sessions, the trail, the queue. */
export const house: Entries = {
  // Names of bodies are seen by those above and below.
  'bodies.getFederation': {
    input: () => ({ code: county }),
    allowed: everyRole,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '汶川',
  },
  'bodies.listChildren': {
    input: () => ({ code: county }),
    allowed: everyRole,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '威州镇',
  },
  'bodies.listSuperiors': {
    input: () => ({ code: county }),
    allowed: everyRole,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '汶川',
  },
  'bodies.listLinks': {
    input: () => ({ code: county }),
    allowed: everyRole,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '阿坝州',
  },
  'bodies.searchFederations': { input: () => ({ text: '汶川' }), allowed: everyRole, ...theirs, shows: '汶川' },

  'accounts.listAccounts': {
    input: () => ({ search: 'victim' }),
    allowed: ['sysadmin', 'secadmin'],
    ...theirs,
    shows: '标记员工丁',
  },
  'accounts.exportAccounts': {
    input: () => ({ search: 'victim' }),
    allowed: ['sysadmin', 'secadmin'],
    ...theirs,
    shows: '标记员工丁',
  },
  'accounts.createAccount': {
    input: () => ({ username: `${county}-new`, displayName: '新' }),
    allowed: ['sysadmin'],
    sibling: 'invalid',
    child: 'invalid',
    superior: 'invalid',
  },
  'accounts.disableAccount': { input: victim, allowed: ['sysadmin'], ...hidden },
  'accounts.enableAccount': { input: victim, allowed: ['sysadmin'], ...hidden },
  'accounts.unlockAccount': { input: victim, allowed: ['sysadmin', 'secadmin'], ...hidden },
  'accounts.confirmAccount': { input: victim, allowed: ['secadmin'], ...hidden },
  'accounts.grantRole': { input: role, allowed: ['secadmin'], ...hidden },
  'accounts.revokeRole': { input: role, allowed: ['secadmin'], ...hidden },
  'accounts.endAccountSessions': { input: victim, allowed: ['secadmin'], ...hidden },

  'audit.listAudit': {
    input: () => ({ pageSize: 500 }),
    allowed: ['auditadmin'],
    ...theirs,
    shows: '标记留痕戊',
    exempt: trail,
  },
  'audit.exportAudit': {
    input: () => ({}),
    allowed: ['auditadmin'],
    ...theirs,
    shows: '标记留痕戊',
    exempt: trail,
  },
  'audit.verifyAudit': { allowed: ['auditadmin'], ...theirs },

  // One queue serves all bodies; only the body at the top looks into it, and the county is not that.
  'queue.readQueue': {
    allowed: ['sysadmin'],
    same: 'forbidden',
    sibling: 'forbidden',
    child: 'forbidden',
    superior: 'forbidden',
  },
  'queue.retryJob': {
    input: () => ({ id: '1' }),
    allowed: ['sysadmin'],
    same: 'forbidden',
    sibling: 'forbidden',
    child: 'forbidden',
    superior: 'forbidden',
  },

  'session.getSession': { allowed: everyRole, ...theirs, open: 'public' },
  'session.listSessions': { allowed: everyRole, ...theirs, open: 'account' },
  // The handle of somebody else's session.
  'session.endSession': {
    input: () => ({ handle: 'f'.repeat(64) }),
    allowed: everyRole,
    same: 'not_found',
    ...hidden,
    open: 'account',
  },
  'session.signOutEverywhere': { allowed: everyRole, ...theirs, open: 'account' },
  'session.changePassword': {
    input: () => ({ current: testPassword, password: 'Wheat-2026-barn' }),
    allowed: everyRole,
    ...theirs,
    open: 'account',
  },
  'session.setLocale': { input: () => ({ locale: 'en' }), allowed: everyRole, ...theirs, open: 'account' },
}
