import { parseArgs } from 'node:util'
import { addAccount } from '@gonglian/auth'
import { roles, systemActor, withTenant, type Role } from '@gonglian/tenancy'
import type { Command } from '../command.ts'
import { findBody, withHouse } from '../house.ts'

function isRole(word: string): word is Role {
  return roles.some((role) => role === word)
}

export const userCreate: Command = {
  words: 'user create',
  about: 'user create --body CODE --name NAME --display "张三" --role ROLE[,ROLE]: an account that works at once',
  run: (env, options) => {
    const { values } = parseArgs({
      args: [...options],
      options: {
        body: { type: 'string' },
        name: { type: 'string' },
        display: { type: 'string' },
        role: { type: 'string' },
      },
    })
    const wanted = (values.role ?? '').split(',').map((word) => word.trim())
    const granted = wanted.filter(isRole)
    if (!values.body || !values.name || granted.length === 0 || granted.length !== wanted.length) {
      console.error(`usage: ${userCreate.about}\nroles: ${roles.join(' ')}`)
      return Promise.resolve(2)
    }
    const { body, name, display = name } = values
    return withHouse(env, async (deps) => {
      const tenantId = await findBody(deps, body)
      if (tenantId === null) {
        console.error(`no body has the code ${body}`)
        return 1
      }
      const account = await withTenant(deps, systemActor('operator', tenantId), (ctx) =>
        addAccount(ctx, { tenantId, username: name.toLowerCase(), displayName: display, roles: granted }),
      )
      console.log(
        `user name: ${account.username}\npassword (told once, must be changed at the first sign-in): ${account.password}`,
      )
      return 0
    })
  },
}
