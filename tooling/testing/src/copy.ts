import { randomBytes } from 'node:crypto'
import { loginUrl } from '@gonglian/db'
import pg from 'pg'
import { withDatabase } from './address.ts'

export type TestDatabase = {
  /** For what only an operator does: the owner of all tables. */
  ownerUrl: string
  /** The worker's login, which may act as the system too: most tests act as both. */
  appUrl: string
  /** The web's login, which may only act as a signed-in person or a visitor. */
  webUrl: string
  /** The installation's secret that the application role derives from. */
  secret: string
  /** Removes the database; connections that are still open are cut. */
  drop: () => Promise<void>
}

/** The server of a test run and the database on it that tests copy. */
export type TestServer = { url: string; template: string; secret: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run and the migrated database that tests copy. */
    testServer: TestServer
  }
}

/** A fresh copy of the template, for what runs outside of a test; tests call createTestDatabase. */
export async function copyTemplate({ url, template, secret }: TestServer): Promise<TestDatabase> {
  // The time in the name lets a later run on the same server drop what a killed run left.
  const name = `test_${Math.floor(Date.now() / 1000)}_${randomBytes(5).toString('hex')}`
  await runOnServer(url, `create database ${name} template ${template}`)
  // Privileges on a database itself are not copied with it (settlePrivileges in packages/db).
  await runOnServer(url, `revoke temporary on database ${name} from public`)
  const ownerUrl = withDatabase(url, name)
  return {
    ownerUrl,
    appUrl: loginUrl(ownerUrl, secret, 'worker'),
    webUrl: loginUrl(ownerUrl, secret, 'web'),
    secret,
    drop: () => runOnServer(url, `drop database if exists ${name} with (force)`),
  }
}

async function runOnServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
