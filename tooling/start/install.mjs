import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '../processes/src/lock.mjs'
import { runProgram } from './programs.mjs'
import { showStep } from './progress.mjs'
import { cacheFolder, environment, fingerprint, root } from './project.mjs'

const stampFile = join(cacheFolder, 'install.stamp')

/**
 * Makes sure that pnpm and everything the lock file names are installed. Costs a few milliseconds when they are.
 * @param {NodeJS.WriteStream} [stream] where progress is shown
 */
export async function ensureInstalled(stream = process.stdout) {
  if (isInstalled()) return
  const onWait = () => stream.write('  another command is installing in this folder; waiting for it\n')
  await withLock(
    join(cacheFolder, 'install.lock'),
    async () => {
      if (isInstalled()) return
      await ensurePnpm(stream)
      await showStep('Installing packages', (say) => installPackages(say, '--frozen-lockfile'), stream)
      writeFileSync(stampFile, wantedStamp())
    },
    { onWait },
  )
}

/** Whether what is installed is what the lock file and manifests ask for. */
function isInstalled() {
  return existsSync(join(root, 'node_modules/.modules.yaml')) && readText(stampFile) === wantedStamp()
}

function wantedStamp() {
  const manifests = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) => join(root, name))
  for (const group of ['apps', 'packages', 'tooling']) manifests.push(...listManifests(join(root, group)))
  const machine = `${process.platform}-${process.arch}-${process.versions.modules}`
  return fingerprint(
    manifests.filter((file) => existsSync(file)),
    [machine],
  )
}

/** @param {string} folder */
function listManifests(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name, 'package.json'))
}

function pnpmVersion() {
  /** @type {unknown} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const named =
    typeof manifest === 'object' && manifest && 'packageManager' in manifest ? String(manifest.packageManager) : ''
  const version = /^pnpm@([^+]+)/.exec(named)?.[1]
  if (version === undefined) throw new Error('package.json names no pnpm version in packageManager')
  return version
}

/** @param {string} folder */
function installedVersion(folder) {
  const text = readText(join(folder, 'package.json'))
  return text === null ? null : JSON.parse(text).version
}

/**
 * @param {string} version
 * @param {(detail: string) => void} say
 */
async function fetchPnpm(version, say) {
  const folder = join(cacheFolder, 'pnpm')
  mkdirSync(folder, { recursive: true })
  // npm climbs to the nearest manifest unless there is one here.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = process.env['npm_execpath']
  const runsNpm = npm?.endsWith('npm-cli.js') ? [process.execPath, npm] : ['npm']
  const parameters = [
    ...runsNpm.slice(1),
    'install',
    '--prefix',
    folder,
    '--no-audit',
    '--no-fund',
    '--no-save',
    `pnpm@${version}`,
  ]
  await runProgram(runsNpm[0] ?? 'npm', parameters, {
    cwd: folder,
    env: environment(),
    logFile: join(cacheFolder, 'logs/install.log'),
    onLine: say,
  })
}

/** Installs after a manifest was written, and brings the lock file up to it. */
export async function updateLockFile() {
  await ensurePnpm()
  await showStep('Installing packages', (say) => installPackages(say, '--no-frozen-lockfile'))
  writeFileSync(stampFile, wantedStamp())
}

const pnpm = join(cacheFolder, 'pnpm/node_modules/pnpm')

/** @param {NodeJS.WriteStream} [stream] where progress is shown */
async function ensurePnpm(stream) {
  const version = pnpmVersion()
  if (installedVersion(pnpm) === version) return
  await showStep(`Fetching pnpm ${version}`, (say) => fetchPnpm(version, say), stream)
}

/**
 * @param {(detail: string) => void} say
 * @param {'--frozen-lockfile' | '--no-frozen-lockfile'} frozen
 */
async function installPackages(say, frozen) {
  const parameters = [
    'install',
    frozen,
    '--prefer-offline',
    '--reporter=append-only',
    '--config.confirmModulesPurge=false',
  ]
  await runProgram(process.execPath, [join(pnpm, 'bin/pnpm.cjs'), ...parameters], {
    env: environment(),
    logFile: join(cacheFolder, 'logs/install.log'),
    onLine: say,
  })
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
