import express from 'express'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compressAssets } from '../compress-assets.ts'
import { serveBuilt } from './built.ts'

const client = mkdtempSync(join(tmpdir(), 'gonglian-built-'))
const script = `export const texts = ${JSON.stringify(Array.from({ length: 500 }, (_, place) => `工会 ${place}`))}`
let server: Server
let port = 0

beforeAll(async () => {
  mkdirSync(join(client, 'assets'))
  writeFileSync(join(client, 'assets/page-a1b2.js'), script)
  writeFileSync(join(client, 'assets/small-c3d4.js'), 'export {}')
  writeFileSync(join(client, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await compressAssets(join(client, 'assets'))
  const app = express().use(serveBuilt(client))
  app.use((_request, response) => void response.send('a page'))
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.close()
  rmSync(client, { recursive: true })
})

async function ask(path: string, accepts = '') {
  const answer = await new Promise<IncomingMessage>((resolve, reject) =>
    get({ port, host: '127.0.0.1', path, headers: { 'accept-encoding': accepts } }, resolve).on('error', reject),
  )
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) }
}

test('a script arrives as small as the browser can read it, and may be kept', async () => {
  const small = await ask('/assets/page-a1b2.js', 'gzip, br')
  expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
  expect(small.headers['content-type']).toMatch(/javascript/)
  expect(small.headers['cache-control']).toBe('public,max-age=31536000,immutable')
  expect(brotliDecompressSync(small.body).toString()).toBe(script)
  const older = await ask('/assets/page-a1b2.js', 'gzip')
  expect(older.headers['content-encoding']).toBe('gzip')
  expect(gunzipSync(older.body).toString()).toBe(script)
  const plain = await ask('/assets/page-a1b2.js')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body.toString()).toBe(script)
  expect(small.body.length).toBeLessThan(plain.body.length)
})

test('what is too small to gain, and what is no asset, arrives as it is', async () => {
  expect((await ask('/assets/small-c3d4.js', 'gzip, br')).headers['content-encoding']).toBeUndefined()
  const icon = await ask('/favicon.svg', 'gzip, br')
  expect(icon.body).toEqual(readFileSync(join(client, 'favicon.svg')))
  expect(icon.headers['cache-control']).toBe('public,max-age=3600')
})

test.each([
  '/assets/gone-0000.js',
  '/assets/',
  '/assets/%2e%2e%2ffavicon.svg',
  '/assets/..%2f..%2f..%2fetc%2fpasswd',
  '/assets/%',
])('%s is not there', async (path) => {
  expect((await ask(path)).status).toBe(404)
})

test('every other address is a page', async () => {
  expect((await ask('/')).body.toString()).toBe('a page')
})
