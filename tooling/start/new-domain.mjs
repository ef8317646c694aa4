import { readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { formatFiles } from './format.mjs'
import { updateLockFile } from './install.mjs'
import { writeDomain } from './new-domain-files.mjs'
import { applyFiles, lastMigration } from './new-record.mjs'
import { ProgramFailed, runCommand } from './programs.mjs'
import { root } from './project.mjs'

const usage = `npm run new:domain NAME
  NAME   the folder in packages/, with hyphens: rights, aid, model-workers`

/**
 * Writes a domain: its package, its area of pages, and a line in each file that lists domains.
 * @param {string} base the repository
 * @param {readonly string[]} parameters
 * @returns {string[]} the files written and changed
 */
export function newDomain(base, parameters) {
  const [name = '', ...more] = parameters
  if (more.length > 0 || !/^[a-z]+(-[a-z]+)*$/.test(name)) throw new ProgramFailed(usage)
  if (existsSync(join(base, 'packages', name))) throw new ProgramFailed(`There already is packages/${name}.`)
  // Who may use whom is decided before there is anything to use.
  const arrows = 'tooling/checks/src/arrows.ts'
  if (!readFileSync(join(base, arrows), 'utf8').includes(`'${name}'`))
    throw new ProgramFailed(`${name} is no domain that ${arrows} knows: put it into the list of domains there first.`)
  return applyFiles(base, writeDomain({ name, migration: String(lastMigration(base) + 1).padStart(4, '0') }))
}

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    const written = newDomain(root, process.argv.slice(2))
    process.stdout.write(`${written.join('\n')}\n\n`)
    await updateLockFile()
    await formatFiles(written)
    process.stdout.write(`
Next: its name in both languages (src/texts), then the first noun: npm run new:record ${process.argv[2] ?? ''} NOUN.
Tests write down the permission table: \`-u\` accepts the new lines.
`)
    return 0
  })
