import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'

/** The user the server runs as when that is not the user who started us. */
export type Account = { uid: number; gid: number }

const candidates = ['gonglian', 'postgres', 'nobody']

export const isRoot = process.getuid?.() === 0

/** PostgreSQL refuses to run as root: root hands it to an unprivileged user. Anyone else runs it themselves (null). */
export function chooseAccount(): Account | null {
  if (!isRoot) return null
  for (const name of candidates) {
    const uid = readId('-u', name)
    const gid = readId('-g', name)
    if (uid !== null && gid !== null) return { uid, gid }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is none of the users gonglian, postgres and nobody to hand it to. ' +
      'Start as an ordinary user, create the user gonglian, or set DATABASE_URL.',
  )
}

/** The user a folder belongs to, when root looks at a folder that an ordinary user made. */
export function ownerOf(folder: string): Account | null {
  const { uid, gid } = statSync(folder)
  return isRoot && uid !== 0 ? { uid, gid } : null
}

function readId(flag: '-u' | '-g', name: string): number | null {
  try {
    const id = Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
    return Number.isInteger(id) && id > 0 ? id : null
  } catch {
    return null
  }
}
