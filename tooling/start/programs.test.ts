import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, afterEach, expect, test } from 'vitest'
import { isAlive } from '../processes/src/process.mjs'

const programs = new URL('programs.mjs', import.meta.url).href
const supervisor = new URL('supervisor.mjs', import.meta.url).href
const folder = mkdtempSync(join(tmpdir(), 'gonglian-programs-'))
const commands: ChildProcessByStdio<null, Readable, Readable>[] = []

afterEach(() => {
  for (const command of commands.splice(0)) command.kill('SIGKILL')
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A command as ours are: `work` is the body of what runCommand runs. Lines that are numbers are the programs it started. */
function runCommand(work: string, env: Record<string, string> = {}) {
  const script = `
    import { runCommand, runProgram, startProgram, onStop } from ${JSON.stringify(programs)}
    import { superviseProgram } from ${JSON.stringify(supervisor)}
    await runCommand(async () => { ${work} })`
  const { npm_lifecycle_event: _, ...inherited } = process.env
  const command = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  commands.push(command)
  let output = ''
  for (const stream of [command.stdout, command.stderr])
    stream.setEncoding('utf8').on('data', (text) => (output += text))
  const ended = new Promise<number | null>((resolve) => command.on('exit', resolve))
  const waitFor = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(output)
      if (match !== null) return match
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return { command, ended, waitFor, read: () => output }
}

async function untilGone(pid: number) {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Starts a program that has a child of its own and tells both process numbers. */
const family = `
  startProgram('sh', ['-c', 'sleep 1000 & echo "family $$ $!"; wait'], { onLine: (line) => console.log(line) })`

test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('%s leaves nothing running', async (signal) => {
  const { command, ended, waitFor } = runCommand(`${family}; await new Promise(() => setInterval(() => {}, 1000))`)
  const [, leader, child] = await waitFor(/family (\d+) (\d+)/)
  command.kill(signal)
  await ended
  await untilGone(Number(leader))
  await untilGone(Number(child))
})

test('what was started is undone in reverse order, also when one of the steps fails', async () => {
  const { ended, read } = runCommand(`
    onStop(async () => console.log('first'))
    onStop(async () => { throw new Error('second fails') })
    onStop(async () => console.log('third'))
    return 7`)
  expect(await ended).toBe(7)
  // The failure comes through another pipe, so only the order of the other two can be seen.
  expect(read().replace('second fails\n', '')).toBe('third\nfirst\n')
  expect(read()).toContain('second fails')
})

test('a program that fails is named with its last words, without a stack', async () => {
  const { ended, read } = runCommand(`await runProgram('sh', ['-c', 'echo the reason; exit 3']); return 0`)
  expect(await ended).toBe(1)
  expect(read()).toContain('failed (exit code 3):\nthe reason')
  expect(read()).not.toContain('    at ')
})

test('a program that is not there is an error, not a crash', async () => {
  const { ended, read } = runCommand(`await runProgram('/no/such/program', []); return 0`)
  expect(await ended).toBe(1)
  expect(read()).toContain('ENOENT')
})

const supervise = (script: string) => `
  const program = superviseProgram({
    name: 'web', cwd: '/', logFile: ${JSON.stringify(join(folder, 'web.log'))}, say: console.log, onLine: console.log,
    parameters: ['-e', ${JSON.stringify(script)}], prepare: async () => process.env,
  })`

test('a supervised program that ends is started again', async () => {
  const { waitFor } = runCommand(`
    ${supervise(`console.log('pid ' + process.pid); setInterval(() => {}, 1000)`)}; program.markReady()
    return program.hopeless`)
  const [, first] = await waitFor(/pid (\d+)/)
  process.kill(Number(first), 'SIGKILL')
  await waitFor(/web ended \(signal SIGKILL\); starting it again/)
  await waitFor(/pid \d+[^]*pid \d+/)
})

test('a supervised program that never comes up ends the command with its last words', async () => {
  const { ended, read } = runCommand(`
    ${supervise(`console.log('no such table'); process.exit(4)`)}
    return program.hopeless`)
  expect(await ended).toBe(1)
  expect(read()).toMatch(/web keeps ending \(exit code 4\)[^]*no such table/)
})
