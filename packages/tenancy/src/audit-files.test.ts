import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openAuditFiles, readAnchors } from './audit-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'audit-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const writeKey = (type: 'ed25519' | 'rsa') => {
  const { privateKey } =
    type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync(type)
  const file = join(folder, `${type}.pem`)
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  return file
}
const anchor = (seq: number) => ({
  code: '513221',
  seq,
  hash: '0'.repeat(64),
  at: '2026-11-21T04:00:00.000Z',
  keyId: '0'.repeat(16),
  signature: Buffer.alloc(64).toString('base64'),
})

test('heads of several days are appended and read back in order', async () => {
  const files = await openAuditFiles({ keyFile: writeKey('ed25519'), folder: join(folder, 'heads') })
  await files.publish([anchor(1)], '2026-11-21')
  await files.publish([anchor(2)], '2026-11-21')
  await files.publish([anchor(3)], '2026-11-22')
  expect((await files.read()).map(({ seq }) => seq)).toEqual([1, 2, 3])
  expect(sign(null, Buffer.from('x'), files.privateKey)).toHaveLength(64)
})

test('another kind of key, and a line that is no head, are refused', async () => {
  await expect(openAuditFiles({ keyFile: writeKey('rsa'), folder })).rejects.toThrow('no Ed25519 key')
  expect(() => readAnchors('{"code":"513221"}\n')).toThrow()
})
