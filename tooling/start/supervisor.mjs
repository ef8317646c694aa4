import { existsSync, renameSync, statSync } from 'node:fs'
import { isStopping, ProgramFailed, startProgram } from './programs.mjs'

const LOG_LIMIT_BYTES = 20_000_000
/** A program that ran this long before it failed starts with a clean record. */
const STEADY_MS = 60_000
const FAILURES_BEFORE_READY = 3
const FAILURES = 6
const LONGEST_PAUSE_MS = 30_000

/**
 * Keeps a program running: one that ends is started again, each time after a longer pause, until that looks hopeless.
 * @param {{
 *   name: string,
 *   parameters: string[],
 *   cwd: string,
 *   logFile: string,
 *   prepare: () => Promise<NodeJS.ProcessEnv>,
 *   say: (line: string) => void,
 *   onLine?: (line: string) => void,
 * }} program prepare gives the environment, before every start
 */
export function superviseProgram(program) {
  let failures = 0
  let ready = false
  /** @type {number | undefined} */
  let pid
  /** @type {(error: Error) => void} */
  let giveUp = () => undefined
  /** Settles, by failing, when the program cannot be kept running. @type {Promise<never>} */
  const hopeless = new Promise((_, reject) => (giveUp = reject))
  hopeless.catch(() => undefined)

  const run = async () => {
    while (!isStopping()) {
      const env = await program.prepare()
      if (isStopping()) return
      rotateLog(program.logFile)
      const started = Date.now()
      const { child, ended, tail } = startProgram(process.execPath, program.parameters, {
        cwd: program.cwd,
        env,
        logFile: program.logFile,
        ...(program.onLine === undefined ? {} : { onLine: program.onLine }),
      })
      pid = child.pid
      const { reason } = await ended
      pid = undefined
      if (isStopping()) return
      failures = Date.now() - started > STEADY_MS ? 1 : failures + 1
      if (failures >= (ready ? FAILURES : FAILURES_BEFORE_READY)) {
        throw new ProgramFailed(
          `${program.name} keeps ending (${reason}). Its last words, more in ${program.logFile}:\n\n${tail()}`,
        )
      }
      const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures)
      program.say(`${program.name} ended (${reason}); starting it again in ${pause / 1000} s`)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  run().catch(giveUp)
  return {
    hopeless,
    isRunning: () => pid !== undefined,
    markReady: () => {
      ready = true
      failures = 0
    },
  }
}

/** @param {string} file */
function rotateLog(file) {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`)
}
