import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('the command names what it found, and fails only then', () => {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const root = mkdtempSync(join(tmpdir(), 'gonglian-checks-'))
  const run = () => spawnSync(process.execPath, ['--import', 'tsx', main, root], { encoding: 'utf8' })
  try {
    expect(run()).toMatchObject({ status: 0, stdout: '' })
    mkdirSync(join(root, 'packages'))
    writeFileSync(join(root, 'packages/utils.ts'), '')
    expect(run()).toMatchObject({ status: 1, stdout: expect.stringMatching(/^packages\/utils\.ts:1 {2}names: /) })
  } finally {
    rmSync(root, { recursive: true })
  }
})
