import './node-version.mjs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withLock } from '../processes/src/lock.mjs'
import { findPortFrom, isPortFree } from '../processes/src/port.mjs'
import { ensureBuilt } from './build.mjs'
import { cliParameters } from './cli.mjs'
import { ensureInstalled } from './install.mjs'
import { readOptions } from './options.mjs'
import { openDatabase, readLoginUrls } from './postgres.mjs'
import { ProgramFailed, runCommand, runProgram } from './programs.mjs'
import { showStep } from './progress.mjs'
import { dataFolderOf, environment, root, typescriptFlags } from './project.mjs'
import { auditSettings, readSecret } from './secret.mjs'
import { superviseProgram } from './supervisor.mjs'

const READY_MS = 180_000

const print = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`)

// npm start: sets everything up, runs web and worker, and prints where to go.
await runCommand(async () => {
  const options = readOptions(process.argv.slice(2), process.env)
  const dataFolder = dataFolderOf(options.data)
  await ensureInstalled()
  const secret = readSecret(dataFolder)
  const env = environment({
    // Production refuses the demonstration's public password, so the demonstration never runs as production.
    NODE_ENV: process.env['NODE_ENV'] ?? (options.demonstration ? 'development' : 'production'),
    GONGLIAN_DATA: dataFolder,
    GONGLIAN_SECRET: secret,
    GONGLIAN_DEMO: options.demonstration ? '1' : undefined,
  })
  const audit = auditSettings(dataFolder)
  const ownerUrl = await openDatabase(dataFolder)
  // Each program gets the address of its own login; only the operator's commands get the owner's.
  const urls = await readLoginUrls(ownerUrl, secret)
  const logFile = (/** @type {string} */ name) => join(dataFolder, 'logs', `${name}.log`)
  const runCli = (/** @type {string[]} */ command, /** @type {(line: string) => void} */ onLine) =>
    runProgram(process.execPath, cliParameters(command), {
      env: { ...env, DATABASE_URL: ownerUrl },
      onLine,
      logFile: logFile('cli'),
    })

  await showStep('Bringing the database up to date', (say) => runCli(['db', 'migrate'], say))
  // The database works for the one, this machine's other processor for the other.
  const building = buildAside()
  if (options.demonstration)
    await showStep('Loading the demonstration federation', (say) => runCli(['demo', 'load', '--first'], say))
  if (options.demonstrationRefused)
    print('  NODE_ENV is production: no demonstration federation and none of its accounts.')
  await building.showRest()

  // In a terminal the logs would bury the address; anywhere else somebody collects what we print.
  const onLine = (/** @type {string} */ name) =>
    process.stdout.isTTY ? undefined : (/** @type {string} */ line) => print(`${name} | ${line}`)
  const supervise = (
    /** @type {string} */ name,
    /** @type {string} */ main,
    /** @type {() => Promise<NodeJS.ProcessEnv>} */ prepare,
  ) => {
    const passOn = onLine(name)
    return superviseProgram({
      name,
      parameters: [...typescriptFlags(), main],
      cwd: join(root, 'apps', name),
      logFile: logFile(name),
      prepare,
      say: print,
      ...(passOn === undefined ? {} : { onLine: passOn }),
    })
  }

  let port = 0
  let ready = false
  const choosePort = async () => {
    if (!ready) {
      port = await findPortFrom(options.port)
      if (port !== options.port)
        print(`  Port ${options.port} is taken${options.portAsked ? ', though it was asked for' : ''}; using ${port}.`)
    } else while (!(await isPortFree(port))) await new Promise((resolve) => setTimeout(resolve, 250))
    return { ...env, DATABASE_URL: urls.web, PORT: String(port) }
  }
  const worker = supervise('worker', 'src/main.ts', () =>
    Promise.resolve({ ...env, ...audit, DATABASE_URL: urls.worker }),
  )
  // Two who start at once would find the same port free; they take turns from looking to listening.
  const web = await withLock(join(tmpdir(), `gonglian-ports-${process.getuid?.() ?? 'user'}.lock`), async () => {
    const web = supervise('web', 'server.ts', choosePort)
    await showStep('Starting web and worker', (say) =>
      Promise.race([web.hopeless, worker.hopeless, waitUntilReady(() => (web.isRunning() ? port : 0), say)]),
    )
    return web
  })
  ready = true
  web.markReady()
  worker.markReady()

  print(`\n工联 Gonglian is running:  http://localhost:${port}\n`)
  if (options.demonstration) {
    await runProgram(process.execPath, cliParameters(['demo', 'accounts']), {
      env: { ...env, DATABASE_URL: ownerUrl },
      onLine: (line) => print(`  ${line}`),
      logFile: logFile('cli'),
    })
    print('')
  }
  print(`  data and logs: ${dataFolder}    stop: Ctrl-C`)
  if (options.demonstration) {
    // Minutes of figures of other provinces, which nobody has to wait for; cut off, it goes on at the next start.
    const rest = (/** @type {(line: string) => void} */ say) => runCli(['demo', 'load', '--rest'], say)
    showStep('Loading the other provinces (one can work already)', rest).catch((/** @type {unknown} */ error) =>
      print(`The other provinces could not be loaded: ${error instanceof Error ? error.message : String(error)}`),
    )
  }
  return Promise.race([web.hopeless, worker.hopeless])
})

/**
 * Builds the pages while something else is shown.
 * @returns {{ showRest: () => Promise<void> }} shows the building from here on, if it has not ended
 */
function buildAside() {
  let detail = ''
  let isOver = false
  /** @type {typeof showStep} */
  const silently = (_title, work) => work((text) => (detail = text))
  const built = ensureBuilt(silently).finally(() => (isOver = true))
  // Whoever waits hears of a failure; until then nobody does.
  built.catch(() => undefined)
  return {
    showRest: () =>
      isOver
        ? built
        : showStep('Building the pages', (say) => {
            const beat = setInterval(() => say(detail), 500)
            return built.finally(() => clearInterval(beat))
          }),
  }
}

/**
 * Waits until our web answers that all it needs is there.
 * @param {() => number} portNow 0 while it is not running
 * @param {(detail: string) => void} say
 */
async function waitUntilReady(portNow, say) {
  const end = Date.now() + READY_MS
  let answer = 'no answer yet'
  while (Date.now() < end) {
    const port = portNow()
    if (port > 0) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) })
        const text = await response.text()
        if (response.ok) return
        answer = `${response.status} ${text.slice(0, 500)}`
        say(answer)
      } catch {
        // It is not listening yet.
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new ProgramFailed(`The system did not become ready in ${READY_MS / 1000} s: ${answer}`)
}
