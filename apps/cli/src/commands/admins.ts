import { addAdministrators } from '@gonglian/auth'
import { DomainError, systemActor, withTenant } from '@gonglian/tenancy'
import type { Command } from '../command.ts'
import { findBody, withHouse } from '../house.ts'

export const adminsCreate: Command = {
  words: 'admins create',
  about: 'admins create CODE: the three administrators of a body, each with a link that works once',
  run: (env, options) => {
    const [code] = options
    if (code === undefined || options.length !== 1) {
      console.error(`usage: ${adminsCreate.about}`)
      return Promise.resolve(2)
    }
    return withHouse(env, async (deps) => {
      const id = await findBody(deps, code)
      if (id === null) {
        console.error(`no body has the code ${code}`)
        return 1
      }
      try {
        const given = await withTenant(deps, systemActor('operator', id), (ctx) => addAdministrators(ctx, { id, code }))
        for (const { username, path } of given) console.log(`${username.padEnd(36)} ${path}`)
        console.log(
          'Hand each path to its person, behind the address of the web: there a password is set, once and within 24 hours.',
        )
        return 0
      } catch (error) {
        if (!(error instanceof DomainError && error.key === 'errors.usernameTaken')) throw error
        console.error(`${code} has an administrator already: nothing was made`)
        return 1
      }
    })
  },
}
