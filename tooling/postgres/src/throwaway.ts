import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runWhenThisProcessDies } from '@gonglian/processes/guard'
import { countLeases, takeLease } from '@gonglian/processes/lease'
import { withLock } from '@gonglian/processes/lock'
import { chooseAccount, isRoot } from './account.ts'
import { makeReachable, rootHome } from './binaries.ts'
import { type Home, leasesOf } from './cluster.ts'
import { endServer } from './server.ts'

/** A folder for a cluster that nobody keeps: its server ends and it vanishes when removed, or when this process dies, however it dies. */
export async function openThrowawayHome(): Promise<{ home: Home; remove: () => Promise<void> }> {
  const base = isRoot ? join(rootHome, 'throwaway') : join(tmpdir(), `gonglian-${process.getuid?.() ?? 'user'}`)
  if (isRoot) makeReachable(base)
  else makePrivate(base)
  const home: Home = {
    folder: join(base, `${process.pid}-${randomBytes(4).toString('hex')}`),
    account: chooseAccount(),
  }
  await withLock(join(base, 'lock'), async () => {
    await sweepAbandoned(base)
    mkdirSync(home.folder)
    chmodSync(home.folder, 0o711)
    takeLease(leasesOf(home))
  })
  const guard = runWhenThisProcessDies(
    `server=$(head -n 1 "$1/cluster/postmaster.pid" 2>/dev/null)
     [ -n "$server" ] && kill -s QUIT "$server" 2>/dev/null && kill -s CONT "$server" 2>/dev/null
     for try in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3; kill -s 0 "$server" 2>/dev/null || break; done
     rm -rf "$1"`,
    [home.folder],
  )
  const remove = async () => {
    await endServer(home, 'SIGQUIT')
    rmSync(home.folder, { recursive: true, force: true, maxRetries: 10 })
    guard.release()
  }
  return { home, remove }
}

/** What is left of throwaway servers whose process and guard were both killed. */
async function sweepAbandoned(base: string): Promise<void> {
  for (const name of readdirSync(base)) {
    const folder = join(base, name)
    if (!/^\d+-/.test(name) || countLeases(join(folder, 'leases')) > 0) continue
    const home: Home = { folder, account: null }
    await endServer(home, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** The place for temporary files is shared with other users: take the folder only when it is ours alone. */
function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(folder)
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new Error(`${folder} belongs to somebody else, or others can enter it`)
}
