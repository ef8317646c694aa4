import { generateKeyPairSync, randomBytes } from 'node:crypto'
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

/**
 * Where signed heads of audit trails go, and the key that signs them. For the worker and the operator, not for the web.
 * @param {string} dataFolder
 */
export function auditSettings(dataFolder) {
  return {
    GONGLIAN_AUDIT_KEY: ensureAuditKey(dataFolder),
    GONGLIAN_AUDIT_DIR: process.env['GONGLIAN_AUDIT_DIR'] || join(dataFolder, 'audit-heads'),
  }
}

/**
 * The file of the key: the given one, or one that is made once and kept with the data.
 * @param {string} dataFolder
 */
function ensureAuditKey(dataFolder) {
  const given = process.env['GONGLIAN_AUDIT_KEY']
  if (given !== undefined && given !== '') return given
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const file = join(dataFolder, 'audit-key.pem')
  try {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  return file
}
