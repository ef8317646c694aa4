import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { readTestEnv } from './env.ts'
import { findChromium } from './house/chromium.ts'
import { openHouse } from './house/house.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The running product and the browser that all files of these tests share. */
    house: { url: string; ownerUrl: string; appUrl: string; logs: string; browser: string }
  }
}

/** Runs once before the tests in this folder, after the database server is there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const env = readTestEnv()
  const [house, executablePath] = await Promise.all([
    openHouse(project.getProvidedContext().testServer, env),
    findChromium(env),
  ])
  try {
    const browser = await chromium.launchServer({
      executablePath,
      args: [
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--font-render-hinting=none',
        '--disable-background-networking',
      ],
    })
    const { url, database, logs } = house
    const { ownerUrl, appUrl } = database
    project.provide('house', { url, ownerUrl, appUrl, logs, browser: browser.wsEndpoint() })
    return async () => {
      await browser.close()
      try {
        // Whatever people did in these tests, the totals are right at the end.
        await house.verify()
      } finally {
        await house.close()
      }
    }
  } catch (error) {
    await house.close()
    throw error
  }
}
