import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Personal fields at rest (handbook 14.1, class C4): sealed for reading back, fingerprinted for finding. */
export type Vault = {
  /** @param field what is sealed ("member.id_number"): a sealed value put into another column does not open */
  seal(field: string, plain: string): Buffer
  /** @throws Error when the value was not sealed with this secret for this field */
  open(field: string, sealed: Uint8Array): string
  /** The same for the same value anywhere in the system, and of no use without the secret. */
  fingerprint(kind: string, plain: string): Buffer
}

const version = 1
const ivBytes = 12
const tagBytes = 16
const fingerprintBytes = 16

function deriveKey(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'gonglian', `${use} ${version}`, 32))
}

/**
 * AES-256-GCM for sealing, HMAC-SHA-256 for fingerprints, both keys from the one secret of the installation. The first byte of a sealed
 * value tells the version of the key, so that a later secret can take over row by row.
 */
export function openVault(secret: string): Vault {
  const sealing = deriveKey(secret, 'seal')
  const printing = deriveKey(secret, 'fingerprint')
  return {
    seal(field, plain) {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      cipher.setAAD(Buffer.from(field))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), body])
    },
    open(field, sealed) {
      if (sealed[0] !== version) throw new Error('sealed with an unknown key')
      const iv = sealed.subarray(1, 1 + ivBytes)
      const decipher = createDecipheriv('aes-256-gcm', sealing, iv)
      decipher.setAAD(Buffer.from(field))
      decipher.setAuthTag(sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes))
      return decipher.update(sealed.subarray(1 + ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
    },
    fingerprint: (kind, plain) =>
      createHmac('sha256', printing).update(`${kind}\n${plain}`).digest().subarray(0, fingerprintBytes),
  }
}

/**
 * "32****************": the province. With the sex and age that stand beside it, more would leave so few numbers that they can be tried:
 * of a known county and day of birth the first four and last four digits leave less than ten.
 */
export function maskIdNumber(id: string): string {
  return `${id.slice(0, 2)}${'*'.repeat(Math.max(0, id.length - 2))}`
}

/** "*********78": the last two digits. */
export function maskPhone(phone: string): string {
  return `${'*'.repeat(Math.max(0, phone.length - 2))}${phone.slice(-2)}`
}

/** "张*", "王*娜": the first sign and, of three or more, the last. */
export function maskName(name: string): string {
  const signs = [...name]
  if (signs.length < 3) return `${signs[0] ?? ''}*`
  return `${signs[0] ?? ''}${'*'.repeat(signs.length - 2)}${signs.at(-1) ?? ''}`
}
