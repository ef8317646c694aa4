import { join } from 'node:path'
import { startProgram } from './programs.mjs'
import { environment, root } from './project.mjs'

/** All servers and tools; then the pages, which know a browser's names. */
const programs = ['.', 'apps/web']

/**
 * Checks the types of the whole repository, once: a check of each package by itself reads what it uses again and again.
 * @param {(line: string) => void} [onLine]
 * @returns {Promise<string[]>} what is wrong
 */
export async function checkTypes(onLine) {
  /** @type {string[]} */
  const objections = []
  for (const program of programs) {
    const { ended, tail } = startProgram(
      process.execPath,
      [join(root, 'node_modules/typescript-native/bin/tsc'), '--project', join(root, program), '--pretty', 'false'],
      {
        cwd: root,
        env: environment({ NODE_ENV: undefined }),
        tailLines: Infinity,
        ...(onLine === undefined ? {} : { onLine }),
      },
    )
    const { code } = await ended
    if (code === 0) continue
    const found = tail()
      .split('\n')
      .filter((line) => line.includes('error TS'))
    objections.push(...(found.length === 0 ? [`the check of ${program} ended with exit code ${code}`] : found))
  }
  return objections
}
