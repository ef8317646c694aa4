import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findFreePort } from '@gonglian/processes/port'
import { copyTemplate, type TestDatabase, type TestServer } from '@gonglian/testing/copy'
import type { TestEnv } from '../env.ts'
import { startProgram, type Program } from './program.ts'

/** Enough for a machine that does ten things at once; it only ends what hangs. */
const READY_MS = 120_000

export type House = {
  readonly url: string
  readonly database: TestDatabase
  /** Where web and worker write their logs. */
  readonly logs: string
  /** The operator's check: every total is the sum of its reports. Throws with what the command says. */
  readonly verify: () => Promise<void>
  readonly close: () => Promise<void>
}

/** The product as an installation runs it: a database with the demonstration of one province, web and worker, each its own process. */
export async function openHouse(server: TestServer, env: TestEnv): Promise<House> {
  const logs = mkdtempSync(join(tmpdir(), 'gonglian-tests-'))
  const database = await copyTemplate(env.demonstration === null ? server : { ...server, template: env.demonstration })
  const programs: Program[] = []
  const close = async () => {
    await Promise.all(programs.map((program) => program.stop()))
    await database.drop()
    rmSync(logs, { recursive: true, force: true })
  }
  try {
    const settings = { ...env.around, GONGLIAN_SECRET: database.secret }
    const runCli = async (...words: string[]) => {
      const program = startProgram('cli', ['src/main.ts', ...words], {
        env: { ...settings, DATABASE_URL: database.ownerUrl },
        logFile: join(logs, 'cli.log'),
      })
      programs.push(program)
      if ((await program.ended) !== 0) throw new Error(`${words.join(' ')} failed:\n${program.readTail()}`)
    }
    if (env.demonstration === null) {
      // The tables of the queue are not in the copied database.
      await runCli('db', 'migrate')
      await runCli('demo', 'load', '--province', '51')
    }
    const verify = () => runCli('verify')
    await verify()
    programs.push(
      startProgram('worker', ['src/main.ts'], {
        env: { ...settings, DATABASE_URL: database.appUrl },
        logFile: join(logs, 'worker.log'),
      }),
    )
    const url = await startWeb(programs, { ...settings, DATABASE_URL: database.webUrl }, join(logs, 'web.log'))
    return { url, database, logs, verify, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startWeb(
  programs: Program[],
  settings: Readonly<Record<string, string | undefined>>,
  logFile: string,
): Promise<string> {
  const end = Date.now() + READY_MS
  for (;;) {
    const port = await findFreePort()
    const env = { ...settings, PORT: String(port), GONGLIAN_DEMO: '1', REQUESTS_PER_MINUTE: '100000' }
    const web = startProgram('web', ['server.ts'], { env, logFile })
    programs.push(web)
    const url = `http://localhost:${port}`
    while (web.isRunning() && Date.now() < end) {
      const answer = await fetch(`${url}/readyz`).catch(() => null)
      if (answer?.ok) return url
      await wait(100)
    }
    // Somebody else may have taken the port between looking and listening.
    if (Date.now() >= end || !readFileSync(logFile, 'utf8').includes('EADDRINUSE')) {
      throw new Error(`the web server did not become ready:\n${web.readTail()}`)
    }
  }
}
