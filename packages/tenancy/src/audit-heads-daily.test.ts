import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSweeps } from '@gonglian/jobs/sweeps'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { auditHeadsSweep, findBrokenAnchors, listAuditAnchors, readSigning } from './audit-anchors.ts'
import { openAuditFiles, type AuditFiles } from './audit-files.ts'
import { recordAudit } from './audit.ts'
import { withTenant } from './context.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
beforeEach(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  return () => house.close()
})

const machine = mkdtempSync(join(tmpdir(), 'audit-heads-'))
const keyFile = join(machine, 'key.pem')
const folder = join(machine, 'heads')
let files: AuditFiles
beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  files = await openAuditFiles({ keyFile, folder })
})
beforeEach(() => rmSync(folder, { recursive: true, force: true }))
afterAll(() => rmSync(machine, { recursive: true }))

const turn = () => auditHeadsSweep(files).run(house.deps)
const write = (code: string) =>
  withTenant(house.deps, aUser(idOf(tree, code)), (ctx) =>
    recordAudit(ctx, { action: 'report.submit', objectKind: 'report', objectId: 1 }),
  )
const listPublished = async () => (await files.read()).map(({ code, seq }) => `${code} ${seq}`)

test('heads are signed once a day of Shanghai, however often the worker asks', async () => {
  await write('513221')
  await turn()
  await write('513221')
  house.setNow('2026-11-21T23:59:00+08:00')
  await turn()
  expect(await listPublished()).toEqual(['513221 1'])
  // Still the same day in UTC.
  house.setNow('2026-11-22T00:01:00+08:00')
  await turn()
  await turn()
  // 5132 has been told of the first head.
  expect(await listPublished()).toEqual(['513221 1', '5132 1', '513221 2'])
  expect(readdirSync(folder)).toEqual(['audit-heads-2026-11-21.jsonl', 'audit-heads-2026-11-22.jsonl'])
})

test('a folder that cannot be written is told at each turn, and nothing is lost', async () => {
  await write('513221')
  writeFileSync(folder, 'no folder')
  const failures: string[] = []
  let tell: () => void
  const told = new Promise<void>((resolve) => (tell = resolve))
  const sweeps = startSweeps({
    databaseUrl: house.appUrl,
    deps: house.deps,
    sweeps: [auditHeadsSweep(files)],
    onFailure: (sweep, error) => {
      failures.push(`${sweep} ${String(error)}`)
      tell()
    },
  })
  onTestFinished(() => sweeps.close())
  await told
  expect(failures).toEqual([expect.stringMatching(/^audit\.heads Error: E\w+: .*heads/)])
  expect(await listAuditAnchors(house.deps)).toEqual([])
  await expect(turn()).rejects.toThrow('heads')

  await write('513221')
  rmSync(folder)
  await turn()
  expect(await listPublished()).toEqual(['513221 2'])
  expect(await findBrokenAnchors(house.deps, await files.read(), [files.publicKey])).toEqual([])
})

test('lines that no turn has signed for a day and more are overdue', async () => {
  expect(await readSigning(house.deps)).toEqual({ last: null, unsignedSince: null, isOverdue: false })
  await write('513221')
  await turn()
  const signedAt = new Date('2026-11-21T12:00:00+08:00')
  // The superior was told of it, which is signed the next day.
  expect(await readSigning(house.deps)).toEqual({ last: signedAt, unsignedSince: signedAt, isOverdue: false })
  house.setNow('2026-11-22T13:59:00+08:00')
  expect(await readSigning(house.deps)).toMatchObject({ isOverdue: false })
  house.setNow('2026-11-22T14:01:00+08:00')
  expect(await readSigning(house.deps)).toEqual({ last: signedAt, unsignedSince: signedAt, isOverdue: true })
})
