import { beforeAll, describe, expect, inject, test } from 'vitest'
import { z } from 'zod'
import { lastMonth } from './calendar.ts'
import { createPerson, nobody, reading, signIn, type Person } from './person.ts'
import { expectComplaint, openScreen, visit } from './screen.ts'
import { entries } from './routes/entries.ts'
import { county, form } from './routes/entry.ts'
import { say, zh } from './words.ts'

const period = lastMonth()
const locales = ['zh-CN', 'en'] as const

let officer: Person
let leader: Person
let auditadmin: Person

beforeAll(async () => {
  ;[officer, leader, auditadmin] = await Promise.all([
    signIn('513225-officer'),
    signIn('513225-leader'),
    signIn('513225-auditadmin'),
  ])
})

const Refused = z.object({
  error: z.object({
    json: z.object({
      data: z.object({
        refusal: z.object({
          code: z.string(),
          key: z.string(),
          message: z.string(),
          fields: z.array(z.object({ path: z.string(), key: z.string(), message: z.string() })),
        }),
      }),
    }),
  }),
})

/** One call as any program could write it. */
async function call(person: Person, path: string, body: string, headers: Record<string, string> = {}) {
  const answer = await person.ask(`/trpc/${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  })
  const read = Refused.safeParse(parse(answer.text))
  return { status: answer.status, text: answer.text, refusal: read.success ? read.data.error.json.data.refusal : null }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const wire = (input: unknown) => JSON.stringify({ json: input })

describe('a cookie that is none', () => {
  const broken = [
    'session=',
    'session=%E0%A4%A',
    'session=../../etc/passwd',
    `session=${'a'.repeat(6000)}`,
    'session="; drop',
    '=;=;',
  ]
  test.each(broken)('%#: nobody is signed in, and nothing falls over', async (cookie) => {
    const stranger = createPerson(null, cookie)
    const page = await stranger.ask('/targets')
    expect(page.status).toBe(302)
    expect(page.location).toMatch(/^\/sign-in\?back=%2Ftargets/)
    for (const locale of locales) {
      const { status, refusal } = await call(
        createPerson(null, `${cookie}; locale=${locale}`),
        'targets.createPlan',
        wire({ year: 2026, name: 'x' }),
      )
      expect(status).toBe(401)
      expect(refusal?.message).toBe(say(locale, 'errors.unauthenticated'))
    }
  })

  test('a language that is none is read as Chinese', async () => {
    const { text } = await createPerson(null, 'locale=<script>').ask('/sign-in')
    expect(text).toContain('<html lang="zh-CN"')
  })
})

describe('an address that is none', () => {
  const junk = [
    '',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    'a%27b%22%3Cscript%3E',
    '%00',
    '%E0%A4%A',
    '..%2F..%2Fetc',
    '%F0%9F%98%80',
    '%E2%80%AEabc',
    '2026-13',
    '９',
  ]
  const names = [
    ...['period', 'item', 'body', 'year', 'row', 'panel', 'show', 'basis', 'week', 'scope', 'on', 'q'],
    ...['board', 'absent', 'queue', 'accounts', 'audit', 'forms'].flatMap((table) =>
      ['page', 'size', 'sort', 'search', 'is.state'].map((name) => `${table}.${name}`),
    ),
  ]

  // A workbook has the loader of its CSV.
  test.each(Object.keys(entries).filter((route) => !route.endsWith('.xlsx')))('%s', async (route) => {
    const path = (value: string) => route.replaceAll(/:\w+/g, value).replace('*', value)
    const statuses = new Set<number>()
    const failed: string[] = []
    const ask = async (address: string) => {
      for (const person of route.startsWith('/system') ? [leader, auditadmin] : [leader]) {
        const { status, text } = await person.ask(address)
        statuses.add(status)
        if (status >= 500) failed.push(`${person.username} ${address}: ${status} ${text.slice(0, 200)}`)
      }
    }
    if (/[:*]/.test(route)) for (const value of junk.slice(1)) await ask(path(value))
    const rest = route.includes(':form') ? route.replace(':form', form).replace(':period', period) : path('1')
    // All parameters at a time, each with another piece of junk at every turn.
    for (const turn of [0, 2, 5, 7, 11]) {
      const query = names.map((name, index) => `${name}=${junk[(index + turn) % junk.length] ?? ''}`)
      await ask(`${rest}?${query.join('&')}`)
    }
    expect(failed).toEqual([])
    // Whoever asks for papers that do not exist has to wait after a few.
    const expected = [200, 302, 400, 403, 404, ...(route === '/check/:token' ? [429] : [])]
    expect([...statuses].filter((status) => !expected.includes(status))).toEqual([])
  })

  test.each(locales)('is answered with a page that says so: %s', async (locale) => {
    expectComplaint(/status of 40[04]/)
    const page = await openScreen(officer, '/', { locale })
    await visit(page, `/reports/${form}/2026-13`)
    await page.getByText(say(locale, 'frame.invalid.title')).waitFor()
    await page.getByText(say(locale, 'errors.period')).waitFor()
    await visit(page, `/reports/${form}/${period}?body=${county}`)
    await page.getByText(say(locale, 'frame.notFound.title')).waitFor()
    expect(await page.content()).not.toContain('汶川')
  })
})

describe('a call that is none', () => {
  const bodies = [
    '',
    'not json',
    '[]',
    '{}',
    'null',
    '{"json":null}',
    '{"json":[1]}',
    '{"json":{"planId":"x"}}',
    '{"json":{"__proto__":{"a":1}}}',
    '"\\u0000"',
  ]
  test.each(bodies)('%s', async (body) => {
    const before = await leader.api.targets.listPlans.query({ year: 2026 })
    for (const locale of locales) {
      const { status, refusal } = await call(reading(leader, locale), 'targets.createPlan', body)
      expect(status).toBe(400)
      expect(refusal?.message).toBe(say(locale, 'errors.invalid'))
    }
    expect(await leader.api.targets.listPlans.query({ year: 2026 })).toEqual(before)
  })

  test('names each field and its rule, in the reader’s language', async () => {
    const input = { year: 1, name: '', overAllocation: 'many' }
    for (const locale of locales) {
      const { refusal } = await call(reading(leader, locale), 'targets.createPlan', wire(input))
      const said = Object.fromEntries((refusal?.fields ?? []).map((field) => [field.path, field.message]))
      expect(Object.keys(said).toSorted()).toEqual(['name', 'overAllocation', 'year'])
      expect(said['name']).toBe(say(locale, 'errors.inputShort', { limit: 2 }))
      expect(said['overAllocation']).toBe(say(locale, 'errors.inputType'))
    }
  })

  test('of a procedure that is not there, or by the wrong verb', async () => {
    expect((await call(leader, 'targets.dropEverything', wire({}))).status).toBe(404)
    const { status } = await leader.ask(
      `/trpc/targets.createPlan?input=${encodeURIComponent(wire({ year: 2026, name: 'by GET' }))}`,
    )
    expect(status).toBe(405)
    const plans = await leader.api.targets.listPlans.query({ year: 2026 })
    expect(plans.map((plan) => plan.name)).not.toContain('by GET')
  })

  test('that is too big is refused unread', async () => {
    const answer = await call(leader, 'reports.saveDraft', wire({ text: 'x'.repeat(21 * 1024 * 1024) }))
    expect(answer.status).toBe(413)
    expect(answer.refusal?.message).toBe(zh('errors.inputTooBig', { limit: '20 MB' }))
    const entered = await nobody.ask('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ username: 'x'.repeat(3 * 1024 * 1024), password: 'x' }),
    })
    expect(entered.status).toBe(413)
  })
})

describe('another site’s page', () => {
  const foreign: Record<string, string>[] = [
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  test.each(foreign)('cannot write with our cookie: %o', async (headers) => {
    for (const locale of locales) {
      const answer = await call(
        reading(leader, locale),
        'targets.createPlan',
        wire({ year: 2026, name: '跨站' }),
        headers,
      )
      expect({ status: answer.status, message: answer.refusal?.message }).toEqual({
        status: 403,
        message: say(locale, 'errors.crossSite'),
      })
      for (const path of ['/sign-in', '/sign-out', '/language']) {
        expect((await leader.ask(path, { method: 'POST', body: new URLSearchParams(), headers })).status).toBe(403)
      }
    }
    const plans = await leader.api.targets.listPlans.query({ year: 2026 })
    expect(plans.map((plan) => plan.name)).not.toContain('跨站')
    // Still signed in.
    expect((await leader.ask('/targets')).status).toBe(200)
  })

  test('and our own can', async () => {
    const { url } = inject('house')
    const answer = await leader.ask('/language', {
      method: 'POST',
      body: new URLSearchParams({ locale: 'zh-CN' }),
      headers: { origin: url },
    })
    expect(answer.status).toBe(302)
  })
})

describe('a report at the wrong time', () => {
  test.each([
    ['2026-13', 'errors.invalid'],
    ['abc', 'errors.invalid'],
    ['2026-Q3', 'errors.periodKind'],
    ['2090-01', 'errors.periodNotStarted'],
    ['1999-01', 'errors.formNotYetOpen'],
  ] as const)('%s', async (wrong, key) => {
    for (const locale of locales) {
      const { status, refusal } = await call(
        reading(officer, locale),
        'reports.openReport',
        wire({ form, period: wrong }),
      )
      expect({ status, key: refusal?.key }).toEqual({ status: 400, key })
      const said = key === 'errors.invalid' ? refusal?.fields[0]?.message : refusal?.message
      // The parameters are in the words: the sentence is there up to the first of them.
      const [start = ''] = say(locale, key === 'errors.invalid' ? 'errors.period' : key).split('{')
      expect(said).toContain(start)
    }
  })
})
