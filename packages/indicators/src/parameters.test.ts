import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { systemActor, withTenant, type Actor, type TenantContext } from '@gonglian/tenancy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { holidays } from '../data/holidays.ts'
import { loadParameters } from './national.ts'
import { untilBlocked } from './testing.ts'
import { SetParameter, getCalendar, getParameter, listParameters, loadParameter, setParameter } from './parameters.ts'

let test: TestDeps
let tree: Map<string, number>
const as = <T>(actor: Actor, work: (ctx: TenantContext) => Promise<T>) => withTenant(test.deps, actor, work)
const leader = (code: string) => aUser(idOf(tree, code), 'leader')
const Days = z.object({ days: z.int().positive(), kind: z.enum(['working', 'calendar']) })

/** Reply to a bargaining offer (handbook 4.4). */
const key = 'negotiation.reply_limit'
const set = (code: string, days: number, more: Partial<z.input<typeof SetParameter>> = {}) =>
  as(leader(code), (ctx) =>
    setParameter(
      ctx,
      SetParameter.parse({
        key,
        value: { days, kind: 'calendar' },
        validFrom: '2020-01-01',
        source: `${code} 的规定`,
        ...more,
      }),
      Days,
    ),
  )
const get = (code: string, options: { on?: string; federationId?: number } = {}) =>
  as(aUser(idOf(tree, code), 'officer'), (ctx) => getParameter(ctx, key, Days, options))

beforeAll(async () => {
  test = await openTestDeps()
  tree = await aSmallTree(test.deps)
  await set('00', 20)
})
afterAll(() => test.close())

describe('getParameter (handbook 4.4)', () => {
  it('takes the nearest value from county to nation, and says whose it is and why', async () => {
    expect(await get('513221100')).toEqual({
      value: { days: 20, kind: 'calendar' },
      source: '00 的规定',
      from: '00',
      fromName: '全国总工会',
      validFrom: '2020-01-01',
    })
    await set('51', 15)
    expect(await get('513221100')).toMatchObject({ value: { days: 15 }, from: '51' })
    await set('5132', 12)
    expect(await get('513221100')).toMatchObject({ value: { days: 12 }, from: '5132' })
    await set('513221', 10)
    expect(await get('513221100')).toMatchObject({ value: { days: 10 }, from: '513221', source: '513221 的规定' })
    expect(await get('513222100')).toMatchObject({ from: '5132' })
    expect(await get('51')).toMatchObject({ from: '51' })
    expect(await get('320924100')).toMatchObject({ from: '00' })
  })

  it('asks for a subordinate what holds there, and nothing for who is out of sight', async () => {
    expect(await get('51', { federationId: idOf(tree, '513221100') })).toMatchObject({ from: '513221' })
    await expect(get('51', { federationId: idOf(tree, '320924') })).rejects.toMatchObject({
      code: 'not_found',
      key: 'errors.parameterMissing',
    })
    await expect(get('513222', { federationId: idOf(tree, '513221') })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('an industry union follows its territory, not its line', async () => {
    await set('00JT', 30)
    expect(await get('5132JT')).toMatchObject({ from: '5132' })
  })

  it('goes by the day: before, on and after a change', async () => {
    await set('3209', 18, { validFrom: '2024-01-01' })
    await set('3209', 16, { validFrom: '2026-07-01' })
    expect(await get('3209', { on: '2023-12-31' })).toMatchObject({ from: '00' })
    expect(await get('3209', { on: '2024-01-01' })).toMatchObject({ value: { days: 18 }, validFrom: '2024-01-01' })
    expect(await get('3209', { on: '2026-06-30' })).toMatchObject({ value: { days: 18 } })
    expect(await get('3209', { on: '2026-07-01' })).toMatchObject({ value: { days: 16 } })
    expect(await get('320924')).toMatchObject({ value: { days: 16 }, from: '3209' })
    expect(await get('320924', { on: '2019-12-31' }).catch((error: unknown) => error)).toMatchObject({
      code: 'not_found',
      params: { key },
    })
  })

  it('says when what is stored does not fit', async () => {
    await expect(as(leader('00'), (ctx) => getParameter(ctx, key, z.string()))).rejects.toMatchObject({
      key: 'errors.parameterValue',
    })
  })
})

describe('setParameter', () => {
  it.each([
    [{ key: 'no.such', value: 1 }, 'errors.parameterUnknown', 'key'],
    [{ key: 'calendar.holidays', value: { years: 'all' } }, 'errors.parameterValue', 'value'],
    [{ key: 'calendar.holidays', value: { years: [] }, validTo: '2026-01-01' }, 'errors.parameterDates', 'validTo'],
  ])('refuses %j', async (change, fault, path) => {
    const input = SetParameter.parse({ validFrom: '2026-01-01', source: '规定', ...change })
    await expect(as(leader('32'), (ctx) => setParameter(ctx, input))).rejects.toMatchObject({
      code: 'invalid',
      key: fault,
      fields: [{ path }],
    })
  })

  it('never has two values on one day', async () => {
    await set('32', 9, { validFrom: '2025-01-01', validTo: '2026-01-01' })
    await expect(set('32', 8, { validFrom: '2025-06-01' })).rejects.toMatchObject({
      code: 'conflict',
      key: 'errors.parameterOverlap',
    })
    await expect(set('32', 8, { validFrom: '2024-06-01' })).rejects.toMatchObject({ key: 'errors.parameterOverlap' })
    await set('32', 8, { validFrom: '2024-06-01', validTo: '2025-01-01' })
    await set('32', 7, { validFrom: '2026-01-01' })
    expect([
      await get('32', { on: '2024-12-31' }),
      await get('32', { on: '2025-12-31' }),
      await get('32'),
    ]).toMatchObject([{ value: { days: 8 } }, { value: { days: 9 } }, { value: { days: 7 } }])
  })

  it('of two at once, the second hears that the time is taken', async () => {
    const input = SetParameter.parse({
      key,
      value: { days: 5, kind: 'calendar' },
      validFrom: '2026-01-01',
      source: '规定',
    })
    const second = await as(leader('513222'), async (ctx) => {
      await setParameter(ctx, input, Days)
      const later = as(leader('513222'), (other) => setParameter(other, input, Days)).catch((error: unknown) => error)
      await untilBlocked(test)
      return { later }
    })
    expect(await second.later).toMatchObject({ code: 'conflict', key: 'errors.parameterOverlap' })
  })

  it('is the leader’s', async () => {
    const input = SetParameter.parse({
      key,
      value: { days: 1, kind: 'working' },
      validFrom: '2027-01-01',
      source: '规定',
    })
    for (const role of ['officer', 'reviewer', 'sysadmin', 'auditor'] as const) {
      await expect(as(aUser(idOf(tree, '32'), role), (ctx) => setParameter(ctx, input, Days))).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
  })

  it.each(['calendar', 'Calendar.holidays', 'a..b', ''])('refuses the name %j', (name) => {
    expect(SetParameter.safeParse({ key: name, value: 1, validFrom: '2026-01-01', source: '规定' }).success).toBe(false)
  })
})

describe('the calendar', () => {
  it('is loaded once, read everywhere, and a later value set by hand stays', async () => {
    const national = systemActor('loader', idOf(tree, '00'))
    await as(national, loadParameters)
    await as(national, loadParameters)
    expect(await as(aUser(idOf(tree, '513221100'), 'officer'), getCalendar)).toMatchObject({
      value: holidays,
      from: '00',
    })
    const later = { key: 'calendar.holidays', value: { years: [] }, validFrom: '2026-06-01', source: '补充通知' }
    await as(leader('00'), (ctx) => setParameter(ctx, SetParameter.parse(later)))
    await as(national, loadParameters)
    expect(await as(leader('00'), getCalendar)).toMatchObject({ value: { years: [] }, source: '补充通知' })
    await as(national, (ctx) => loadParameter(ctx, { ...later, validFrom: '2026-07-01' }))
    expect(await as(leader('00'), getCalendar)).toMatchObject({ validFrom: '2026-06-01' })
  })

  it('is listed with where it comes from', async () => {
    const rows = await as(leader('513221'), (ctx) => listParameters(ctx))
    expect(rows.map((row) => [row.key, row.from, row.isOwn])).toEqual([
      ['calendar.holidays', '00', false],
      [key, '513221', true],
    ])
  })

  it('is listed with the rule where nobody has set it, and without it where somebody has', async () => {
    const rules = [
      { key: 'women.committee_from', value: 25, rule: 'ORG-02' },
      { key, value: 1, rule: 'ORG-01' },
    ]
    const rows = await as(leader('513221'), (ctx) => listParameters(ctx, { rules }))
    expect(rows.map((row) => [row.key, row.from, row.source === 'ORG-02'])).toEqual([
      ['calendar.holidays', '00', false],
      [key, '513221', false],
      ['women.committee_from', null, true],
    ])
  })
})
