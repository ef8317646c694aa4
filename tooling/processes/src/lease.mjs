import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identifyProcess, isIdentityAlive } from './process.mjs'

/**
 * Says "this process uses it" in a folder. Take and count leases only while holding the lock of the thing they are about.
 * @param {string} folder
 * @returns {{ release: () => void }}
 */
export function takeLease(folder) {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`)
  writeFileSync(file, identifyProcess(process.pid))
  return { release: () => rmSync(file, { force: true }) }
}

/**
 * How many leases are held by living processes; those of the dead are removed.
 * @param {string} folder
 */
export function countLeases(folder) {
  let count = 0
  for (const name of listFolder(folder)) {
    const file = join(folder, name)
    if (isIdentityAlive(readFileSync(file, 'utf8'))) count += 1
    else rmSync(file, { force: true })
  }
  return count
}

/** @param {string} folder */
function listFolder(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
