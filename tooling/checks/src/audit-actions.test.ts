import { expect, test } from 'vitest'
import { checkAuditActions } from './audit-actions.ts'
import { checkFiles, manifest } from './testing.ts'

const project = {
  'packages/ui/package.json': manifest(),
  'packages/ui/src/messages/zh-CN/audit.ts': `export const audit = { 'audit.action.plan.issue': '下达', 'audit.action.plan.close': '办结' }`,
  'packages/ui/src/messages/en/audit.ts': `export const audit = { 'audit.action.plan.issue': 'Issue' }`,
  'packages/targets/package.json': manifest(),
}
const check = (text: string) => checkFiles(checkAuditActions, { ...project, 'packages/targets/src/plans.ts': text })
const write = (action: string) => `await recordAudit(ctx, { action: ${action}, objectKind: 'plan', objectId: 1 })`

test('an act without words is found, also as one of two', () => {
  expect(check(write(`'plan.burn'`))).toEqual([expect.stringMatching(/"plan\.burn" has no text in zh-CN and en$/)])
  expect(check(write(`early ? 'plan.issue' : 'plan.burn'`))).toHaveLength(1)
})

test('an act without English words is found', () => {
  expect(check(write(`'plan.close'`))).toEqual([expect.stringMatching(/has no text in en$/)])
})

test('an act with both is fine, and so is an action of something else', () => {
  expect(check(write(`'plan.issue'`))).toEqual([])
  expect(check(`const menu = { action: 'plan.burn' }`)).toEqual([])
})

test('what a migration writes into the trail is found', () => {
  const sql = `insert into tenancy.audit (tenant_id, action) values (1, 'plan.burn');\nselect 'other.text';`
  expect(checkFiles(checkAuditActions, { ...project, 'packages/db/migrations/0099_x.sql': sql })).toHaveLength(1)
})

test('what a command or a list declares is found, and what a parameter may be', () => {
  expect(check(`export const burn = defineCommand(form, { action: 'plan.burn' })`)).toHaveLength(1)
  expect(check(`${write('action')}\nfunction tell(action: 'plan.issue' | 'plan.burn') {}`)).toHaveLength(1)
})

test('an act that is put together is found, in a migration too', () => {
  expect(check(write('`plan.${state}`'))).toEqual([expect.stringContaining('the act plan.${state} is put together')])
  const sql = `insert into tenancy.audit (tenant_id, action) values (1, 'plan.' || to_state);`
  expect(checkFiles(checkAuditActions, { ...project, 'packages/db/migrations/0099_x.sql': sql })).toHaveLength(1)
})
