import { existsSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { countLeases } from '@gonglian/processes/lease'
import { withLock } from '@gonglian/processes/lock'
import { type Home, leasesOf, lockOf } from './cluster.ts'
import { endServer } from './server.ts'

/** Stops the server of a cluster if no living process uses it. */
export async function endUnusedServer(home: Home): Promise<void> {
  await withLock(lockOf(home), async () => {
    if (countLeases(leasesOf(home)) === 0) await endServer(home, 'SIGINT')
  })
}

// Run by the guard of a process that was killed: node leave.ts FOLDER
const [, script, folder] = process.argv
if (script !== undefined && folder !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
  if (existsSync(folder)) await endUnusedServer({ folder, account: null })
}
