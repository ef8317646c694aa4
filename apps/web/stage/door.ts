import type { Door, FrameData, Visitor } from '../server/door.ts'
import { readCookie } from '../server/cookies.ts'

const person: Visitor = {
  kind: 'user',
  accountId: 1,
  username: '513221-officer',
  displayName: '演示 经办',
  tenantId: 4,
  roles: ['officer', 'reviewer'],
  locale: 'zh-CN',
  isProved: true,
  requestId: 'stage',
  address: '127.0.0.1',
  sessionHandle: 'stage',
  mustChangePassword: false,
  mustEnrol: false,
  hasFactor: false,
}

const frame: FrameData = {
  person: { name: '演示 经办', username: '513221-officer', roles: ['officer', 'reviewer'] },
  body: { code: '513221', name: '汶川县总工会', level: 'county' },
  superiors: [
    { code: '00', name: '中华全国总工会', level: 'national' },
    { code: '51', name: '四川省总工会', level: 'province' },
    { code: '5132', name: '阿坝藏族羌族自治州总工会', level: 'city' },
  ],
  areas: ['desk', 'targets', 'reports', 'progress', 'bodies', 'system'],
  mustChangePassword: false,
  mustEnrol: false,
  hasFactor: false,
}

/** A made-up house behind the frame, to look at the pages without a database. */
export const stageDoor: Door = {
  readVisitor: (cookie) => Promise.resolve(readCookie(cookie, 'session') === 'stage' ? person : null),
  signIn: ({ username, password }) => {
    if (username === 'locked') return Promise.resolve({ ok: false, reason: 'locked', seconds: 870 })
    if (password !== 'stage') return Promise.resolve({ ok: false, reason: 'wrong', attemptsLeft: 3 })
    return Promise.resolve({ ok: true, cookie: 'session=stage; Path=/; HttpOnly; SameSite=Lax', deviceCookie: '' })
  },
  signInWithCode: () => Promise.resolve({ ok: false, reason: 'ticketExpired' }),
  openLink: () => Promise.resolve(null),
  redeemLink: () => Promise.resolve({ ok: false, field: 'code', key: 'errors.linkVoid' }),
  signOut: () => Promise.resolve('session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'),
  listDemonstrationAccounts: () =>
    Promise.resolve([
      { username: '51-leader', body: '四川省总工会', level: 'province', role: 'leader' },
      { username: '5132-officer', body: '阿坝藏族羌族自治州总工会', level: 'city', role: 'officer' },
      { username: '513221-reviewer', body: '汶川县总工会', level: 'county', role: 'reviewer' },
      { username: '513221100-officer', body: '威州镇总工会', level: 'township', role: 'officer' },
      { username: '51-auditor', body: '四川省总工会', level: 'province', role: 'auditor' },
      { username: '51-sysadmin', body: '四川省总工会', level: 'province', role: 'sysadmin' },
      { username: '51-secadmin', body: '四川省总工会', level: 'province', role: 'secadmin' },
      { username: '51-auditadmin', body: '四川省总工会', level: 'province', role: 'auditadmin' },
    ]),
  readDemonstrationPassword: () => 'stage',
  changePassword: (_visitor, { current }) =>
    Promise.resolve(current === 'stage' ? { ok: true } : { ok: false, field: 'current', key: 'signIn.wrong' }),
  readFrame: () => Promise.resolve(frame),
  openExport: () => {
    throw new Error('the stage has no members')
  },
}
