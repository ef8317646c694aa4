import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '../processes/src/lock.mjs'
import { ProgramFailed } from './programs.mjs'
import { showStep } from './progress.mjs'
import { cacheFolder, environment, fingerprint, listFiles, root } from './project.mjs'
import { runTurbo } from './turbo.mjs'

const stampFile = join(cacheFolder, 'build.stamp')
const made = join(root, 'apps/web/build/server/index.js')

/**
 * Builds the pages unless they are built from exactly these sources. Asking turbo would cost seconds on every start.
 * @param {typeof showStep} [show] shows the step while it runs
 */
export async function ensureBuilt(show = showStep) {
  if (isBuilt()) return
  await withLock(
    join(cacheFolder, 'build.lock'),
    async () => {
      if (isBuilt()) return
      rmSync(stampFile, { force: true })
      await show('Building the pages', buildPages)
      mkdirSync(cacheFolder, { recursive: true })
      writeFileSync(stampFile, sourcesStamp())
    },
    { onWait: () => process.stdout.write('  another command is building in this folder; waiting for it\n') },
  )
}

/** @param {(detail: string) => void} say */
async function buildPages(say) {
  const { code, tail } = await runTurbo(['build', '--filter=@gonglian/web'], {
    env: environment({ NODE_ENV: undefined }),
    logFile: join(cacheFolder, 'logs/build.log'),
    onLine: say,
  })
  if (code !== 0) throw new ProgramFailed(`The pages could not be built:\n${tail}`)
}

function isBuilt() {
  return existsSync(made) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sourcesStamp()
}

function sourcesStamp() {
  const files = ['apps/web', 'packages'].flatMap((folder) => listFiles(join(root, folder)))
  const others = ['pnpm-lock.yaml', 'tsconfig.base.json', 'turbo.json'].map((name) => join(root, name))
  return fingerprint([...files.filter((file) => !/\.test\.tsx?$/.test(file)), ...others])
}
