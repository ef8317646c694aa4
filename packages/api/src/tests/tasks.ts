import { business, everyRole, hidden, theirs, type Entries } from './entry.ts'

/** Everybody has what waits for them, and nobody sees what waits for others: a task of the county is not there for them. */
export const tasks: Entries = {
  'tasks.listTasks': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.countTasks': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.settleTask': {
    input: ({ urgeId }) => ({ key: 'inspection.urges', id: String(urgeId) }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'not_found',
  },
  'tasks.listDigests': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.markDigestsRead': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.readMailAddress': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.setMailAddress': {
    input: () => ({ email: 'walk@example.org' }),
    allowed: everyRole,
    ...theirs,
    open: 'account',
  },
  'tasks.listChannels': { allowed: ['sysadmin'], ...theirs },
  'tasks.listDeliveries': { input: () => ({}), allowed: ['sysadmin'], ...theirs },
  'tasks.setChannel': {
    input: () => ({ kind: 'wecom', version: 0, url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=walk' }),
    allowed: ['sysadmin'],
    ...theirs,
  },
  'tasks.dropChannel': {
    input: () => ({ kind: 'dingtalk', version: 1 }),
    allowed: ['sysadmin'],
    same: 'not_found',
    ...hidden,
  },
}
