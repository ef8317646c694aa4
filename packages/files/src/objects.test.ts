import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { removeFile } from './files.ts'
import { clearAway } from './jobs.ts'
import { defineFileKind } from './kinds.ts'
import { openS3 } from './objects.ts'
import { openFile } from './opening.ts'
import { storeFile } from './storing.ts'
import { aKeeper, inPieces, readAll, samplePhoto } from './testing.ts'

const accessKey = 'S3RVER'
const secretKey = 'S3RVER'
const folder = mkdtempSync(`${tmpdir()}/gonglian-objects-`)
const Server = z.custom<new (options: object) => { run(): Promise<{ port: number }>; close(): Promise<void> }>(
  (value) => typeof value === 'function',
)
// It has no types. It knows its keys; signatures of version 4 it doesn't compute.
const server = new (Server.parse(createRequire(import.meta.url)('s3rver')))({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory: folder,
  configureBuckets: [{ name: 'gonglian', configs: [] }],
})
const { port } = await server.run()
const { deps, close } = await openTestDeps()
afterAll(async () => {
  await close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})
const tree = await aSmallTree(deps)
const county = aUser(idOf(tree, '513221'), 'officer')
const note = defineFileKind({
  key: 'note',
  write: 'report:fill',
  read: 'report:read',
  media: ['image/jpeg'],
  visibility: 'own',
  isSensitive: false,
})
const url = `http://127.0.0.1:${port}/gonglian`
const objects = openS3({ url, accessKey, secretKey, region: 'us-east-1' })
const keeper = aKeeper([note], { objects })
const bytes = Buffer.concat([samplePhoto, Buffer.alloc(700_000, 3)])
const store = (with_ = keeper) =>
  storeFile(deps, with_, county, { kind: 'note', fileName: '现场.jpg', content: inPieces(bytes, 100_000) })
const placeOf = async (fileId: number) =>
  withTenant(deps, county, async ({ db }) => {
    const row = await db.selectFrom('files.file').select('place').where('id', '=', fileId).executeTakeFirstOrThrow()
    const chunks = await db.selectFrom('files.chunk').select('position').where('file_id', '=', fileId).execute()
    return { place: row.place, chunks: chunks.length }
  })

test('a configured store holds the bytes, and the database none', async () => {
  const { fileId } = await store()
  const { place, chunks } = await placeOf(fileId)
  expect(place).toMatch(new RegExp(`^${county.tenantId}/[0-9a-f-]{36}$`))
  expect(chunks).toBe(0)
  expect((await readAll(await objects.get(place))).equals(bytes)).toBe(true)
  expect((await readAll((await openFile(deps, keeper, county, fileId)).content)).equals(bytes)).toBe(true)
})

test('a file of the database is opened although new ones go to the store', async () => {
  const { fileId } = await store(aKeeper([note]))
  expect((await readAll((await openFile(deps, keeper, county, fileId)).content)).equals(bytes)).toBe(true)
})

test('the object goes after its file, by the worker', async () => {
  const { fileId } = await store()
  const { place } = await placeOf(fileId)
  await withTenant(deps, county, (ctx) => removeFile(ctx, keeper.kinds, { fileId }))
  expect((await readAll(await objects.get(place))).length).toBe(bytes.length)
  expect(await clearAway(deps, keeper, idOf(tree, '00'))).toEqual({ loose: 0, dropped: 1 })
  await expect(objects.get(place)).rejects.toThrow('404')
  expect(await clearAway(deps, keeper, idOf(tree, '00'))).toEqual({ loose: 0, dropped: 0 })
})

test('of a kind that keeps a file once, sending it again leaves no second object, and tells what is kept', async () => {
  const proof = defineFileKind({
    key: 'proof',
    write: 'report:fill',
    read: 'report:read',
    media: ['image/jpeg'],
    visibility: 'own',
    isSensitive: false,
    standsAlone: true,
  })
  const send = (fileName: string, by = county, into = objects) =>
    storeFile(deps, aKeeper([proof], { objects: into }), by, {
      kind: 'proof',
      fileName,
      content: inPieces(bytes, 100_000),
    })
  const countObjects = () =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('_object')).length
  const first = await send('甲.jpg')
  const before = countObjects()
  expect(await send('乙.jpg')).toEqual(first)
  expect(countObjects()).toBe(before)
  // Twice at once, of another body: whoever comes second is told of the first.
  const city = aUser(idOf(tree, '5132'), 'officer')
  let come = 0
  let openGate = () => {}
  const gate = new Promise<void>((resolve) => (openGate = resolve))
  const meeting = {
    ...objects,
    put: async (place: string, path: string) => {
      if ((come += 1) === 2) openGate()
      await gate
      await objects.put(place, path)
    },
  }
  const both = await Promise.all(['丙.jpg', '丁.jpg'].map((fileName) => send(fileName, city, meeting)))
  expect(both[0]).toEqual(both[1])
  expect(countObjects()).toBe(before + 1)
})

test('an object that was changed in the store is not handed out', async () => {
  const { fileId } = await store()
  const { place } = await placeOf(fileId)
  const other = await store()
  const { place: otherPlace } = await placeOf(other.fileId)
  const changed = aKeeper([note], { objects: { ...objects, get: async () => inPieces(Buffer.alloc(bytes.length)) } })
  expect(place).not.toBe(otherPlace)
  await expect(readAll((await openFile(deps, changed, county, fileId)).content)).rejects.toThrow('not what was stored')
})

test('with a wrong key, or without the store, nothing is stored and no row is left', async () => {
  const count = () =>
    withTenant(deps, county, async ({ db }) => (await db.selectFrom('files.file').select('id').execute()).length)
  const before = await count()
  const wrong = aKeeper([note], { objects: openS3({ url, accessKey: 'another', secretKey, region: 'us-east-1' }) })
  await expect(store(wrong)).rejects.toThrow('403')
  const away = aKeeper([note], {
    objects: openS3({ url: 'http://127.0.0.1:1/gonglian', accessKey, secretKey, region: 'us-east-1' }),
  })
  await expect(store(away)).rejects.toThrow()
  expect(await count()).toBe(before)
})
