import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { errorCode, identifyProcess, isIdentityAlive } from './process.mjs'

const RETRY_MS = 50
/** Between creating the lock file and naming its owner there is only one system call; older and nameless means the owner died. */
const NAMELESS_MS = 5_000

/**
 * Runs work while no other process holds the same lock. A lock whose owner died is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (owner: string) => void }} [options] onWait is called once when somebody else holds the lock
 * @returns {Promise<T>}
 */
export async function withLock(file, work, options = {}) {
  mkdirSync(dirname(file), { recursive: true })
  let told = false
  while (!tryLock(file)) {
    if (clearStaleLock(file)) continue
    if (!told) options.onWait?.(readOwner(file) ?? '')
    told = true
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
  // A killed process leaves its lock to whoever finds it stale; one that exits in an orderly way takes it along.
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

/** @param {string} file */
function tryLock(file) {
  try {
    const handle = openSync(file, 'wx', 0o644)
    writeSync(handle, identifyProcess(process.pid))
    closeSync(handle)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Removes a lock whose owner is gone. Two who find it stale at once must not remove each other's fresh lock, so the look and
 * the removal happen in one synchronous stretch behind a folder that only one of them can make.
 * @param {string} file
 */
function clearStaleLock(file) {
  if (!isStale(file)) return false
  const takeover = `${file}.takeover`
  try {
    mkdirSync(takeover)
  } catch {
    if (ageOf(takeover) > NAMELESS_MS) rmSync(takeover, { recursive: true, force: true })
    return false
  }
  try {
    if (isStale(file)) rmSync(file, { force: true })
  } finally {
    rmdirSync(takeover)
  }
  return true
}

/** @param {string} file */
function isStale(file) {
  const owner = readOwner(file)
  if (owner === null) return false
  return owner === '' ? ageOf(file) > NAMELESS_MS : !isIdentityAlive(owner)
}

/** @param {string} file */
function readOwner(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** @param {string} file */
function ageOf(file) {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return 0
  }
}
