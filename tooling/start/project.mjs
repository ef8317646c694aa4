import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The folder of the project. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[/\\]$/, '')

/** What the commands keep between runs; deleting it only costs time. */
export const cacheFolder = join(root, '.cache')

/** Folders that hold what is made, not written. */
const madeFolders = new Set(['node_modules', 'build', '.git', '.cache', '.turbo', '.data', 'coverage'])

/**
 * The folder of an installation's data: the database (when embedded), secrets and logs.
 * @param {string | undefined} given what --data says
 */
export function dataFolderOf(given) {
  return resolve(root, given ?? process.env['GONGLIAN_DATA'] ?? '.data')
}

/**
 * Every written file below a path, in a fixed order.
 * @param {string} path
 * @returns {string[]}
 */
export function listFiles(path) {
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (madeFolders.has(entry.name)) return []
      const file = join(path, entry.name)
      return entry.isDirectory() ? listFiles(file) : entry.isFile() ? [file] : []
    })
}

/**
 * One text that changes when the name or content of any of the files does.
 * @param {string[]} files
 * @param {string[]} [more] other things it depends on
 */
export function fingerprint(files, more = []) {
  const hash = createHash('sha256')
  for (const text of more) hash.update(text).update('\0')
  for (const file of files) {
    hash.update(relative(root, file)).update('\0')
    hash.update(createHash('sha256').update(readFileSync(file)).digest())
  }
  return hash.digest('hex')
}

/** What Node needs on its command line to run our TypeScript. */
export function typescriptFlags() {
  return ['--import', pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href]
}

/**
 * The environment for programs of ours: with pnpm on the path, and without what npm adds for scripts of the package it runs.
 * @param {Record<string, string | undefined>} [more]
 * @returns {NodeJS.ProcessEnv}
 */
export function environment(more = {}) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command)|^npm_config_(prefix|local_prefix)$/.test(name),
  )
  return {
    ...Object.fromEntries(kept),
    PATH: `${join(cacheFolder, 'pnpm/node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
    ...more,
  }
}
