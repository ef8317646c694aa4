import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

/**
 * Sealing to a public key: ECIES of X25519, HKDF-SHA-256 and AES-256-GCM, all from Node. A sealed value is the public key that was drawn
 * for it (32 bytes), the tag (16) and the text, which keeps its length.
 */

/** How a raw X25519 private key is written in PKCS #8, and a public one in SubjectPublicKeyInfo (RFC 8410). */
const privateHead = Buffer.from('302e020100300506032b656e04220420', 'hex')
const publicHead = Buffer.from('302a300506032b656e032100', 'hex')
const keyBytes = 32
const tagBytes = 16
const ivBytes = 12

const readPrivate = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([privateHead, seed]), format: 'der', type: 'pkcs8' })
const readPublic = (raw: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([publicHead, raw]), format: 'der', type: 'spki' })
const writePublic = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(publicHead.length)

/** The public key, 32 bytes, that belongs to a private one of 32 bytes. */
export function findPublicKey(privateKey: Uint8Array): Buffer {
  return writePublic(createPublicKey(readPrivate(privateKey)))
}

/** Key and IV of one sealed value. Each value has a key pair of its own, so the pair never comes twice. */
function deriveCipher(common: Buffer, drawn: Uint8Array, receiver: Uint8Array, purpose: string) {
  const derived = Buffer.from(
    hkdfSync('sha256', common, Buffer.concat([drawn, receiver]), `gonglian ${purpose}`, keyBytes + ivBytes),
  )
  return { key: derived.subarray(0, keyBytes), iv: derived.subarray(keyBytes) }
}

/** @param purpose what is sealed and where it belongs: with another purpose it does not open */
export function sealTo(publicKey: Uint8Array, purpose: string, plain: Uint8Array): Buffer {
  const { privateKey, publicKey: drawnKey } = generateKeyPairSync('x25519')
  const drawn = writePublic(drawnKey)
  const common = diffieHellman({ privateKey, publicKey: readPublic(publicKey) })
  const { key, iv } = deriveCipher(common, drawn, publicKey, purpose)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([drawn, cipher.getAuthTag(), body])
}

/** @throws Error when it was not sealed to this key for this purpose */
export function openSealed(privateKey: Uint8Array, purpose: string, sealed: Uint8Array): Buffer {
  const drawn = sealed.subarray(0, keyBytes)
  const common = diffieHellman({ privateKey: readPrivate(privateKey), publicKey: readPublic(drawn) })
  const { key, iv } = deriveCipher(common, drawn, findPublicKey(privateKey), purpose)
  const decipher = createDecipheriv('aes-256-gcm', key, iv)
  decipher.setAuthTag(sealed.subarray(keyBytes, keyBytes + tagBytes))
  return Buffer.concat([decipher.update(sealed.subarray(keyBytes + tagBytes)), decipher.final()])
}

/** Two values of 32 bytes from one secret: the private key, and what proves that the secret was known without telling it. */
export function deriveGroupKey(secret: Uint8Array): { privateKey: Buffer; proof: Buffer } {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, 'gonglian', `working group ${use}`, keyBytes))
  return { privateKey: derive('key'), proof: derive('proof') }
}
