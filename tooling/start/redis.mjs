import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../processes/src/port.mjs'
import { onStop, startProgram } from './programs.mjs'

/**
 * Starts a Redis that keeps nothing, if this machine has one.
 * @returns {Promise<string | null>} its address, or null when there is no redis-server
 */
export async function openThrowawayRedis() {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const port = await findFreePort()
    const folder = mkdtempSync(join(tmpdir(), 'gonglian-redis-'))
    onStop(async () => rmSync(folder, { recursive: true, force: true }))
    const { child, ended } = startProgram('redis-server', [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no'],
      ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    ])
    void ended
    while (child.exitCode === null && child.signalCode === null) {
      if (await answers(port)) return `redis://127.0.0.1:${port}`
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error('redis-server is there but does not start')
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (/** @type {boolean} */ answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(1_000, () => settle(false))
    socket.on('connect', () => socket.write('PING\r\n'))
    socket.on('data', (data) => settle(String(data).startsWith('+PONG')))
    socket.on('error', () => settle(false))
  })
}
