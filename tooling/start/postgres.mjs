import { onStop } from './programs.mjs'
import { showStep } from './progress.mjs'

/**
 * The address of the installation's database: the one that is given, or the embedded one, started or joined.
 * @param {string} dataFolder
 * @param {NodeJS.WriteStream} [stream] where progress is shown
 */
export async function openDatabase(dataFolder, stream = process.stdout) {
  const given = process.env['DATABASE_URL']
  if (given !== undefined && given !== '') return given
  const { startPostgres } = await load()
  return showStep(
    'Starting PostgreSQL',
    async (say) => {
      return keepUntilStop(startPostgres({ dataDir: dataFolder, durable: true, log: say }))
    },
    stream,
  )
}

/**
 * The address of an empty database that is gone when the command ends.
 * @param {{ durable: boolean }} options durable: with the settings of a real installation
 */
export async function openThrowawayDatabase({ durable }) {
  const { startThrowawayPostgres } = await load()
  return showStep('Starting a throwaway PostgreSQL', async (say) => {
    return keepUntilStop(startThrowawayPostgres({ durable, log: say }))
  })
}

/**
 * The server is stopped at the end even if the end comes while it is still starting.
 * @param {Promise<import('@gonglian/postgres').RunningPostgres>} starting
 */
async function keepUntilStop(starting) {
  const forget = onStop(async () => (await starting).stop())
  try {
    return (await starting).url
  } catch (error) {
    forget()
    throw error
  }
}

/** The address of a throwaway database with all migrations. */
export async function migrateThrowawayDatabase() {
  const { startThrowawayPostgres } = await load()
  const url = await keepUntilStop(startThrowawayPostgres())
  const { migrateDatabase } = await import('@gonglian/db/migrate')
  await migrateDatabase({ databaseUrl: url, secret: 'of a database that nobody keeps' })
  return url
}

/**
 * The addresses under which the web and the worker sign in to the database.
 * @param {string} ownerUrl
 * @param {string} secret
 */
export async function readLoginUrls(ownerUrl, secret) {
  await load()
  const { loginUrl } = await import('@gonglian/db')
  return { web: loginUrl(ownerUrl, secret, 'web'), worker: loginUrl(ownerUrl, secret, 'worker') }
}

/** TypeScript, so it can be loaded only once everything is installed. */
async function load() {
  const { register } = await import('tsx/esm/api')
  register()
  return import('@gonglian/postgres')
}
