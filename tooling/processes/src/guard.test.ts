import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { isAlive } from './process.mjs'

const folder = mkdtempSync(join(tmpdir(), 'gonglian-guard-'))
afterAll(() => rmSync(folder, { recursive: true }))

const guardModule = new URL('guard.mjs', import.meta.url).href

/** A process that runs a module script and prints one line when it is ready. */
async function run(script: string) {
  const source = `import { endGroupWhenThisProcessDies, runWhenThisProcessDies } from ${JSON.stringify(guardModule)}\n${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(String(chunk))),
  )
  return { child, line: line.trim() }
}

async function until(condition: () => boolean) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('the script runs when the process is killed, with its parameters as they were given', async () => {
  const mark = join(folder, `it's "here"`)
  const { child } = await run(
    `runWhenThisProcessDies(': > "$1"', [${JSON.stringify(mark)}]); console.log('ready'); setInterval(() => {}, 1000)`,
  )
  expect(existsSync(mark)).toBe(false)
  child.kill('SIGKILL')
  await until(() => existsSync(mark))
})

test('the script does not run after a release, and the guard does not keep the process from ending', async () => {
  const mark = join(folder, 'released')
  const { child } = await run(`const guard = runWhenThisProcessDies(': > "$1"', [${JSON.stringify(mark)}])
    guard.release(); runWhenThisProcessDies(':', []); console.log('ready')`)
  await until(() => child.exitCode !== null)
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(existsSync(mark)).toBe(false)
})

test('a whole group ends with the process, also one that ignores being asked', async () => {
  const { child, line } = await run(`
    import { spawn } from 'node:child_process'
    const group = spawn('sh', ['-c', 'trap "" TERM; while :; do sleep 1; done'], { detached: true, stdio: 'ignore' })
    endGroupWhenThisProcessDies(group.pid)
    console.log(group.pid)
    setInterval(() => {}, 1000)`)
  expect(isAlive(Number(line))).toBe(true)
  child.kill('SIGKILL')
  await until(() => !isAlive(Number(line)))
})
