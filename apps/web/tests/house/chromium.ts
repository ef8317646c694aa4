import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestEnv } from '../env.ts'

const cache = fileURLToPath(new URL('../../.cache', import.meta.url))

/**
 * The path of the browser among the dependencies, which comes packed. It unpacks itself into the folder for temporary
 * files, where another user's or a half-written one may lie; so it is given a folder of its own, and moved when it is whole.
 */
export async function findChromium({ chromiumPath, around }: TestEnv): Promise<string> {
  if (chromiumPath !== null) return chromiumPath
  const folder = `${cache}/chromium`
  const binary = `${folder}/chromium`
  if (existsSync(binary)) return binary
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(`${cache}/chromium-`)
  try {
    await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('unpack.ts', import.meta.url))],
      {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        env: { NODE_ENV: 'development', ...around, TMPDIR: fresh },
      },
    )
    if (!existsSync(binary)) renameSync(fresh, folder)
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return binary
}
