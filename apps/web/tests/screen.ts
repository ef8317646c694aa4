import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import type { Locale } from '@gonglian/ui/messages'
import { z } from 'zod'
import type { Person } from './person.ts'

const sizes = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const
export type Size = keyof typeof sizes

let browser: Promise<Browser> | null = null
let contexts: BrowserContext[] = []
let complaints: string[] = []
let expected: RegExp[] = []

/** Ends the connection of this file of tests to the browser that all files use. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close()
  browser = null
}

/** A page that complained fails the test it was open in; a complaint that was expected and did not come fails it too. */
export async function endScreens(): Promise<void> {
  await closeScreens()
  const unexpected = complaints.filter((line) => ![...expected, overtaken].some((pattern) => pattern.test(line)))
  const missing = expected.filter((pattern) => !complaints.some((line) => pattern.test(line)))
  complaints = []
  expected = []
  expect({ unexpected, missing }).toEqual({ unexpected: [], missing: [] })
}

/** What the browser says when a page stops waiting for an answer: it loads its data once more, or is left. */
const overtaken =
  /AbortError: BodyStreamBuffer was aborted|Failed to fetch manifest patches TypeError: Failed to fetch$/m

/** Says that in this test a page is refused something: the browser notes that by itself as an error. */
export function expectComplaint(pattern: RegExp): void {
  expected.push(pattern)
}

/** Ends all screens of this test, so that the next begins without them. */
async function closeScreens(): Promise<void> {
  await Promise.all(contexts.map((context) => context.close()))
  contexts = []
}

/** A browser window of its own in which this person is signed in. */
export async function openScreen(
  person: Person,
  path: string,
  options: {
    readonly size?: Size
    readonly locale?: Locale
    /** Without the line that tells a page of changes: it goes on showing what it was loaded with. */
    readonly deaf?: boolean
    /** Stays open when the test ends; whoever opened it closes it. */
    readonly keep?: boolean
  } = {},
): Promise<Page> {
  const { url } = inject('house')
  browser ??= chromium.connect(inject('house').browser)
  const context = await (await browser).newContext({ viewport: sizes[options.size ?? 'desk'], baseURL: url })
  if (options.keep !== true) contexts.push(context)
  const [name = '', value = ''] = person.cookie.split(';')[0]?.split('=') ?? []
  await context.addCookies([
    { name: 'locale', value: options.locale ?? 'zh-CN', url },
    ...(name === '' ? [] : [{ name, value, url, httpOnly: true }]),
  ])
  if (options.deaf === true) await context.route('**/live', (route) => route.fulfill({ status: 204 }))
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${new URL(page.url()).pathname}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${new URL(page.url()).pathname}: ${error.message}`))
  await visit(page, path)
  return page
}

/** Goes to an address and waits until the page has come alive: before that, what one types is lost. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__reactFiber')))
}

const Violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }))

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Holds what the page shows at this moment to WCAG 2.2 AA, as far as a program can judge it. */
export async function expectAccessible(page: Page): Promise<void> {
  if (await page.evaluate('window.axe === undefined')) {
    // Evaluated, not added as a script: the page's policy forbids scripts that the server did not send.
    const session = await page.context().newCDPSession(page)
    await session.send('Runtime.evaluate', { expression: axe })
    await session.detach()
  }
  const found = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'] })
       .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  )
  const violations = Violations.parse(found).map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  )
  expect(violations, page.url()).toEqual([])
}
