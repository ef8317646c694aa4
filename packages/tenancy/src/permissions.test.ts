import { expect, test } from 'vitest'
import { DomainError } from './error.ts'
import { addPermissions, administrators, listPermissions, mayDo, requirePermission, roles } from './permissions.ts'

const names = listPermissions()
const business = names.filter((name) => !/^(federation|account|role|session|audit|queue|channel):/.test(name))

test('the lines of the platform: whoever widens it changes this text', () => {
  expect(Object.fromEntries(names.map((name) => [name, roles.filter((role) => mayDo([role], name)).join(' ')])))
    .toMatchInlineSnapshot(`
      {
        "account:create": "sysadmin",
        "account:disable": "sysadmin",
        "account:read": "sysadmin secadmin",
        "account:unlock": "sysadmin secadmin",
        "approval:apply": "leader officer",
        "approval:decide": "leader",
        "approval:propose": "leader officer",
        "approval:read": "leader officer reviewer finance auditor",
        "audit:read": "auditadmin",
        "channel:read": "sysadmin",
        "channel:set": "sysadmin",
        "federation:prepare": "leader officer",
        "federation:read": "leader officer reviewer finance auditor sysadmin secadmin auditadmin",
        "federation:reorganise": "leader",
        "file:read": "leader officer reviewer finance auditor",
        "file:write": "leader officer",
        "form:define": "officer",
        "form:read": "leader officer reviewer finance auditor secadmin",
        "indicator:define": "officer",
        "indicator:read": "leader officer reviewer finance auditor secadmin",
        "opening:read": "leader officer",
        "parameter:change": "leader",
        "parameter:read": "leader officer reviewer finance auditor secadmin",
        "progress:read": "leader officer reviewer finance auditor",
        "queue:read": "sysadmin",
        "queue:retry": "sysadmin",
        "report:correct": "leader officer",
        "report:fill": "leader officer",
        "report:read": "leader officer reviewer finance auditor",
        "report:review": "leader reviewer",
        "report:submit": "leader officer",
        "role:grant": "secadmin",
        "rollup:read": "leader officer reviewer finance auditor",
        "session:end": "secadmin",
        "target:accept": "leader",
        "target:amend": "leader",
        "target:dispute": "leader",
        "target:draft": "leader officer",
        "target:issue": "leader",
        "target:read": "leader officer reviewer finance auditor",
        "target:settle": "leader",
        "target:sign": "leader",
        "urge:read": "leader officer reviewer finance auditor",
        "urge:send": "leader officer reviewer",
      }
    `)
})

test('administrators may do nothing with business; the security administrator reads rules, no figures', () => {
  const allowed = business.filter((name) => administrators.some((role) => mayDo([role], name)))
  expect(allowed).toEqual(['indicator:read', 'form:read', 'parameter:read'])
})

test('no two kinds of administrator hold the same decision', () => {
  const deciding = names.filter((name) => !/:read$/.test(name) && name !== 'account:unlock')
  expect(deciding.filter((name) => administrators.filter((role) => mayDo([role], name)).length > 1)).toEqual([])
})

test('without a role nothing is allowed, and the system asks nobody', () => {
  for (const name of names) {
    expect(() => requirePermission({ actor: { kind: 'user', roles: [] } }, name)).toThrow(DomainError)
    expect(() => requirePermission({ actor: { kind: 'visitor', roles: [] } }, name)).toThrow(DomainError)
    requirePermission({ actor: { kind: 'system', roles: [] } }, name)
  }
})

test('a permission that is defined is not defined again by another package', () => {
  expect(() => addPermissions({ 'audit:read': roles })).toThrow('audit:read is defined twice')
  expect(mayDo(['leader'], 'audit:read')).toBe(false)
})
