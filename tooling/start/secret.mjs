import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from '../processes/src/process.mjs'

/**
 * The installation's secret: what is given in GONGLIAN_SECRET, or a random one that is made once and kept with the data.
 * @param {string} dataFolder
 */
export function readSecret(dataFolder) {
  const given = process.env['GONGLIAN_SECRET']
  if (given !== undefined && given !== '') return given
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const file = join(dataFolder, 'secret')
  try {
    // "wx": of two who start at once, one writes it and the other reads it.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  chmodSync(file, 0o600)
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < 64)
    throw new Error(`${file} is damaged; restore it from a backup, or remove it to sign everybody out`)
  return secret
}
