import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { mkdir, open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AuditAnchor } from './audit-anchors.ts'

/** The folder outside the database to which signed heads of audit trails are published, one file for each day. */
export type AuditFiles = {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  /** Appends to the file of the day and returns when it is on the disk. */
  publish(anchors: readonly AuditAnchor[], day: string): Promise<void>
  /** Every head that was ever published here. */
  read(): Promise<AuditAnchor[]>
}

/**
 * @param options.keyFile an Ed25519 private key in PEM; `openssl genpkey -algorithm ed25519` makes one
 * @param options.folder copied elsewhere every day, so that whoever owns this machine can't change it unseen
 * @throws Error when the file holds no such key
 */
export async function openAuditFiles(options: { keyFile: string; folder: string }): Promise<AuditFiles> {
  const privateKey = createPrivateKey(await readFile(options.keyFile, 'utf8'))
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${options.keyFile} holds no Ed25519 key`)
  return {
    privateKey,
    publicKey: createPublicKey(privateKey),
    async publish(anchors, day) {
      await mkdir(options.folder, { recursive: true, mode: 0o700 })
      const file = await open(join(options.folder, `audit-heads-${day}.jsonl`), 'a', 0o600)
      try {
        await file.write(anchors.map((anchor) => `${JSON.stringify(anchor)}\n`).join(''))
        await file.sync()
      } finally {
        await file.close()
      }
    },
    async read() {
      const names = (await readdir(options.folder)).filter((name) => /^audit-heads-.*\.jsonl$/.test(name)).sort()
      const texts = await Promise.all(names.map((name) => readFile(join(options.folder, name), 'utf8')))
      return texts.flatMap((text) => readAnchors(text))
    },
  }
}

/** @throws ZodError or SyntaxError when a line is no signed head */
export function readAnchors(text: string): AuditAnchor[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line) => AuditAnchor.parse(JSON.parse(line)))
}
