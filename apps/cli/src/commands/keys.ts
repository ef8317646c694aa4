import { setTimeout as sleep } from 'node:timers/promises'
import { sealedColumns as ofAuth } from '@gonglian/auth'
import { sealedColumns as ofOrganisation } from '@gonglian/organisation'
import { sealedColumns as ofTasks } from '@gonglian/tasks'
import { addKey, countSealed, listTree, refreshKeys, resealColumn, systemActor, withTenant } from '@gonglian/tenancy'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

/** What is sealed for long, of all packages. */
export const sealedColumns = [...ofAuth, ...ofOrganisation, ...ofTasks]

/**
 * Adds a data key, waits until every process seals with it, and seals what is kept for long anew. Stopped in the middle, it is started
 * again with `--continue`, which adds no further key.
 */
export const keysRotate: Command = {
  words: 'keys rotate',
  about: 'seals personal fields with a new key; --continue goes on with one that was interrupted',
  run: (env, options) =>
    withHouse(env, async (deps) => {
      const root = await withTenant(deps, systemActor('keys', 0), async (ctx) =>
        (await listTree(ctx)).find((body) => body.parentId === null && body.isOpen),
      )
      if (!root) {
        console.error('There is no body yet, so nothing is sealed.')
        return 1
      }
      const actor = systemActor('keys', root.id)
      if (!options.includes('--continue')) {
        const { version, activeFrom } = await withTenant(deps, actor, addKey)
        console.log(`key ${version} added; it seals from ${activeFrom.toISOString()} on`)
        while (deps.clock() < activeFrom) await sleep(1000)
      }
      await refreshKeys(deps)
      for (const sealed of sealedColumns) {
        const count = await resealColumn(deps, actor, sealed)
        const left = await withTenant(deps, actor, (ctx) => countSealed(ctx, sealed))
        const versions = [...left].map(([version, values]) => `key ${version}: ${values}`).join(', ')
        console.log(`${sealed.table}.${sealed.column}: ${count} sealed anew; ${versions || 'empty'}`)
      }
      return 0
    }),
}
