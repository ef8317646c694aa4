import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { systemActor } from './actor.ts'
import { withTenant } from './context.ts'
import { searchFederations } from './federations.ts'
import { placeReadings } from './place-readings.ts'
import { spellTyped, respellBodies, spellName } from './spelling.ts'
import { aSmallTree, aUser, idOf, openTestDeps } from './testing.ts'

describe('a name in pinyin', () => {
  test.each([
    ['射阳县', 'sheyangxian', 'syx'],
    ['阿坝藏族羌族自治州', 'abazangzuqiangzuzizhizhou', 'abzzqzzzz'],
    ['重庆市', 'chongqingshi', 'cqs'],
    ['No.1 联合工会', 'no1lianhegonghui', 'nlhgh'],
    ['吕梁市', 'lvliangshi luliangshi', 'lls'],
    ['略阳县', 'lveyangxian lueyangxian', 'lyx'],
    ['什邡市', 'shifangshi', 'sfs'],
    ['郫都区', 'piduqu', 'pdq'],
    ['筠连县', 'junlianxian', 'jlx'],
    ['都江堰市', 'dujiangyanshi', 'djys'],
    ['乐清市', 'yueqingshi', 'yqs'],
    ['乐至县', 'lezhixian', 'lzx'],
    ['大埔县', 'dabuxian', 'dbx'],
  ])('%s is %s', (name, pinyin, initials) => {
    expect(spellName(name)).toEqual({ pinyin, initials })
  })

  test('every reading of the table has a syllable for each sign', () => {
    const wrong = Object.entries(placeReadings).filter(([name, reading]) => [...name].length !== reading.length)
    expect(wrong).toEqual([])
  })

  test('whatever the name, both spellings are letters and digits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(spellName(name).pinyin).toMatch(/^[a-z0-9]*( [a-z0-9]+)?$/)
        expect(spellName(name).initials).toMatch(/^[a-z0-9]*$/)
      }),
    )
  })

  test('ü may be typed as it is', () => {
    expect(spellTyped('Lü Liang')).toBe('lvliang')
  })
})

describe('bodies that were spelled by an earlier version', () => {
  const opened = openTestDeps()
  afterAll(async () => (await opened).close())

  test('are spelled anew, and found', async () => {
    const { deps } = await opened
    const tree = await aSmallTree(deps)
    const system = systemActor('test', 0)
    await withTenant(deps, system, (ctx) =>
      ctx.db
        .updateTable('tenancy.federation')
        .set({ pinyin: 'old', initials: 'o' })
        .where('code', '=', '5132')
        .execute(),
    )
    const find = (text: string) =>
      withTenant(deps, aUser(idOf(tree, '51')), (ctx) => searchFederations(ctx, { text, limit: 5 }))
    const { pinyin } = spellName((await find('5132'))[0]?.shortName ?? '')
    expect((await find(pinyin)).map(({ code }) => code)).not.toContain('5132')
    expect(await withTenant(deps, system, respellBodies)).toBe(1)
    expect((await find(pinyin)).map(({ code }) => code)).toContain('5132')
    expect(await withTenant(deps, system, respellBodies)).toBe(0)
  })
})
