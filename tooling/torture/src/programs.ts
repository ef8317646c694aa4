import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setTimeout as wait } from 'node:timers/promises'
import { endGroupWhenThisProcessDies } from '@gonglian/processes/guard'

const apps = fileURLToPath(new URL('../../../apps', import.meta.url))
const pauseMs = 300

export type ProgramOptions = {
  readonly app: 'web' | 'worker' | 'cli'
  readonly parameters: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
}

function launch({ app, parameters, env, logFile }: ProgramOptions): { child: ChildProcess; ended: Promise<number> } {
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, ['--import', 'tsx', ...parameters], {
    cwd: `${apps}/${app}`,
    env,
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const guard = child.pid === undefined ? null : endGroupWhenThisProcessDies(child.pid)
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(-1))
    child.on('exit', (code) => resolve(code ?? -1))
  }).finally(() => guard?.release())
  return { child, ended }
}

/** Runs one of the apps to its end. Answers its exit code. */
export function runProgram(options: ProgramOptions): Promise<number> {
  return launch(options).ended
}

/** A program that is started again whenever it ends, as an installation's supervisor does. */
export type Supervised = {
  kill(): void
  pause(): void
  resume(): void
  stop(): Promise<void>
}

export function supervise(options: ProgramOptions): Supervised {
  let stopping = false
  let current = launch(options)
  const keep = (async () => {
    for (;;) {
      await current.ended
      if (stopping) return
      await wait(pauseMs)
      if (stopping) return
      current = launch(options)
    }
  })()
  return {
    kill: () => void current.child.kill('SIGKILL'),
    pause: () => void current.child.kill('SIGSTOP'),
    resume: () => void current.child.kill('SIGCONT'),
    stop: async () => {
      stopping = true
      current.child.kill('SIGCONT')
      current.child.kill('SIGTERM')
      const late = setTimeout(() => current.child.kill('SIGKILL'), 10_000)
      await keep
      clearTimeout(late)
    },
  }
}
