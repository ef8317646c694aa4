import { listDeclared, type Command, type Domain, type List } from '@gonglian/records'
import { listAllowed } from '@gonglian/tenancy/permissions'
import { hidden, theirs, type Entries, type Entry } from './entry.ts'
import type { Fixture } from './fixture.ts'

/**
 * What a declared procedure is asked with. A function aims at something of the county: others don't find it. An object is what everybody
 * does in their own register. A text is the mark that the county's own list shows.
 */
export type Aim = string | object | ((fixture: Fixture) => unknown)
export type Aims = Readonly<Record<string, Aim>>

const inputOf = (aim: Exclude<Aim, string>) => (fixture: Fixture) => (typeof aim === 'function' ? aim(fixture) : aim)

/**
 * The entries of the walk that follow from the declarations: who may ask stands in the permission table. A list needs no aim; a command
 * without one has no entry, which the walk says.
 */
export function declareEntries(domains: readonly Domain[], aims: Aims): Entries {
  const entries: Record<string, Entry | readonly Entry[]> = {}
  const lists = listDeclared(domains, 'list')
  for (const list of lists) entries[list.view.path] = listEntry(list, aims[list.view.path] ?? {})
  for (const command of listDeclared(domains, 'command')) {
    const aim = aims[command.form.path]
    if (aim !== undefined && typeof aim !== 'string') entries[command.form.path] = commandEntry(command, aim)
  }
  const declared = new Set(Object.keys(entries))
  const unknown = Object.keys(aims).filter((path) => !declared.has(path))
  if (unknown.length > 0) throw new Error(`Nothing is declared as ${unknown.join(', ')}`)
  // Each list is also read as a file.
  entries['records.readFile'] = lists.map((list) => fileEntry(list, aims[list.view.path] ?? {}))
  return entries
}

function listEntry({ view }: List, aim: Aim): Entry {
  return {
    input: typeof aim === 'string' ? () => ({ pageSize: 200 }) : inputOf(aim),
    allowed: listAllowed(view.permission),
    ...theirs,
    ...(typeof aim === 'string' ? { shows: aim } : {}),
  }
}

function fileEntry(list: List, aim: Aim): Entry {
  const entry = listEntry(list, aim)
  return { ...entry, input: (fixture) => ({ path: list.view.path, question: entry.input?.(fixture) }) }
}

function commandEntry({ form }: Command, aim: Exclude<Aim, string>): Entry {
  return {
    input: inputOf(aim),
    allowed: listAllowed(form.permission),
    ...(typeof aim === 'function' ? hidden : theirs),
  }
}
