import type { Door, FrameData } from '../server/door.ts'
import { readCookie } from '../server/cookies.ts'

const frame: FrameData = {
  person: { name: '演示 经办', username: '513221-officer', roles: ['officer', 'reviewer'] },
  body: { id: 'b4', name: '汶川县总工会', level: 'county', code: '513221' },
  superiors: [
    { id: 'b1', name: '中华全国总工会', level: 'national' },
    { id: 'b2', name: '四川省总工会', level: 'province' },
    { id: 'b3', name: '阿坝藏族羌族自治州总工会', level: 'city' },
  ],
  areas: ['desk', 'targets', 'reports', 'progress', 'inspection', 'bodies', 'system'],
  waiting: 7,
}

/** A made-up house behind the frame, to look at the pages without a database. */
export const stageDoor: Door = {
  readVisitor: (cookie) => Promise.resolve(readCookie(cookie, 'session') === 'stage' ? { userId: 'u1', bodyId: 'b4' } : null),
  signIn: ({ username, password }) => {
    if (username === 'locked') return Promise.resolve({ ok: false, reason: 'locked', seconds: 870 })
    if (password !== 'stage') return Promise.resolve({ ok: false, reason: 'wrong', attemptsLeft: 3 })
    return Promise.resolve({ ok: true, cookie: 'session=stage; Path=/; HttpOnly; SameSite=Lax' })
  },
  signOut: () => Promise.resolve('session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'),
  listDemonstrationAccounts: () =>
    Promise.resolve([
      { username: '51-leader', body: '四川省总工会', level: 'province', role: 'leader' },
      { username: '5132-officer', body: '阿坝藏族羌族自治州总工会', level: 'city', role: 'officer' },
      { username: '513221-reviewer', body: '汶川县总工会', level: 'county', role: 'reviewer' },
      { username: '513221100-officer', body: '威州镇总工会', level: 'township', role: 'officer' },
      { username: '51-auditor', body: '四川省总工会', level: 'province', role: 'auditor' },
      { username: '51-system_admin', body: '四川省总工会', level: 'province', role: 'system_admin' },
      { username: '51-security_admin', body: '四川省总工会', level: 'province', role: 'security_admin' },
      { username: '51-audit_admin', body: '四川省总工会', level: 'province', role: 'audit_admin' },
    ]),
  readDemonstrationPassword: () => 'stage',
  readFrame: () => Promise.resolve(frame),
  search: (_visitor, query) =>
    Promise.resolve(
      query.startsWith('x')
        ? []
        : [
            { kind: 'body', id: 'b5', title: '威州镇总工会', detail: '四川省 阿坝州 汶川县', to: '/bodies/b5' },
            { kind: 'body', id: 'b6', title: '映秀镇总工会', detail: '四川省 阿坝州 汶川县', to: '/bodies/b6' },
            { kind: 'form', id: 'f1', title: '组织建设月报', detail: '2026年9月', to: '/reports/f1' },
          ],
    ),
}
