import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { createApp } from '../server/app.ts'
import { createLog } from '../server/log.ts'
import { closeOnSignal } from '../server/shutdown.ts'
import { stageDoor } from './door.ts'

// The built pages before a made-up house: `pnpm build`, then `tsx stage/server.ts 4310`. Never part of the product.
const log = createLog('warn')
const build: ServerBuild = await import(new URL('../build/server/index.js', import.meta.url).href)
const { app, close } = createApp({
  build,
  client: fileURLToPath(new URL('../build/client', import.meta.url)),
  door: stageDoor,
  subscribe: () => () => undefined,
  clock: () => new Date(),
  openApi: () => {
    throw new Error('the stage has no API')
  },
  describe: () => {
    throw new Error('there is no API here')
  },
  trpc: null,
  files: null,
  readReadiness: () => Promise.resolve({ parts: { database: { ok: true } }, backlog: null }),
  log,
})
const server = createServer(app)
server.listen(Number(process.argv[2] ?? 4310))
closeOnSignal(server, () => Promise.resolve(close()), log)
