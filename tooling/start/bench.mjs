import './node-version.mjs'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { openThrowawayDatabase } from './postgres.mjs'
import { runCommand, startProgram } from './programs.mjs'
import { environment, root, typescriptFlags } from './project.mjs'

// npm run bench: measures on an empty database of its own, set up as durably as a real one, so that the numbers are honest.
await runCommand(async () => {
  await ensureInstalled()
  await ensureBuilt()
  const address = process.env['BENCH_DATABASE_URL']
  const env = environment({
    NODE_ENV: 'production',
    GONGLIAN_SECRET: randomBytes(32).toString('hex'),
    DATABASE_URL: address === undefined || address === '' ? await openThrowawayDatabase({ durable: true }) : address,
  })
  // `npm run bench -- members`: the register at a million members, without the country around it; `-- lists`: every list as the nation;
  // `-- spreadsheets`: reading and writing a large workbook.
  const [part = '', ...rest] = process.argv.slice(2)
  const isPart = ['members', 'lists', 'spreadsheets'].includes(part)
  const main = join(root, 'tooling/bench/src', isPart ? `${part}-main.ts` : 'main.ts')
  const given = isPart ? rest : process.argv.slice(2)
  const { code } = await startProgram(process.execPath, [...typescriptFlags(), main, ...given], {
    env,
    inherit: true,
  }).ended
  return code
})
