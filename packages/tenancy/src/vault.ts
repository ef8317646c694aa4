import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Personal fields at rest (handbook 14.1, class C4): sealed for reading back, fingerprinted for finding. */
export type Vault = {
  /** @param field what is sealed ("member.id_number"): a sealed value put into another column does not open */
  seal(field: string, plain: string): Buffer
  /** @throws Error when the value was not sealed with this secret for this field */
  open(field: string, sealed: Uint8Array): string
  /** The same for the same value anywhere in the system, and of no use without the secret. */
  fingerprint(kind: string, plain: string): Buffer
  /** A new random data key of this version, sealed under the secret, to be stored. */
  makeKey(version: number): Buffer
  /** Takes over the stored data keys: from now on the newest active one seals, and each opens what it sealed. */
  adoptKeys(keys: readonly StoredKey[], now: Date): void
  /** The version that seals now. */
  readonly version: () => number
}

export type StoredKey = { readonly version: number; readonly sealed: Uint8Array; readonly activeFrom: Date }

const firstVersion = 1
const ivBytes = 12
const tagBytes = 16
const fingerprintBytes = 16

function deriveKey(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'gonglian', `${use} ${firstVersion}`, 32))
}

/** Random bytes in hand: asking the system for twelve at a time costs ten times what sealing costs. Each is given out once. */
let pool = Buffer.alloc(0)

function takeRandom(count: number): Buffer {
  if (pool.length < count) pool = randomBytes(4096)
  const taken = pool.subarray(0, count)
  pool = pool.subarray(count)
  return taken
}

function sealWith(key: Buffer, version: number, field: string, plain: Buffer): Buffer {
  const iv = takeRandom(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(field))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), body])
}

function openWith(key: Buffer, field: string, sealed: Uint8Array): Buffer {
  const iv = sealed.subarray(1, 1 + ivBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, iv)
  decipher.setAAD(Buffer.from(field))
  decipher.setAuthTag(sealed.subarray(1 + ivBytes, 1 + ivBytes + tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(1 + ivBytes + tagBytes)), decipher.final()])
}

/**
 * AES-256-GCM for sealing, HMAC-SHA-256 for fingerprints. The first byte of a sealed value tells the version of the key: version 1 and
 * the fingerprints derive from the secret of the installation, later versions are random and stored sealed under the secret
 * (`gonglian keys rotate`), so that a new key takes over row by row while old values stay readable.
 */
export function openVault(secret: string): Vault {
  const first = deriveKey(secret, 'seal')
  const printing = deriveKey(secret, 'fingerprint')
  const wrapping = deriveKey(secret, 'data keys')
  const nameOf = (version: number) => `data key ${version}`
  let keys = new Map([[firstVersion, first]])
  let sealing = { version: firstVersion, key: first }
  return {
    seal: (field, plain) => sealWith(sealing.key, sealing.version, field, Buffer.from(plain)),
    open(field, sealed) {
      const key = keys.get(sealed[0] ?? 0)
      if (!key) throw new Error('sealed with an unknown key')
      return openWith(key, field, sealed).toString('utf8')
    },
    fingerprint: (kind, plain) =>
      createHmac('sha256', printing).update(`${kind}\n${plain}`).digest().subarray(0, fingerprintBytes),
    makeKey: (version) => sealWith(wrapping, firstVersion, nameOf(version), randomBytes(32)),
    adoptKeys(stored, now) {
      const opened = new Map([[firstVersion, first]])
      let newest = { version: firstVersion, key: first }
      for (const { version, sealed, activeFrom } of stored) {
        const key = openWith(wrapping, nameOf(version), sealed)
        opened.set(version, key)
        if (activeFrom <= now && version > newest.version) newest = { version, key }
      }
      keys = opened
      sealing = newest
    },
    version: () => sealing.version,
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
