import { createServer } from 'node:net'

/**
 * A port of this machine that nobody listens on at this moment.
 * @returns {Promise<number>}
 */
export async function findFreePort() {
  const server = createServer()
  await listen(server, 0, '127.0.0.1')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/**
 * Whether a server could listen on this port of every address.
 * @param {number} port
 */
export async function isPortFree(port) {
  // A listener on one address does not keep others from the wildcard on every system, so each is tried.
  for (const host of ['127.0.0.1', '0.0.0.0', '::1', '::']) {
    const server = createServer()
    try {
      await listen(server, port, host)
      await new Promise((resolve) => server.close(resolve))
    } catch (error) {
      const absent =
        error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
      if (!absent) return false
    }
  }
  return true
}

/**
 * The wanted port, or the next free one above it.
 * @param {number} wanted
 */
export async function findPortFrom(wanted) {
  for (let port = wanted; port <= 65_535; port += 1) if (await isPortFree(port)) return port
  throw new Error(`no free port from ${wanted} upward`)
}

/**
 * @param {import('node:net').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<void>}
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => resolve())
  })
}
