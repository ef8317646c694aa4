import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createDatabase } from '@gonglian/db'
import { DomainError, listOpenings, systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { setLimit } from '@gonglian/indicators'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { attachFiles, holdFiles, listFiles, removeFile } from './files.ts'
import { checkWaiting, clearAway } from './jobs.ts'
import { defineFileKind, type FileKind } from './kinds.ts'
import { papers, pictures } from './media.ts'
import { openFile } from './opening.ts'
import { openClamd } from './scanner.ts'
import { storeFile } from './storing.ts'
import {
  aKeeper,
  aWordFile,
  harmfulSign,
  inPieces,
  openTestClamd,
  readAll,
  samplePaper,
  samplePhoto,
  sampleScan,
} from './testing.ts'

const { deps, close, ownerUrl, setNow } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
const clamd = await openTestClamd()
afterAll(async () => {
  await clamd.close()
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = aUser(id('513221'), 'officer')
const city = aUser(id('5132'), 'officer')
const province = aUser(id('51'), 'officer')
const neighbour = aUser(id('513222'), 'officer')
const as = <T>(actor: typeof county, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)

const base = { write: 'report:fill', read: 'report:read', media: [...pictures, ...papers] } as const
const shared = defineFileKind({ key: 'application', ...base, visibility: 'shared', isSensitive: true })
const above = defineFileKind({ key: 'notice', ...base, visibility: 'superiors', isSensitive: false })
const own = defineFileKind({ key: 'note', ...base, visibility: 'own', isSensitive: false })
const pool = defineFileKind({
  key: 'proof',
  ...base,
  media: ['image/jpeg'],
  megabytes: 1,
  visibility: 'superiors',
  isSensitive: true,
  standsAlone: true,
})
const kinds = [shared, above, own, pool]
const keeper = aKeeper(kinds)
const store = (kind: FileKind, bytes: Uint8Array = samplePaper, actor = county, with_ = keeper) =>
  storeFile(deps, with_, actor, { kind: kind.key, fileName: '申请表.pdf', content: inPieces(bytes) })
const read = async (actor: typeof county, fileId: number, with_ = keeper) =>
  readAll((await openFile(deps, with_, actor, fileId)).content)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}
test('a name is that of one file in one folder, without signs that nobody sees', async () => {
  const named = async (fileName: string) => {
    const input = { kind: own.key, fileName, content: inPieces(samplePaper) }
    return (await storeFile(deps, keeper, county, input)).fileName
  }
  expect(await named('../../etc/申请表.pdf')).toBe('....etc申请表.pdf')
  expect(await named('C:\\表\n格\u0000.pdf')).toBe('C:表格.pdf')
  // Written from right to left, "\u202Efdp.exe" reads as "exe.pdf".
  expect(await named('申请\u202Efdp.pdf')).toBe('申请fdp.pdf')
  for (const nothing of ['', ' ', '/\\', '\u200B']) await expect(named(nothing)).rejects.toThrow()
})

let record = 0
const attach = async (kind: FileKind, fileId: number, sharedWith: number | null = null) => {
  const objectId = ++record
  await as(county, (ctx) =>
    attachFiles(ctx, kind, { objectId, files: [{ fileId, slot: 'form' }], path: 'files', sharedWith }),
  )
  return objectId
}

describe('what is stored', () => {
  test('is what it is by content, whatever it is called', async () => {
    for (const [bytes, media] of [
      [samplePaper, 'application/pdf'],
      [samplePhoto, 'image/jpeg'],
      [sampleScan, 'image/png'],
      [aWordFile(), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ] as const)
      expect(await store(own, bytes)).toMatchObject({ mediaType: media, bytes: bytes.length, checkState: 'unchecked' })
  })

  test.each([
    ['a page', '<!doctype html><script>alert(1)</script>'],
    ['a picture that can hold scripts', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['a program', 'MZ\u0090\u0000'],
    ['a text', '一、基本情况'],
    ['a paper that begins later', 'x%PDF-1.7'],
  ])('%s is refused', async (_name, text) => {
    const error = await refusal(store(own, Buffer.from(text)))
    expect(error).toMatchObject({ code: 'invalid', key: 'files.type', fields: [{ path: 'file' }] })
  })

  test('of a kind that takes only photographs a paper is refused', async () => {
    expect(await refusal(store(pool, samplePaper))).toMatchObject({ key: 'files.type' })
  })

  test('nothing is no file', async () => {
    expect(await refusal(store(own, new Uint8Array()))).toMatchObject({ key: 'files.empty' })
  })

  test('no larger than the kind and the place allow, and no more is read', async () => {
    const file = (bytes: number) => Buffer.concat([samplePhoto, Buffer.alloc(bytes - samplePhoto.length)])
    expect(await store(pool, file(1024 * 1024))).toMatchObject({ bytes: 1024 * 1024 })
    expect(await refusal(store(pool, file(1024 * 1024 + 1)))).toMatchObject({
      key: 'files.tooLarge',
      params: { limit: 1 },
    })
    await as(aUser(id('5132'), 'leader'), (ctx) =>
      setLimit(ctx, { key: 'files.largest_megabytes', value: 2, validFrom: '2026-01-01', source: '州总工会通知' }),
    )
    let asked = 0
    async function* endless() {
      yield samplePhoto
      for (;;) {
        asked += 1
        yield await Promise.resolve(Buffer.alloc(64 * 1024))
      }
    }
    const endlessly = storeFile(deps, keeper, county, { kind: 'note', fileName: 'a.jpg', content: endless() })
    expect(await refusal(endlessly)).toMatchObject({ key: 'files.tooLarge', params: { limit: 2 } })
    expect(asked).toBeLessThan(40)
  })

  test('leaves nothing on the disk, also where it was refused', async () => {
    const folder = mkdtempSync(`${tmpdir()}/gonglian-test-`)
    vi.stubEnv('TMPDIR', folder)
    try {
      await store(own)
      await refusal(store(own, Buffer.from('MZ')))
      expect(readdirSync(folder)).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      rmSync(folder, { recursive: true })
    }
  })

  test('whoever may not write a record attaches nothing to it', async () => {
    for (const role of ['finance', 'auditor', 'sysadmin'] as const)
      expect(await refusal(store(own, samplePaper, aUser(id('513221'), role)))).toMatchObject({ code: 'forbidden' })
  })

  test('comes out as it went in, of any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 700_000 }),
        fc.integer({ min: 1000, max: 400_000 }),
        async (more, size) => {
          const bytes = Buffer.concat([samplePhoto, Buffer.alloc(more, more % 251)])
          const input = { kind: 'note', fileName: 'a.jpg', content: inPieces(bytes, size) }
          const { fileId } = await storeFile(deps, keeper, county, input)
          expect((await read(county, fileId)).equals(bytes)).toBe(true)
        },
      ),
      { numRuns: 12 },
    )
  })

  test('of a kind that stands alone the same is kept once, and never removed', async () => {
    const one = await store(pool, samplePhoto)
    expect((await store(pool, samplePhoto)).fileId).toBe(one.fileId)
    const kindsByKey = keeper.kinds
    expect(await refusal(as(county, (ctx) => removeFile(ctx, kindsByKey, one)))).toMatchObject({ key: 'files.kept' })
  })
})

describe('who sees a file', () => {
  const seen = async (kind: FileKind, objectId: number) => {
    const names: string[] = []
    for (const [name, actor] of Object.entries({ county, city, province, neighbour }))
      if ((await as(actor, (ctx) => listFiles(ctx, kind, objectId))).length > 0) names.push(name)
    return names
  }
  test('its own body alone, its superiors, or the one body it is shared with', async () => {
    expect(await seen(own, await attach(own, (await store(own)).fileId))).toEqual(['county'])
    expect(await seen(above, await attach(above, (await store(above)).fileId))).toEqual(['county', 'city', 'province'])
    expect(await seen(shared, await attach(shared, (await store(shared)).fileId, id('5132')))).toEqual([
      'county',
      'city',
    ])
  })

  test('opens it; the others do not find it', async () => {
    const { fileId } = await store(shared)
    await attach(shared, fileId, id('5132'))
    expect((await read(city, fileId)).equals(samplePaper)).toBe(true)
    for (const actor of [province, neighbour])
      expect(await refusal(openFile(deps, keeper, actor, fileId))).toMatchObject({ key: 'files.notFound' })
  })

  test('of another body proves who it is, and the owner reads who opened what names persons', async () => {
    const { fileId } = await store(shared)
    await attach(shared, fileId, id('5132'))
    const stale = { ...city, isProved: false }
    expect(await refusal(openFile(deps, keeper, stale, fileId))).toMatchObject({ key: 'errors.proofNeeded' })
    await read(county, fileId)
    await read(city, fileId)
    const asked = { objectKind: 'application', objectId: String(fileId), page: 1, pageSize: 50 }
    const { openings } = await as(aUser(id('513221'), 'leader'), (ctx) => listOpenings(ctx, asked))
    expect(openings).toMatchObject([{ byTenantId: id('5132'), fields: ['file'], reason: 'file.read' }])
    const open = await store(above)
    await attach(above, open.fileId)
    expect((await read(stale, open.fileId)).equals(samplePaper)).toBe(true)
  })
})

describe('a file and its record', () => {
  test('attached once, and to nothing of another body or kind', async () => {
    const { fileId } = await store(own)
    await attach(own, fileId)
    const foreign = await store(own, samplePaper, neighbour)
    const other = await store(above)
    for (const wrong of [fileId, foreign.fileId, other.fileId, 9_999_999])
      expect(await refusal(attach(own, wrong))).toMatchObject({
        code: 'invalid',
        fields: [{ path: 'files.0', key: 'files.notFound' }],
      })
  })

  test('removed while its record is open, not while it waits, never once it is decided', async () => {
    const { fileId } = await store(own)
    const objectId = await attach(own, fileId)
    const hold = (how: 'open' | 'held' | 'kept') => as(county, (ctx) => holdFiles(ctx, own, objectId, how))
    const remove = () => as(county, (ctx) => removeFile(ctx, keeper.kinds, { fileId }))
    await hold('held')
    expect(await refusal(remove())).toMatchObject({ code: 'conflict', key: 'files.kept' })
    await hold('open')
    await as(neighbour, async (ctx) => {
      expect(await refusal(removeFile(ctx, keeper.kinds, { fileId }))).toMatchObject({ code: 'not_found' })
    })
    const kept = await store(own)
    const decided = await attach(own, kept.fileId)
    await as(county, (ctx) => holdFiles(ctx, own, decided, 'kept'))
    await as(county, (ctx) => holdFiles(ctx, own, decided, 'open'))
    expect(await refusal(as(county, (ctx) => removeFile(ctx, keeper.kinds, kept)))).toMatchObject({ key: 'files.kept' })
    await remove()
    expect(await as(county, (ctx) => listFiles(ctx, own, objectId))).toEqual([])
    const left = await sql`select 1 from files.chunk where file_id = ${fileId}`.execute(owner.db)
    expect(left.rows).toEqual([])
  })

  test('the database keeps what it is, what it is attached to, and that it is kept, whatever the statement', async () => {
    const { fileId } = await store(own)
    const objectId = await attach(own, fileId)
    await as(county, (ctx) => holdFiles(ctx, own, objectId, 'kept'))
    const tries = [
      "set file_name = 'b.pdf'",
      'set object_id = object_id + 1',
      "set sha256 = sha256('x')",
      "set hold = 'open'",
      "set check_state = 'clean'",
      `set tenant_id = ${id('513222')}`,
    ]
    for (const change of tries)
      await expect(
        as(county, ({ db }) => sql`update files.file ${sql.raw(change)} where id = ${fileId}`.execute(db)),
        change,
      ).rejects.toMatchObject({ code: '42501' })
    await as(county, async ({ db }) => {
      const gone = await sql`delete from files.file where id = ${fileId}`.execute(db)
      expect(gone.numAffectedRows).toBe(0n)
    })
    for (const statement of ['update files.chunk set bytes = bytes', 'delete from files.chunk'])
      await expect(as(county, ({ db }) => sql.raw(statement).execute(db))).rejects.toMatchObject({ code: '42501' })
  })

  test('bytes that are not those that were stored are not handed out', async () => {
    const { fileId } = await store(own)
    await sql`update files.chunk set bytes = 'x'::bytea || substring(bytes from 2) where file_id = ${fileId}`.execute(
      owner.db,
    )
    await expect(read(county, fileId)).rejects.toThrow('is not what was stored')
  })
})

describe('the scanner', () => {
  const scanner = openClamd({ host: clamd.host, port: clamd.port, timeoutMs: 300 })
  const checked = aKeeper(kinds, { scanner })
  const harmful = Buffer.concat([samplePaper, Buffer.from(harmfulSign)])
  const sizeOfTrail = () =>
    as(county, async ({ db }) => {
      const { rows } = await sql<{ action: string }>`select action from tenancy.audit order by seq`.execute(db)
      return rows.filter(({ action }) => action === 'file.infected').length
    })

  test('gets every byte and answers before a file is stored', async () => {
    clamd.behave('answers')
    const bytes = Buffer.concat([samplePaper, Buffer.alloc(600_000, 7)])
    expect(await store(own, bytes, county, checked)).toMatchObject({ checkState: 'clean' })
    expect(clamd.received.at(-1)?.equals(bytes)).toBe(true)
  })

  test('what it finds is refused and stands in the trail', async () => {
    clamd.behave('answers')
    const before = await sizeOfTrail()
    expect(await refusal(store(own, harmful, county, checked))).toMatchObject({ key: 'files.infected' })
    expect(await sizeOfTrail()).toBe(before + 1)
  })

  test.each(['silent', 'broken'] as const)('while it is %s a file is kept and not opened', async (how) => {
    clamd.behave(how)
    const { fileId, checkState } = await store(own, samplePaper, county, checked)
    expect(checkState).toBe('waiting')
    expect(await refusal(openFile(deps, checked, county, fileId))).toMatchObject({ key: 'files.waiting' })
    await checkWaiting(deps, checked, id('00'))
    expect(await refusal(openFile(deps, checked, county, fileId))).toMatchObject({ key: 'files.waiting' })
    clamd.behave('answers')
    expect(await checkWaiting(deps, checked, id('00'))).toBeGreaterThan(0)
    expect((await read(county, fileId, checked)).equals(samplePaper)).toBe(true)
  })

  test('what it finds later is never opened', async () => {
    clamd.behave('silent')
    const { fileId } = await store(own, harmful, county, checked)
    clamd.behave('answers')
    await checkWaiting(deps, checked, id('00'))
    expect(await refusal(openFile(deps, checked, county, fileId))).toMatchObject({ key: 'files.infected' })
    expect(await refusal(attach(own, fileId))).toMatchObject({ fields: [{ key: 'files.notFound' }] })
  })

  test('that is not there holds nothing up', async () => {
    const nobody = aKeeper(kinds, { scanner: openClamd({ host: '127.0.0.1', port: 1, timeoutMs: 300 }) })
    expect(await store(own, samplePaper, county, nobody)).toMatchObject({ checkState: 'waiting' })
  })
})

test('what nobody attached is cleared away after days, and nothing else', async () => {
  const loose = await store(own)
  const used = await store(own)
  await attach(own, used.fileId)
  const alone = await store(pool, Buffer.concat([samplePhoto, Buffer.from('another')]))
  await clearAway(deps, keeper, id('00'))
  expect((await read(county, loose.fileId)).length).toBeGreaterThan(0)
  setNow('2026-11-25T12:00:00+08:00')
  expect((await clearAway(deps, keeper, id('00'))).loose).toBeGreaterThan(0)
  expect(await refusal(openFile(deps, keeper, county, loose.fileId))).toMatchObject({ key: 'files.notFound' })
  for (const { fileId } of [used, alone]) expect((await read(county, fileId)).length).toBeGreaterThan(0)
  const system = await withTenant(deps, systemActor('test', id('00')), ({ db }) =>
    db.selectFrom('files.file').select('id').where('id', 'in', [used.fileId, alone.fileId]).execute(),
  )
  expect(system).toHaveLength(2)
})
