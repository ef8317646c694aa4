import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { ServerBuild } from '@remix-run/node'
import { readEnv } from './env.ts'
import { createApp } from './server/app.ts'
import { openHouse } from './server/house.ts'
import { usualRequestLimits } from './server/limits.ts'
import { createLog } from './server/log.ts'
import { closeOnSignal } from './server/shutdown.ts'

const env = readEnv()
const log = createLog(env.logLevel)

const entry = new URL('./build/server/index.js', import.meta.url)
if (!existsSync(entry)) throw new Error('The pages are not built yet: run the build of this package first')
const build: ServerBuild = await import(entry.href)

const house = await openHouse(env, log)
const { app, close } = createApp({
  build,
  client: fileURLToPath(new URL('./build/client', import.meta.url)),
  door: house.door,
  subscribe: house.subscribe,
  readReadiness: house.readReadiness,
  clock: house.clock,
  openApi: house.openApi,
  describe: house.describe,
  trpc: house,
  files: house.files,
  limits: { ...usualRequestLimits, perMinute: env.requestsPerMinute },
  log,
})

const server = createServer(app)
server.listen(env.port, env.host, () => log.info('listening', { host: env.host, port: env.port }))
closeOnSignal(
  server,
  async () => {
    close()
    await house.close()
  },
  log,
)
