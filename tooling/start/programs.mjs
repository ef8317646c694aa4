import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { endGroupWhenThisProcessDies } from '../processes/src/guard.mjs'
import { identifyProcess, isIdentityAlive, readCommandLine, readParent } from '../processes/src/process.mjs'
import { root } from './project.mjs'

/** How long a program may take to end in its own way before it is made to. */
const GRACE_MS = 10_000
/** Ctrl-C arrives twice under npm: from the terminal and from npm. Only a later one means impatience. */
const ECHO_MS = 1_500
const TAIL_LINES = 40

/** A program ended in a way that is its own fault; its last words are in the message. */
export class ProgramFailed extends Error {}

/** @type {(() => Promise<unknown>)[]} */
const undo = []
let stopping = false

/**
 * Remembers how to undo something that was started; the last started is undone first.
 * @param {() => Promise<unknown>} step
 * @returns {() => void} forgets it
 */
export function onStop(step) {
  undo.push(step)
  return () => {
    const index = undo.indexOf(step)
    if (index >= 0) undo.splice(index, 1)
  }
}

export function isStopping() {
  return stopping
}

/**
 * Undoes all that was started, then ends this process.
 * @param {number} code exit code
 * @returns {Promise<never>}
 */
async function stopAll(code) {
  if (stopping) return new Promise(() => undefined)
  stopping = true
  while (undo.length > 0) {
    try {
      await undo.pop()?.()
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
    }
  }
  process.exit(code)
}

/**
 * Runs a command of ours from beginning to end: signals stop what it started, an error becomes a message and exit code 1.
 * @param {() => Promise<number>} work returns the exit code
 * @returns {Promise<void>}
 */
export async function runCommand(work) {
  let firstSignal = 0
  for (const [signal, code] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    process.on(signal, () => {
      if (firstSignal === 0) {
        firstSignal = Date.now()
        process.stderr.write('\nstopping ...\n')
        void stopAll(code)
      } else if (Date.now() - firstSignal > ECHO_MS) {
        process.stderr.write('leaving at once; what still runs ends by itself\n')
        process.exit(code)
      }
    })
  }
  endWithNpm()
  try {
    await stopAll(await work())
  } catch (error) {
    if (stopping) return
    console.error(
      `\n${error instanceof ProgramFailed ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    await stopAll(1)
  }
}

/**
 * Whoever kills npm means us: nobody would be left to stop what we started. npm hands signals only to the shell between us, and
 * kill -9 to nobody.
 */
function endWithNpm() {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  // Some shells step aside for the program they run, others stay between it and npm.
  const isShell = /^(\S*\/)?\w*sh -c /.test(readCommandLine(parent) ?? '')
  const identity = identifyProcess(isShell ? (readParent(parent) ?? parent) : parent)
  setInterval(() => {
    if (process.ppid !== parent || !isIdentityAlive(identity)) void stopAll(1)
  }, 500).unref()
}

/**
 * Starts a program in its own process group, so that Ctrl-C reaches us first; it ends with us, however we end.
 * @param {string} command
 * @param {string[]} parameters
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, inherit?: boolean, logFile?: string, tailLines?: number, onLine?: (line: string) => void }} [options]
 *   inherit shares our terminal; otherwise what it writes goes to the log file and, by line, to onLine; tailLines are
 *   remembered for an error
 */
export function startProgram(command, parameters, options = {}) {
  const child = spawn(command, parameters, {
    cwd: options.cwd ?? root,
    env: options.env,
    // Sharing the terminal means sharing its signals too: a program in another group could not read from it.
    detached: !options.inherit,
    stdio: options.inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  })
  const guard = child.pid === undefined || options.inherit ? null : endGroupWhenThisProcessDies(child.pid)
  /** @type {string[]} */
  const tail = []
  if (options.logFile !== undefined) mkdirSync(dirname(options.logFile), { recursive: true })
  const log = options.logFile === undefined ? null : createWriteStream(options.logFile, { flags: 'a' })
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      log?.write(chunk)
      const lines = (rest + chunk).split(/\r\n|\n|\r/)
      rest = lines.pop() ?? ''
      for (const line of lines) {
        tail.push(line)
        if (tail.length > (options.tailLines ?? TAIL_LINES)) tail.shift()
        options.onLine?.(line)
      }
    })
    stream?.on('end', () => {
      if (rest === '') return
      tail.push(rest)
      options.onLine?.(rest)
    })
  }
  /** @type {Promise<{ code: number, reason: string }>} */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 127, reason: error.message }))
    child.on('close', (code, signal) =>
      resolve({ code: code ?? 1, reason: signal === null ? `exit code ${code}` : `signal ${signal}` }),
    )
  })
  const forget = onStop(() => stop())
  void ended.then(() => {
    forget()
    guard?.release()
    log?.end()
  })
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    const group = options.inherit ? child.pid : -child.pid
    send(group, 'SIGTERM')
    const timer = setTimeout(() => send(group, 'SIGKILL'), GRACE_MS)
    await ended
    clearTimeout(timer)
    // The leader may have gone before those it started.
    if (!options.inherit) send(group, 'SIGKILL')
  }
  return { child, ended, stop, tail: () => tail.join('\n').trim() }
}

/**
 * Runs a program to its end. Throws with its last words if it fails.
 * @param {string} command
 * @param {string[]} parameters
 * @param {Parameters<typeof startProgram>[2]} [options]
 */
export async function runProgram(command, parameters, options) {
  const program = startProgram(command, parameters, options)
  const { code, reason } = await program.ended
  if (isStopping()) await new Promise(() => undefined)
  if (code !== 0)
    throw new ProgramFailed(`${[command, ...parameters].join(' ')} failed (${reason}):\n${program.tail()}`)
}

/**
 * @param {number} target
 * @param {NodeJS.Signals} signal
 */
function send(target, signal) {
  try {
    process.kill(target, signal)
  } catch {
    // It is gone already.
  }
}
