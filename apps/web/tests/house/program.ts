import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { endGroupWhenThisProcessDies } from '@gonglian/processes/guard'

const apps = fileURLToPath(new URL('../../..', import.meta.url))

export type Program = {
  /** The exit code, once it has ended. */
  readonly ended: Promise<number>
  readonly isRunning: () => boolean
  /** The last lines it wrote. */
  readonly readTail: () => string
  readonly stop: () => Promise<void>
}

/** Starts one of our apps as an installation would: its own process and session, its output in a file. */
export function startProgram(
  name: 'web' | 'worker' | 'cli',
  parameters: readonly string[],
  options: { readonly env: Readonly<Record<string, string | undefined>>; readonly logFile: string },
): Program {
  const log = openSync(options.logFile, 'a')
  const child = spawn(process.execPath, ['--import', 'tsx', ...parameters], {
    cwd: `${apps}/${name}`,
    // Outside production: it refuses the demonstration.
    env: { NODE_ENV: 'development', ...options.env },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const guard = child.pid === undefined ? null : endGroupWhenThisProcessDies(child.pid)
  let running = true
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(-1))
    child.on('exit', (code) => resolve(code ?? -1))
  }).finally(() => {
    running = false
    guard?.release()
  })
  return {
    ended,
    isRunning: () => running,
    readTail: () => readFileSync(options.logFile, 'utf8').split('\n').slice(-30).join('\n'),
    stop: async () => {
      if (running) child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
    },
  }
}
