import { createServer, request as send, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContext, appRouter, describeError, fileKinds } from '@gonglian/api'
import { validateSession } from '@gonglian/auth'
import { aSession } from '@gonglian/auth/testing'
import { openFile, storeFile } from '@gonglian/files'
import { aKeeper, samplePaper, sampleScan } from '@gonglian/files/testing'
import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { z } from 'zod'
import { createApp } from './app.ts'
import { nameCookie, readCookie, sessionCookie } from './cookies.ts'
import { closedDoor } from './door.ts'
import { createLog } from './log.ts'

const translate = (_locale: string, key: string) => key
let house: TestDeps
let server: Server
let closeLive: () => void = () => undefined
let url = ''
let officer = ''
let stale = ''
let countyId = 0
const logged: string[] = []

beforeAll(async () => {
  house = await openTestDeps()
  const tree = await aSmallTree(house.deps)
  countyId = idOf(tree, '513221')
  officer = `session=${(await aSession(house.deps, countyId, 'files-officer', 'officer')).sessionId}`
  stale = `session=${(await aSession(house.deps, idOf(tree, '5132'), 'files-superior', 'officer')).sessionId}`
  const keeper = aKeeper(fileKinds)
  const { app, close } = createApp({
    build: () => Promise.reject(new Error('no pages here')),
    client: null,
    door: {
      ...closedDoor,
      readVisitor: async (header, asked) => {
        const id = readCookie(header, nameCookie(sessionCookie, asked.secure)) ?? ''
        const visitor = await validateSession(house.deps, id, asked)
        return visitor && { ...visitor, isProved: header?.includes('proved') === true }
      },
    },
    subscribe: () => () => undefined,
    openApi: () => {
      throw new Error('no pages here')
    },
    describe: (error, asked) => describeError(error, { ...asked, translate }),
    trpc: {
      router: appRouter,
      contextFor: (actor, asked) => createContext({ deps: house.deps, actor, translate, ...asked }),
    },
    files: {
      store: (visitor, sent) => storeFile(house.deps, keeper, visitor, sent),
      open: (visitor, fileId) => openFile(house.deps, keeper, visitor, fileId),
    },
    clock: house.deps.clock,
    readReadiness: () => Promise.resolve({ parts: {}, backlog: null }),
    log: createLog('debug', (line) => logged.push(line)),
  })
  closeLive = close
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  url = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
})
afterAll(async () => {
  closeLive()
  server.closeAllConnections()
  server.close()
  await house.close()
})

function formOf(parts: { kind?: string; fileName?: string; bytes?: Buffer<ArrayBuffer> }): FormData {
  const form = new FormData()
  form.append('kind', parts.kind ?? 'evidence')
  form.append('fileName', parts.fileName ?? '现场 照片.png')
  form.append('file', new Blob([parts.bytes ?? sampleScan]), 'whatever.exe')
  return form
}
const post = (body: BodyInit, headers: Record<string, string> = {}, cookie = officer) =>
  fetch(`${url}/files`, { method: 'POST', body, headers: { cookie, ...headers } })
const Refused = z.object({
  error: z.object({ json: z.object({ data: z.object({ refusal: z.object({ key: z.string() }) }) }) }),
})
const keyOf = async (answer: Response) => Refused.parse(await answer.json()).error.json.data.refusal.key
const store = async (parts: Parameters<typeof formOf>[0] = {}) => {
  const answer = await post(formOf(parts))
  expect(answer.status).toBe(201)
  return z.object({ fileId: z.number(), mediaType: z.string() }).parse(await answer.json())
}
const get = (path: string, cookie = officer, headers: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { headers: { cookie, ...headers }, redirect: 'manual' })
const countFiles = () =>
  withTenant(
    house.deps,
    aUser(countyId),
    async ({ db }) => (await db.selectFrom('files.file').select('id').execute()).length,
  )

describe('a file that is sent', () => {
  test('comes back as it was, as a download that nothing runs or keeps', async () => {
    const { fileId, mediaType } = await store()
    expect(mediaType).toBe('image/png')
    const answer = await get(`/files/${fileId}`)
    expect(Buffer.from(await answer.arrayBuffer()).equals(sampleScan)).toBe(true)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(sampleScan.length),
      'content-disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent('现场 照片.png')}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store, no-transform',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test('is named by what it is, and its name breaks no header', async () => {
    const { fileId } = await store({ fileName: "a\r\nSet-Cookie: x=1'(*).html", bytes: samplePaper })
    const said = (await get(`/files/${fileId}`)).headers.get('content-disposition')
    expect(said).toBe(`attachment; filename="file"; filename*=UTF-8''aSet-Cookie%3A%20x%3D1%27%28%2A%29.html.pdf`)
  })

  test('a picture is shown inside our pages, a paper in the browser’s own viewer, nothing else', async () => {
    const picture = await get(`/files/${(await store()).fileId}/show`)
    expect(picture.headers.get('content-disposition')).toMatch(/^inline/)
    expect(picture.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'self'; sandbox")
    const paper = await get(`/files/${(await store({ bytes: samplePaper })).fileId}/show`)
    expect(paper.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'self'")
    expect(paper.headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(paper.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('what is refused', () => {
  test('whoever is not signed in, before the file is read', async () => {
    expect((await post(formOf({}), {}, '')).status).toBe(401)
    expect((await get('/files/1', '')).status).toBe(401)
    const visit = await get('/files/1', '', { 'sec-fetch-dest': 'document' })
    expect([visit.status, visit.headers.get('location')]).toEqual([302, '/sign-in?back=%2Ffiles%2F1'])
  })

  test('another site that sends with our cookie', async () => {
    expect((await post(formOf({}), { origin: 'https://elsewhere.example' })).status).toBe(403)
    expect((await post(formOf({}), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  test('an unknown kind, a page, no file, two files, no form', async () => {
    const before = await countFiles()
    expect(await keyOf(await post(formOf({ kind: 'nothing' })))).toBe('files.noKind')
    expect(await keyOf(await post(formOf({ bytes: Buffer.from('<!doctype html>') })))).toBe('files.type')
    const empty = new FormData()
    empty.append('kind', 'evidence')
    expect((await post(empty)).status).toBe(400)
    expect((await post('kind=evidence', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400)
    expect((await post('--x', { 'content-type': 'multipart/form-data' })).status).toBe(400)
    expect((await post('--x\r\nnonsense', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400)
    expect(await countFiles()).toBe(before)
  })

  test('more than may be sent, and the browser hears why', async () => {
    const bytes = Buffer.concat([sampleScan, Buffer.alloc(6 * 1024 * 1024)])
    const answer = await post(formOf({ bytes }))
    expect([answer.status, await keyOf(answer)]).toEqual([400, 'files.tooLarge'])
    const huge = await post(formOf({ bytes: Buffer.alloc(21 * 1024 * 1024) }))
    expect(huge.status).toBe(413)
  })

  test('a sender who goes away in the middle leaves nothing', async () => {
    const before = await countFiles()
    const head = `--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\nevidence\r\n--x\r\nContent-Disposition: form-data; name="fileName"\r\n\r\na.png\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\nContent-Type: image/png\r\n\r\n`
    const { port } = new URL(url)
    await new Promise<void>((resolve) => {
      const asked = send({
        host: '127.0.0.1',
        port,
        path: '/files',
        method: 'POST',
        headers: {
          cookie: officer,
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': String(head.length + 100_000),
        },
      })
      asked.on('error', () => resolve())
      asked.write(head)
      asked.write(sampleScan, () => setTimeout(() => asked.destroy(), 100))
    })
    expect((await get('/healthz')).status).toBe(200)
    expect(await countFiles()).toBe(before)
  })

  test('a superior who did not prove who it is; it goes to the proof and comes back', async () => {
    const { fileId } = await store({ bytes: samplePaper })
    const answer = await get(`/files/${fileId}`, stale)
    expect([answer.status, await keyOf(answer)]).toEqual([403, 'errors.proofNeeded'])
    const visit = await get(`/files/${fileId}`, stale, { 'sec-fetch-dest': 'document' })
    expect(visit.headers.get('location')).toBe(`/me/proof?back=%2Ffiles%2F${fileId}`)
    expect((await get(`/files/${fileId}`, `${stale}; proved=1`)).status).toBe(200)
  })

  test('nothing of all this was a failure', () => {
    expect(logged.filter((line) => line.includes('"status":500') || line.includes('unhandled'))).toEqual([])
  })
})
