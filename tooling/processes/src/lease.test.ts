import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { countLeases, takeLease } from './lease.mjs'

const folder = mkdtempSync(join(tmpdir(), 'gonglian-lease-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('leases of the living count, those of the dead are removed', () => {
  const leases = join(folder, 'leases')
  expect(countLeases(leases)).toBe(0)
  const one = takeLease(leases)
  const other = takeLease(leases)
  writeFileSync(join(leases, 'dead'), '999999999 1')
  writeFileSync(join(leases, 'reused'), `${process.pid} 1`)
  expect(countLeases(leases)).toBe(2)
  expect(readdirSync(leases)).toHaveLength(2)
  one.release()
  one.release()
  expect(countLeases(leases)).toBe(1)
  other.release()
  expect(countLeases(leases)).toBe(0)
})
