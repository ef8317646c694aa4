import './node-version.mjs'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findFreePort } from '../processes/src/port.mjs'
import { ensureBuilt } from './build.mjs'
import { cliParameters } from './cli.mjs'
import { ensureInstalled } from './install.mjs'
import { openThrowawayDatabase, readLoginUrls } from './postgres.mjs'
import { ProgramFailed, runCommand, runProgram, startProgram } from './programs.mjs'
import { showStep } from './progress.mjs'
import { cacheFolder, environment, root, typescriptFlags } from './project.mjs'

/** Versions of Node the product runs on: the oldest allowed, and each one that is maintained. */
const versions = ['20.19', '22', '24', '26']
const readyMs = 120_000

// npm run test:nodes [-- --only 24]: under each version of Node the database is set up, an account made, web and worker started, a page opened by
// signing in, and a spreadsheet read in its thread.
await runCommand(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  await ensureInstalled()
  await ensureBuilt()
  let failed = 0
  for (const version of versions.filter((one) => values.only === undefined || one === values.only))
    try {
      const node = await showStep(`Fetching Node ${version}`, () => fetchNode(version))
      await showStep(`Node ${version}`, (say) => smoke(node, say))
    } catch (error) {
      if (!(error instanceof ProgramFailed)) throw error
      failed += 1
      process.stdout.write(`${error.message}\n`)
    }
  return failed === 0 ? 0 : 1
})

/**
 * The binary of a version, from the package registry, kept in the cache.
 * @param {string} version
 */
async function fetchNode(version) {
  const folder = join(cacheFolder, 'nodes', version)
  const binary = join(folder, 'node_modules/node/bin/node')
  if (existsSync(binary)) return binary
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n')
  await runProgram('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `node@${version}`], {
    cwd: folder,
    env: environment(),
  })
  return binary
}

/**
 * @param {string} node
 * @param {(detail: string) => void} say
 */
async function smoke(node, say) {
  const secret = randomBytes(32).toString('hex')
  const ownerUrl = await openThrowawayDatabase({ durable: false })
  const urls = await readLoginUrls(ownerUrl, secret)
  const env = environment({ NODE_ENV: 'development', GONGLIAN_SECRET: secret })
  /** @param {string[]} words */
  const runCli = async (...words) => {
    /** @type {string[]} */
    const lines = []
    await runProgram(node, cliParameters(words), {
      env: { ...env, DATABASE_URL: ownerUrl },
      onLine: (line) => void lines.push(line),
    })
    return lines.join('\n')
  }
  say('migrating')
  await runCli('db', 'migrate')
  await runCli('bodies', 'import', '--province', '11')
  const account = await runCli('user', 'create', '--body', '11', '--name', 'smoke', '--role', 'officer')
  const password = /: (\S+)$/.exec(account)?.[1] ?? ''
  const port = await findFreePort()
  const programs = [
    start(node, 'worker', 'src/main.ts', { ...env, DATABASE_URL: urls.worker }),
    start(node, 'web', 'server.ts', { ...env, DATABASE_URL: urls.web, PORT: String(port) }),
  ]
  try {
    say('starting web and worker')
    const address = `http://localhost:${port}`
    await waitUntilReady(address, programs)
    const answer = await fetch(`${address}/sign-in`, {
      method: 'POST',
      body: new URLSearchParams({ username: 'smoke', password }),
      headers: { origin: address },
      redirect: 'manual',
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const page = await fetch(`${address}/me`, { headers: { cookie } })
    const text = await page.text()
    if (answer.status !== 302 || page.status !== 200 || !text.includes('smoke'))
      throw new ProgramFailed(`signing in answered ${answer.status}, the page ${page.status}`)
  } finally {
    await Promise.all(programs.map(({ program }) => program.stop()))
  }
  say('reading spreadsheets')
  await runProgram(node, [join(root, 'tooling/start/node_modules/vitest/vitest.mjs'), 'run', 'src/tables.test.ts'], {
    cwd: join(root, 'packages/spreadsheets'),
    env: environment({ NODE_ENV: undefined }),
  })
}

/**
 * @param {string} node
 * @param {string} name
 * @param {string} main
 * @param {NodeJS.ProcessEnv} env
 */
function start(node, name, main, env) {
  return { name, program: startProgram(node, [...typescriptFlags(), main], { cwd: join(root, 'apps', name), env }) }
}

/**
 * @param {string} address
 * @param {readonly ReturnType<typeof start>[]} programs
 */
async function waitUntilReady(address, programs) {
  const end = Date.now() + readyMs
  for (;;) {
    const answer = await fetch(`${address}/readyz`).catch(() => null)
    if (answer?.ok) return
    const ended = programs.find(({ program }) => program.child.exitCode !== null)
    if (ended !== undefined) throw new ProgramFailed(`${ended.name} ended:\n${ended.program.tail()}`)
    if (Date.now() > end)
      throw new ProgramFailed(`not ready after ${readyMs / 1000} s: ${(await answer?.text()) ?? 'no answer'}`)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
