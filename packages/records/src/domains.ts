import type { Paper } from '@gonglian/documents'
import type { FileKind } from '@gonglian/files'
import type { NextStepKind, Task } from '@gonglian/tasks'
import type { Command } from './commands.ts'
import type { List } from './lists.ts'
import type { Overview } from './overviews.ts'
import type { Search } from './searches.ts'

/** A noun's lists and commands, by the names of their procedures. */
export type Noun = Readonly<Record<string, List | Command>>

/** All that a domain declares, and what api, web and tests load of it. */
export type Domain<Nouns extends Readonly<Record<string, Noun>> = Readonly<Record<string, Noun>>> = {
  /** The name of its package and of its schema in the database. */
  readonly name: string
  readonly nouns: Nouns
  /** What the search of the frame finds. */
  readonly searches?: readonly Search[]
  /** What waits for people: the desk, the badge and the daily message gather it from all domains. */
  readonly tasks: readonly Task[]
  /** What the pages of its records say that they wait for. */
  readonly nextSteps?: readonly NextStepKind[]
  /** Its start page, its tabs and how its lists are counted by the level below. */
  readonly overview?: Overview
  /** What may be attached to its records. */
  readonly fileKinds?: readonly FileKind[]
  /** What it prints on official paper. */
  readonly papers?: readonly Paper[]
}

/**
 * Puts a domain together.
 *
 * @throws Error where a declaration stands under another path than its own
 */
export function defineDomain<const Nouns extends Readonly<Record<string, Noun>>>(domain: Domain<Nouns>): Domain<Nouns> {
  for (const [noun, declared] of Object.entries(domain.nouns))
    for (const [name, one] of Object.entries(declared)) {
      const { path } = one.kind === 'list' ? one.view : one.form
      if (path !== `${noun}.${name}`) throw new Error(`${path} is declared as ${noun}.${name}`)
    }
  for (const { key } of domain.tasks)
    if (!key.startsWith(`${domain.name}.`)) throw new Error(`The task ${key} is declared by ${domain.name}`)
  return domain
}

/** The declarations of one kind, by path. */
export function listDeclared<Kind extends 'list' | 'command'>(
  domains: readonly Domain[],
  kind: Kind,
): Extract<List | Command, { kind: Kind }>[]
export function listDeclared(domains: readonly Domain[], kind: 'list' | 'command'): (List | Command)[] {
  return domains
    .flatMap(({ nouns }) => Object.values(nouns))
    .flatMap((noun) => Object.values(noun))
    .filter((one) => one.kind === kind)
}

/**
 * The tasks of all domains.
 *
 * @throws Error where two have one key
 */
export function listTasks(domains: readonly Domain[]): readonly Task[] {
  const tasks = domains.flatMap((domain) => domain.tasks)
  const keys = new Set<string>()
  for (const { key } of tasks) {
    if (keys.has(key)) throw new Error(`The task ${key} is declared twice`)
    keys.add(key)
  }
  return tasks
}
