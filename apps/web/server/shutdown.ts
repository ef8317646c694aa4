import type { Server } from 'node:http'
import type { Log } from './log.ts'

const graceMs = 10_000

/**
 * Ends well on SIGTERM and SIGINT: takes no new connection, lets running requests finish, then closes the rest in
 * order. What still runs after ten seconds is cut off.
 */
export function closeOnSignal(server: Server, close: () => Promise<void>, log: Log): void {
  let closing = false
  const shut = (signal: string): void => {
    if (closing) return
    closing = true
    log.info('shutting down', { signal })
    const deadline = setTimeout(() => {
      log.warn('requests cut off')
      process.exit(1)
    }, graceMs)
    deadline.unref()
    server.close(() => process.exit(0))
    close()
      .catch((error: unknown) => log.error('close failed', { error: String(error) }))
      .finally(() => server.closeIdleConnections())
  }
  process.on('SIGTERM', shut)
  process.on('SIGINT', shut)
}
