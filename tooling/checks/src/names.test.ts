import { expect, test } from 'vitest'
import { checkNames } from './names.ts'
import { checkFiles } from './testing.ts'

test.each([
  'packages/targets/src/utils.ts',
  'packages/targets/src/helper.tsx',
  'packages/targets/src/plan.service.ts',
  'packages/targets/src/PlanRepository/repository.ts',
  'packages/targets/src/types.d.ts',
  'packages/targets/src/constants.test.ts',
  'apps/web/app/shared/page.tsx',
  'packages/common/package.json',
  'tooling/lib/main.mjs',
])('%s is found', (path) => {
  expect(checkFiles(checkNames, { [path]: '{}' })).toHaveLength(1)
})

test.each([
  'packages/targets/src/typed-figures.ts',
  'infra/web.service',
  'docs/services-of-a-union.md',
  'packages/aid/src/aid.ts',
])('%s is not', (path) => {
  expect(checkFiles(checkNames, { [path]: '' })).toEqual([])
})
