import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import {
  DomainError,
  addFederations,
  listAudit,
  ListAudit,
  systemActor,
  withTenant,
  type Actor,
  type TenantContext,
} from '@gonglian/tenancy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../data/catalogue.ts'
import { listNames, type Formula } from './figures/formulas.ts'
import { IndicatorInput } from './indicator-inputs.ts'
import {
  ListIndicators,
  defineIndicator,
  findIndicators,
  getIndicator,
  listIndicators,
  loadIndicators,
} from './indicators.ts'
import { listIssuers, listTerritory } from './issuers.ts'
import { loadCatalogue } from './national.ts'
import { untilBlocked } from './testing.ts'

let test: TestDeps
let tree: Map<string, number>
const as = <T>(actor: Actor, work: (ctx: TenantContext) => Promise<T>) => withTenant(test.deps, actor, work)
const national = () => systemActor('loader', idOf(tree, '00'))
const officer = (code: string) => aUser(idOf(tree, code), 'officer')

beforeAll(async () => {
  test = await openTestDeps()
  tree = await aSmallTree(test.deps)
  await as(national(), loadCatalogue)
})
afterAll(() => test.close())

const own = IndicatorInput.parse({
  code: 'own_count',
  nameZh: '自有指标数',
  nameEn: 'Own figures',
  domain: 'governance',
  unit: '个',
  nature: 'flow',
  additivity: 'sum',
})
const list = (ctx: TenantContext, input: Partial<(typeof ListIndicators)['_zod']['input']> = {}) =>
  listIndicators(ctx, ListIndicators.parse(input))

describe('the catalogue of the nation', () => {
  it('comes back from the database as it stands in the data', async () => {
    const rows = await as(officer('513221100'), (ctx) =>
      findIndicators(
        ctx,
        catalogue.map((entry) => entry.code),
      ),
    )
    for (const entry of catalogue) {
      expect(rows.get(entry.code)).toMatchObject({
        ...IndicatorInput.parse(entry),
        version: 1,
        retiredOn: null,
        issuerId: idOf(tree, '00'),
      })
    }
  })

  it('loaded again changes nothing; a changed definition is a new version of that indicator only', async () => {
    expect(await as(national(), loadCatalogue)).toBe(0)
    const [first] = catalogue
    if (!first) throw new Error('empty catalogue')
    await as(national(), async (ctx) => {
      expect(await loadIndicators(ctx, [{ ...first, definitionZh: '新的口径。' }])).toBe(1)
      expect(await getIndicator(ctx, first.code)).toMatchObject({ version: 2, definitionZh: '新的口径。' })
      expect(await loadCatalogue(ctx)).toBe(1)
    })
  })

  it('is for loaders only', async () => {
    await expect(as(officer('00'), (ctx) => loadIndicators(ctx, [own]))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('listIndicators', () => {
  it('pages, sorts, searches by name in both languages and by code, and counts by domain', async () => {
    await as(officer('513221'), async (ctx) => {
      const all = await list(ctx, { pageSize: 500 })
      expect(all.total).toBe(catalogue.length)
      expect(all.rows.map((row) => row.code)).toEqual(catalogue.map((entry) => entry.code))
      expect(all.domains.reduce((sum, entry) => sum + entry.count, 0)).toBe(catalogue.length)
      const pages = [
        ...(await list(ctx, { page: 1, pageSize: 100 })).rows,
        ...(await list(ctx, { page: 2, pageSize: 100 })).rows,
        ...(await list(ctx, { page: 3, pageSize: 100 })).rows,
      ]
      expect(pages.map((row) => row.id)).toEqual(all.rows.map((row) => row.id))
      const descending = (await list(ctx, { sort: '-code', pageSize: 500 })).rows.map((row) => row.code)
      expect(descending).toEqual(descending.toSorted().toReversed())
      expect((await list(ctx, { search: '入会率' })).rows.map((row) => row.code)).toEqual(['membership_rate'])
      expect((await list(ctx, { search: 'Membership RATE' })).rows.map((row) => row.code)).toEqual(['membership_rate'])
      expect((await list(ctx, { search: 'membership_r' })).rows.map((row) => row.code)).toEqual(['membership_rate'])
      expect((await list(ctx, { search: '_%' })).total).toBe(0)
      expect((await list(ctx, { search: "'; drop table" })).total).toBe(0)
      const women = await list(ctx, { domain: 'women', search: '女职工' })
      expect(women.rows.every((row) => row.domain === 'women')).toBe(true)
      expect(women.domains.length).toBeGreaterThan(1)
    })
  })

  it('shows what superiors issued and no sibling, no subordinate', async () => {
    await as(officer('5132'), (ctx) => defineIndicator(ctx, { ...own, code: 'city_count' }))
    await as(officer('513221'), (ctx) => defineIndicator(ctx, { ...own, code: 'county_count' }))
    const seen = async (code: string) =>
      (await as(officer(code), (ctx) => list(ctx, { search: '_count', pageSize: 500 }))).rows.map((row) => row.code)
    expect(await seen('513221100')).toEqual(expect.arrayContaining(['city_count', 'county_count', 'member_count']))
    expect(await seen('513222')).toContain('city_count')
    expect(await seen('513222')).not.toContain('county_count')
    expect(await seen('51')).not.toContain('city_count')
    expect(await seen('00')).not.toContain('county_count')
    expect(await seen('3209')).not.toContain('city_count')
    expect(await seen('5132JT')).toContain('city_count')
  })

  it('reads the catalogue of the line too', async () => {
    await as(officer('00JT'), (ctx) => defineIndicator(ctx, { ...own, code: 'transport_count' }))
    expect((await as(officer('5132JT'), (ctx) => findIndicators(ctx, ['transport_count']))).size).toBe(1)
    expect((await as(officer('5132'), (ctx) => findIndicators(ctx, ['transport_count']))).size).toBe(0)
  })
})

describe('defineIndicator', () => {
  it('adds an own one, with its line in the trail', async () => {
    await as(officer('32'), async (ctx) => {
      const made = await defineIndicator(ctx, {
        ...own,
        code: 'own_rate',
        unit: '%',
        scale: 2,
        nature: 'ratio',
        additivity: 'ratio',
        formula: { op: '/', left: 'member_count', right: 'employee_count' },
      })
      expect(made).toMatchObject({
        code: 'own_rate',
        issuerId: idOf(tree, '32'),
        formula: { op: '/', left: 'member_count', right: 'employee_count' },
      })
    })
    const trail = await as(aUser(idOf(tree, '32'), 'auditadmin'), (ctx) =>
      listAudit(ctx, ListAudit.parse({ search: 'own_rate' })),
    )
    expect(trail.lines).toMatchObject([
      { action: 'indicator.define', objectId: 'own_rate', actor: `user-${idOf(tree, '32')}` },
    ])
  })

  it('refuses a code that is taken here or above, and keeps the one that is there', async () => {
    await expect(
      as(officer('32'), (ctx) => defineIndicator(ctx, { ...own, code: 'member_count' })),
    ).rejects.toMatchObject({
      code: 'conflict',
      key: 'errors.indicatorExists',
      fields: [{ path: 'code' }],
    })
    expect(await as(officer('32'), (ctx) => getIndicator(ctx, 'member_count'))).toMatchObject({ nameZh: '会员人数' })
  })

  it('of two at once, one gets the code', async () => {
    const define = (ctx: TenantContext) => defineIndicator(ctx, { ...own, code: 'racing_count' })
    // The first has not committed when the second looks, so only the insert itself can tell.
    const second = await as(officer('3209'), async (ctx) => {
      await define(ctx)
      const later = as(officer('3209'), define).catch((error: unknown) => error)
      await untilBlocked(test)
      return { later }
    })
    expect(await second.later).toMatchObject({ code: 'conflict', key: 'errors.indicatorExists' })
  })

  it('where a superior takes the same code later, each body keeps meaning the nearest', async () => {
    await as(officer('3209'), (ctx) => defineIndicator(ctx, { ...own, code: 'shared_count', nameZh: '盐城口径' }))
    await as(officer('32'), (ctx) => defineIndicator(ctx, { ...own, code: 'shared_count', nameZh: '江苏口径' }))
    expect(await as(officer('320924'), (ctx) => getIndicator(ctx, 'shared_count'))).toMatchObject({
      nameZh: '盐城口径',
    })
    expect(await as(officer('32'), (ctx) => getIndicator(ctx, 'shared_count'))).toMatchObject({ nameZh: '江苏口径' })
  })

  it('refuses formulas over what does not exist and over ratios', async () => {
    const ratio = { ...own, code: 'bad_rate', unit: '%', scale: 2, nature: 'ratio', additivity: 'ratio' } as const
    await expect(
      as(officer('32'), (ctx) =>
        defineIndicator(ctx, { ...ratio, formula: { op: '/', left: 'nothing', right: 'member_count' } }),
      ),
    ).rejects.toMatchObject({ key: 'errors.formulaUnknown', params: { code: 'nothing' } })
    await expect(
      as(officer('32'), (ctx) =>
        defineIndicator(ctx, { ...ratio, formula: { op: '/', left: 'membership_rate', right: 'member_count' } }),
      ),
    ).rejects.toMatchObject({ key: 'errors.formulaOfRatios' })
  })

  it.each(['leader', 'reviewer', 'auditor', 'sysadmin'] as const)('is not for a %s', async (role) => {
    await expect(as(aUser(idOf(tree, '32'), role), (ctx) => defineIndicator(ctx, own))).rejects.toBeInstanceOf(
      DomainError,
    )
  })

  it('row-level security refuses to write into a superior’s catalogue', async () => {
    const write = as(officer('5132'), (ctx) =>
      ctx.db
        .updateTable('indicators.indicator')
        .set({ name_zh: '被改' })
        .where('tenant_id', '=', idOf(tree, '00'))
        .executeTakeFirst(),
    )
    expect((await write).numUpdatedRows).toBe(0n)
  })
})

describe('IndicatorInput', () => {
  it.each([
    [{ code: 'Upper' }, 'errors.indicatorCode'],
    [{ code: 'a'.repeat(81) }, 'errors.indicatorCode'],
    [{ nature: 'ratio' }, 'errors.indicatorAdditivity'],
    [{ additivity: 'ratio' }, 'errors.indicatorAdditivity'],
    [{ formula: { op: '/', left: 'a_b', right: 'b_c' } }, 'errors.formulaNotRatio'],
    [
      { nature: 'ratio', additivity: 'ratio', formula: { op: '+', left: 'a_b', right: 'b_c' } },
      'errors.formulaNoDenominator',
    ],
    [{ nature: 'ratio', additivity: 'ratio', formula: 'a_b' }, 'errors.formulaNoDenominator'],
    [{ unit: '元' }, 'errors.indicatorScale'],
    [{ unit: '%' }, 'errors.indicatorScale'],
  ])('refuses %j', (change, key) => {
    const parsed = IndicatorInput.safeParse({ ...own, ...change })
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.map((issue) => issue.message)).toContain(key)
  })

  it('refuses a formula nested without end', () => {
    let formula: Formula = 'a_b'
    for (let depth = 0; depth < 9; depth += 1) formula = { op: '/', left: formula, right: 'b_c' }
    expect(IndicatorInput.safeParse({ ...own, nature: 'ratio', additivity: 'ratio', formula }).success).toBe(false)
  })
})

describe('listIssuers', () => {
  it('goes from near to far: the territory, then the line', async () => {
    const codes = await as(officer('5132JT'), async (ctx) => (await listIssuers(ctx)).map((body) => body.code))
    expect(codes).toEqual(['5132JT', '5132', '51', '00', '51JT', '00JT'])
    expect(
      await as(officer('5132JT'), async (ctx) => (await listTerritory(ctx, ctx.tenantId)).map((body) => body.code)),
    ).toEqual(['5132JT', '5132', '51', '00'])
  })

  it('of a closed body are those of its last superior', async () => {
    await as(systemActor('test', 0), (ctx) =>
      addFederations(ctx, [
        {
          code: 'XIANG',
          name: '某乡工会联合会',
          shortName: '某乡',
          level: 'township',
          unionKind: 'UNION_ASSOC_BASIC',
          parentCode: '513221',
          validFrom: '2000-01-01',
          validTo: '2020-01-01',
        },
      ]),
    )
    const id = await as(
      systemActor('test', idOf(tree, '00')),
      async (ctx) =>
        (
          await ctx.db
            .selectFrom('tenancy.federation')
            .select('id')
            .where('code', '=', 'XIANG')
            .executeTakeFirstOrThrow()
        ).id,
    )
    expect(
      await as(systemActor('history', id), async (ctx) => (await listIssuers(ctx)).map((body) => body.code)),
    ).toEqual(['XIANG', '513221', '5132', '51', '00'])
    expect((await as(systemActor('history', id), (ctx) => findIndicators(ctx, ['member_count']))).size).toBe(1)
  })
})

describe('the data', () => {
  it('holds every part its ratios need, and only ratios without an honest formula have none', () => {
    const codes = new Map(catalogue.map((entry) => [entry.code, entry]))
    expect(codes.size).toBe(catalogue.length)
    for (const entry of catalogue) {
      if (entry.formula === null || entry.formula === undefined) continue
      for (const name of listNames(entry.formula))
        expect(codes.get(name)?.nature, `${entry.code} uses ${name}`).toMatch(/flow|stock/)
    }
    expect(
      catalogue.filter((entry) => entry.nature === 'ratio' && entry.formula === null).map((entry) => entry.code),
    ).toEqual(['negotiated_wage_growth_rate', 'target_completion_rate', 'schedule_gap'])
  })

  it('names and explains each indicator in both languages, no two alike', () => {
    for (const key of ['nameZh', 'nameEn'] as const)
      expect(new Set(catalogue.map((entry) => entry[key])).size).toBe(catalogue.length)
    for (const entry of catalogue) {
      expect(entry.definitionZh).toMatch(/[一-龥].*。$/)
      expect(entry.definitionEn).toMatch(/^[A-Z][^一-龥]*(（保留会籍）|\(保留会籍\))?[^一-龥]*\.$/)
      expect(entry.nameEn).not.toMatch(/[一-龥]/)
    }
  })
})
