import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findFreePort, findPortFrom, isPortFree } from './port.mjs'

test.each(['127.0.0.1', '0.0.0.0', '::'])('a port that somebody listens on at %s is not free', async (host) => {
  const port = await findFreePort()
  expect(await isPortFree(port)).toBe(true)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  expect(await isPortFree(port)).toBe(false)
  expect(await findPortFrom(port)).toBeGreaterThan(port)
  await new Promise((resolve) => server.close(resolve))
  expect(await findPortFrom(port)).toBe(port)
})
