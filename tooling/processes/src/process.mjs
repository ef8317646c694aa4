import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Whether a process runs. A process of another user counts; a zombie does not.
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
  return readStat(pid)?.state !== 'Z'
}

/**
 * A text that names this very process: process numbers are used again, so the time it started belongs to it.
 * @param {number} pid
 */
export function identifyProcess(pid) {
  return `${pid} ${readStat(pid)?.startedAt ?? ''}`.trim()
}

/**
 * Whether the process that was once identified by this text still runs.
 * @param {string} identity
 */
export function isIdentityAlive(identity) {
  const pid = Number(identity.trim().split(' ')[0])
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && identifyProcess(pid) === identity.trim()
}

/**
 * The command line of a process, or null when it cannot be read.
 * @param {number} pid
 * @returns {string | null}
 */
export function readCommandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    const ps = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return ps.status === 0 ? ps.stdout.trim() : null
  }
}

/**
 * The process that started another, or null when it cannot be told.
 * @param {number} pid
 * @returns {number | null}
 */
export function readParent(pid) {
  const known = readStat(pid)?.parent
  if (known !== undefined) return Number(known)
  const ps = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' })
  return ps.status === 0 ? Number(ps.stdout) : null
}

/**
 * Waits until a process is gone.
 * @param {number} pid
 * @param {number} milliseconds how long to wait at most
 * @returns {Promise<boolean>} whether it is gone
 */
export async function waitForExit(pid, milliseconds) {
  const end = Date.now() + milliseconds
  while (isAlive(pid)) {
    if (Date.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return true
}

/**
 * @param {unknown} error
 * @returns {string | undefined} the code of a system error, such as ENOENT
 */
export function errorCode(error) {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** @param {number} pid */
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the command in brackets and may hold anything, so count from the last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], parent: fields[1], startedAt: fields[19] }
  } catch {
    return null
  }
}
