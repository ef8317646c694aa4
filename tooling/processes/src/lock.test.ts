import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withLock } from './lock.mjs'

const folder = mkdtempSync(join(tmpdir(), 'gonglian-lock-'))
afterAll(() => rmSync(folder, { recursive: true }))

const lockModule = new URL('lock.mjs', import.meta.url).href

/** A process that counts up a file a number of times, each time behind the lock, in a way that loses counts without it. */
function countUp(lock: string, file: string, times: number): Promise<number | null> {
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs'
    import { withLock } from ${JSON.stringify(lockModule)}
    for (let turn = 0; turn < ${times}; turn += 1) {
      await withLock(${JSON.stringify(lock)}, async () => {
        const count = Number(readFileSync(${JSON.stringify(file)}, 'utf8'))
        await new Promise((resolve) => setTimeout(resolve, 2))
        writeFileSync(${JSON.stringify(file)}, String(count + 1))
      })
    }`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
  return new Promise((resolve) => child.on('exit', resolve))
}

test('processes take turns, also when they all find a lock whose owner died', async () => {
  const lock = join(folder, 'turns')
  const file = join(folder, 'count')
  writeFileSync(file, '0')
  writeFileSync(lock, '999999999 1')
  const codes = await Promise.all([1, 2, 3, 4].map(() => countUp(lock, file, 10)))
  expect(codes).toEqual([0, 0, 0, 0])
  expect(readFileSync(file, 'utf8')).toBe('40')
  expect(existsSync(lock)).toBe(false)
})

test('a lock whose number now belongs to another process is taken over', async () => {
  const lock = join(folder, 'reused')
  writeFileSync(lock, `${process.pid} 1`)
  expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done')
})

test('a lock that never got its owner is taken over once it is old', async () => {
  const lock = join(folder, 'nameless')
  writeFileSync(lock, '')
  const old = new Date(Date.now() - 60_000)
  utimesSync(lock, old, old)
  expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done')
})

test('the lock is released when the work fails, and whoever waits is told once', async () => {
  const lock = join(folder, 'failing')
  const waits: string[] = []
  const first = withLock(lock, () => new Promise((_, reject) => setTimeout(() => reject(new Error('failed')), 200)))
  const second = withLock(lock, () => Promise.resolve('done'), { onWait: (owner) => waits.push(owner) })
  await expect(first).rejects.toThrow('failed')
  expect(await second).toBe('done')
  expect(waits).toHaveLength(1)
  expect(waits[0]).toContain(String(process.pid))
})
