import { existsSync, readFileSync, readdirSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeDatabaseTypes } from './codegen.mjs'
import { formatFiles } from './format.mjs'
import { ensureInstalled } from './install.mjs'
import { writeFiles } from './new-record-files.mjs'
import { ProgramFailed, runCommand } from './programs.mjs'
import { root } from './project.mjs'

const usage = `npm run new:record DOMAIN NOUN
  DOMAIN   the folder in packages/ and the schema of the database: organisation
  NOUN     what is recorded, in the plural, with hyphens: safety-checks`

/**
 * Writes a noun of a domain: its table, declaration, SQL, texts, page and test, and a line in each file that lists nouns.
 * @param {string} base the repository
 * @param {readonly string[]} parameters
 * @returns {string[]} the files written and changed
 */
export function newRecord(base, parameters) {
  const [domain = '', plural = '', ...more] = parameters
  if (more.length > 0 || !/^[a-z]+(-[a-z]+)*$/.test(domain) || !/^[a-z]+(-[a-z]+)*s$/.test(plural))
    throw new ProgramFailed(usage)
  if (!existsSync(join(base, 'packages', domain, 'src/domain.ts')))
    throw new ProgramFailed(`packages/${domain} is no domain: it has no src/domain.ts.`)
  return applyFiles(base, writeFiles({ domain, plural, migration: String(lastMigration(base) + 1).padStart(4, '0') }))
}

/**
 * Writes new files and puts lines into existing ones; a file that is there already, or has another shape than expected, leaves nothing half done.
 * @param {string} base the repository
 * @param {{ files: Record<string, string>, edits: readonly import('./new-record-files.mjs').Edit[] }} asked
 * @returns {string[]} the files written and changed
 */
export function applyFiles(base, { files, edits }) {
  const taken = Object.keys(files).filter((path) => existsSync(join(base, path)))
  if (taken.length > 0) throw new ProgramFailed(`There already is ${taken.join(', ')}.`)
  const changed = new Map(Object.entries(files))
  for (const { path, after, line } of edits) {
    const text = changed.get(path) ?? readFileSync(join(base, path), 'utf8')
    // A list that was empty, or that fits into one line, has been closed by the formatter.
    const anchor = text.includes(after) || !/[{[]\n$/.test(after) ? after : after.trimEnd()
    if (!text.includes(anchor)) throw new ProgramFailed(`${path} has no line "${after.trim()}".`)
    changed.set(
      path,
      text.replace(anchor, () => `${after}${line}`),
    )
  }
  for (const [path, text] of changed) {
    mkdirSync(dirname(join(base, path)), { recursive: true })
    writeFileSync(join(base, path), text)
  }
  return [...changed.keys()]
}

/**
 * The highest number of a migration in any package: they run in one order.
 * @param {string} base
 */
export function lastMigration(base) {
  const folders = readdirSync(join(base, 'packages')).map((name) => join(base, 'packages', name, 'migrations'))
  const names = folders.filter((folder) => existsSync(folder)).flatMap((folder) => readdirSync(folder))
  return Math.max(...names.filter((name) => /^\d{4}_/.test(name)).map((name) => Number(name.slice(0, 4))))
}

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    const written = newRecord(root, process.argv.slice(2))
    process.stdout.write(`${written.join('\n')}\n\n`)
    await ensureInstalled()
    await formatFiles(written)
    await writeDatabaseTypes()
    process.stdout.write('\nNext: its texts and columns, then the rule that the red test asks for.\n')
    return 0
  })
