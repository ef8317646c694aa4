import { loadDemonstration } from '../demo/load.ts'
import { demonstrationPassword, offeredAccounts } from '../demo/accounts.ts'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

/** Refused in production: the accounts' password is public. */
function refuse(production: boolean): boolean {
  if (production) console.error('NODE_ENV is production: the demonstration and its accounts are refused')
  return production
}

export const demoLoad: Command = {
  words: 'demo load',
  about:
    'loads the demonstration federation; what is there is left alone. --first: what one needs to begin; --rest: the rest, while one works; --province CODE: reports of that province only',
  run: (env, options) => {
    if (refuse(env.production)) return Promise.resolve(2)
    const at = options.indexOf('--province')
    return withHouse(env, async (deps) => {
      await loadDemonstration(deps, {
        ownerUrl: env.databaseUrl,
        province: at < 0 ? null : (options[at + 1] ?? null),
        part: options.includes('--first') ? 'first' : options.includes('--rest') ? 'rest' : 'all',
        say: (line) => console.log(line),
      })
      return 0
    })
  },
}

export const demoAccounts: Command = {
  words: 'demo accounts',
  about: 'prints the demonstration sign-ins',
  run: (env) => {
    if (refuse(env.production)) return Promise.resolve(2)
    for (const [username, who] of offeredAccounts) console.log(`${username.padEnd(20)} ${who}`)
    console.log(`password of all of them: ${demonstrationPassword}`)
    return Promise.resolve(0)
  },
}
