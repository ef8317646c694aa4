import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { systemActor, withTenant, type Actor, type TenantContext } from '@gonglian/tenancy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { catalogue } from '../data/catalogue.ts'
import { forms } from '../data/forms.ts'
import { referTo } from './figures/items.ts'
import { checkFigures } from './figures/problems.ts'
import { computeRatios } from './figures/ratios.ts'
import { AppendItems, FormInput } from './form-inputs.ts'
import { appendItems, defineForm, loadForm } from './form-versions.ts'
import { getForm, getFormById, listForms } from './forms.ts'
import { defineIndicator } from './indicators.ts'
import { IndicatorInput } from './indicator-inputs.ts'
import { loadCatalogue, loadForms } from './national.ts'
import { findSource } from './sources.ts'
import { untilBlocked } from './testing.ts'

let test: TestDeps
let tree: Map<string, number>
const as = <T>(actor: Actor, work: (ctx: TenantContext) => Promise<T>) => withTenant(test.deps, actor, work)
const national = () => systemActor('loader', idOf(tree, '00'))
const officer = (code: string) => aUser(idOf(tree, code), 'officer')

beforeAll(async () => {
  test = await openTestDeps()
  tree = await aSmallTree(test.deps)
  await as(national(), async (ctx) => {
    await loadCatalogue(ctx)
    await loadForms(ctx)
  })
})
afterAll(() => test.close())

it('forms without a past begin with the period that runs: nobody is late with what was never asked', async () => {
  const other = await openTestDeps()
  const bodies = await aSmallTree(other.deps)
  const heads = await withTenant(other.deps, systemActor('loader', idOf(bodies, '00')), async (ctx) => {
    await loadCatalogue(ctx)
    await loadForms(ctx, { past: ['org-monthly'] })
    return listForms(ctx)
  })
  await other.close()
  // The clock stands in November.
  expect(Object.fromEntries(heads.map(({ code, opensOn }) => [code, opensOn]))).toMatchObject({
    'org-monthly': '2025-01-01',
    'finance-yearly': '2026-01-01',
    'rights-quarterly': '2026-10-01',
  })
})

const simple = (change: Partial<z.input<typeof FormInput>> = {}) =>
  FormInput.parse({
    code: 'simple',
    nameZh: '简表',
    nameEn: 'A simple form',
    frequency: 'month',
    fillerLevels: ['county'],
    due: { kind: 'working', days: 3 },
    opensOn: '2026-01-01',
    items: [{ code: 'member_count' }, { code: 'employee_count' }],
    ...change,
  })

describe('the demonstration forms', () => {
  it.each(forms.map((form) => form.code))('%s comes back as it stands in the data', async (code) => {
    const data = FormInput.parse(forms.find((form) => form.code === code))
    const form = await as(officer('513221100'), (ctx) => getForm(ctx, code))
    expect(form).toMatchObject({
      code,
      frequency: data.frequency,
      due: data.due,
      rules: data.rules,
      fillerLevels: data.fillerLevels,
      version: 1,
      issuerId: idOf(tree, '00'),
    })
    expect(form.items.map((item) => [item.position, referTo(item), item.sectionZh])).toEqual(
      data.items.map((item, index) => [index + 1, referTo(item), item.sectionZh]),
    )
    const entries = new Map(catalogue.map((entry) => [entry.code, entry]))
    for (const item of form.items)
      expect(item).toMatchObject({
        unit: entries.get(item.code)?.unit,
        nature: entries.get(item.code)?.nature,
        additivity: entries.get(item.code)?.additivity,
      })
    expect(await as(officer('513221100'), (ctx) => getFormById(ctx, form.id))).toEqual(form)
  })

  it('loaded again change nothing', async () => {
    const before = await as(officer('00'), (ctx) => getForm(ctx, 'org-monthly'))
    await as(national(), loadForms)
    expect(await as(officer('00'), (ctx) => getForm(ctx, 'org-monthly'))).toEqual(before)
  })

  it('cover all kinds of period and ask for nothing twice', () => {
    expect(new Set(forms.map((form) => form.frequency)).size).toBe(5)
    const asked = forms.flatMap((form) =>
      form.items.map((item) => referTo({ code: item.code, breakdownZh: item.breakdownZh ?? '' })),
    )
    expect(new Set(asked).size).toBe(asked.length)
  })

  it('hold the parts of each of their ratios, so that each can be computed', async () => {
    for (const { code } of forms) {
      const form = await as(officer('00'), (ctx) => getForm(ctx, code))
      const ones = form.items.map((item) => (item.nature === 'ratio' ? null : 100))
      const ratios = computeRatios(form.items, ones)
      for (const item of form.items)
        if (item.nature === 'ratio') expect(ratios[item.position - 1], item.code).toBeGreaterThan(0)
    }
  })

  it('have items for ten targets of three methods: sums, rates as floors, and equal quotas', async () => {
    const form = await as(officer('00'), (ctx) => getForm(ctx, 'org-monthly'))
    expect(
      form.items.filter((item) => item.additivity === 'sum' && item.nature === 'flow' && item.breakdownZh === '')
        .length,
    ).toBeGreaterThan(6)
    expect(form.items.filter((item) => item.additivity === 'sum' && item.nature === 'stock').length).toBeGreaterThan(3)
    expect(form.items.filter((item) => item.nature === 'ratio').length).toBeGreaterThan(3)
  })

  it('accept an honest month and question a careless one', async () => {
    const form = await as(officer('513221100'), (ctx) => getForm(ctx, 'org-monthly'))
    const month = (of: Record<string, number>) =>
      form.items.map((item) => of[referTo(item)] ?? (item.nature === 'ratio' ? null : 0))
    const honest = {
      employee_count: 1200,
      female_employee_count: 500,
      member_count: 1100,
      female_member_count: 450,
      migrant_member_count: 300,
      grassroots_union_count: 30,
      new_member_count: 20,
      'new_member_count#女性': 8,
      lost_member_count: 5,
      unionised_enterprise_count: 25,
      wage_contract_enterprises: 20,
      rights_cases_received: 4,
      rights_cases_closed: 3,
      hardship_file_count: 12,
    }
    const previous = month({ ...honest, member_count: 1085 })
    expect(checkFigures({ items: form.items, rules: form.rules, figures: month(honest), previous })).toEqual([])
    const careless = {
      ...honest,
      member_count: 1300,
      female_member_count: 1301,
      wage_contract_enterprises: 26,
      rights_cases_closed: 5,
    }
    const problems = checkFigures({ items: form.items, rules: form.rules, figures: month(careless), previous })
    expect(problems.map((problem) => [problem.ruleId, problem.level])).toEqual([
      ['12.2-1a', 'error'],
      ['12.2-2', 'warning'],
      ['12.2-1c', 'error'],
      ['12.2-1f', 'error'],
      ['GOV-06-jump', 'warning'],
      ['12.2-4', 'error'],
      ['12.2-6', 'warning'],
    ])
    expect(
      checkFigures({ items: form.items, rules: form.rules, figures: form.items.map(() => null) }).map(
        (problem) => problem.ruleId,
      ),
    ).toEqual(['UNI-05', 'UNI-05', 'UNI-05'])
  })
})

describe('getForm', () => {
  it('is the nearest one upward; no sibling’s and no subordinate’s', async () => {
    await as(officer('5132'), (ctx) => defineForm(ctx, simple()))
    await as(officer('3209'), (ctx) => defineForm(ctx, simple({ nameZh: '盐城简表' })))
    expect(await as(officer('513221100'), (ctx) => getForm(ctx, 'simple'))).toMatchObject({
      nameZh: '简表',
      issuerId: idOf(tree, '5132'),
    })
    expect(await as(officer('320924'), (ctx) => getForm(ctx, 'simple'))).toMatchObject({ nameZh: '盐城简表' })
    for (const code of ['51', '00', '32'])
      await expect(as(officer(code), (ctx) => getForm(ctx, 'simple'))).rejects.toMatchObject({
        code: 'not_found',
        key: 'errors.formNotFound',
      })
  })

  it('stays the nearest one when a superior takes the same code later', async () => {
    await as(officer('320924'), (ctx) => defineForm(ctx, simple({ code: 'shared', nameZh: '射阳表' })))
    await as(officer('32'), (ctx) => defineForm(ctx, simple({ code: 'shared', nameZh: '江苏表' })))
    expect(await as(officer('320924100'), (ctx) => getForm(ctx, 'shared'))).toMatchObject({ nameZh: '射阳表' })
    expect(await as(officer('3209'), (ctx) => getForm(ctx, 'shared'))).toMatchObject({ nameZh: '江苏表' })
  })

  it('by id reaches down, never sideways', async () => {
    const { id } = await as(officer('5132'), (ctx) => getForm(ctx, 'simple'))
    expect(await as(officer('51'), (ctx) => getFormById(ctx, id))).toMatchObject({ code: 'simple' })
    await expect(as(officer('3209'), (ctx) => getFormById(ctx, id))).rejects.toMatchObject({ code: 'not_found' })
    await expect(as(aUser(idOf(tree, '5132'), 'sysadmin'), (ctx) => getFormById(ctx, id))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('listForms', () => {
  it('lists what applies to the body today, the farthest issuer first; forms of the past apart', async () => {
    const heads = await as(officer('513221'), (ctx) => listForms(ctx))
    expect(heads.map((head) => head.code)).toEqual([
      'org-monthly',
      'unionisation-sprint',
      'rights-quarterly',
      'women-half-year',
      'finance-yearly',
      'simple',
    ])
    expect(heads[0]).toMatchObject({ itemCount: forms[0]?.items.length })
    await as(systemActor('history', idOf(tree, '5132')), (ctx) =>
      loadForm(
        ctx,
        simple({
          code: 'history-5132-2006',
          fillerLevels: [],
          due: null,
          opensOn: '2006-01-01',
          closesOn: '2007-01-01',
        }),
      ),
    )
    expect(await as(officer('51'), (ctx) => getForm(ctx, 'history-5132-2006'))).toMatchObject({
      issuerId: idOf(tree, '5132'),
    })
    await expect(as(officer('3209'), (ctx) => getForm(ctx, 'history-5132-2006'))).rejects.toMatchObject({
      code: 'not_found',
    })
    await as(officer('5132'), async (ctx) => {
      expect((await listForms(ctx)).map((head) => head.code)).not.toContain('history-5132-2006')
      expect((await listForms(ctx, { past: true })).map((head) => head.code)).toEqual([])
      expect((await listForms(ctx, { past: true, on: '2006-12-31' })).map((head) => head.code)).toEqual([
        'history-5132-2006',
      ])
      expect((await listForms(ctx, { on: '2025-06-30' })).map((head) => head.code)).not.toContain('unionisation-sprint')
    })
  })
})

describe('defineForm', () => {
  const refused = (change: Partial<z.input<typeof FormInput>>) =>
    as(officer('51'), (ctx) => defineForm(ctx, simple({ code: 'refused', ...change })))

  it('names the item that is wrong', async () => {
    await expect(refused({ items: [{ code: 'member_count' }, { code: 'nothing_here' }] })).rejects.toMatchObject({
      key: 'errors.indicatorNotFound',
      fields: [{ path: 'items.1.code' }],
    })
    await expect(refused({ items: [{ code: 'member_count' }, { code: 'member_count' }] })).rejects.toMatchObject({
      key: 'errors.formItemTwice',
      fields: [{ path: 'items.1.code' }],
    })
    await expect(
      refused({
        items: [{ code: 'member_count', breakdownZh: '女性' }, { code: 'member_count' }],
        rules: [{ id: 'R', kind: 'present', level: 'error', items: ['member_count#男性'] }],
      }),
    ).rejects.toMatchObject({ key: 'errors.ruleItem', fields: [{ path: 'rules.0' }] })
  })

  it('does not use a sibling’s indicator', async () => {
    const own = IndicatorInput.parse({
      code: 'jiangsu_count',
      nameZh: '江苏指标',
      nameEn: 'Of Jiangsu',
      domain: 'rights',
      unit: '个',
      nature: 'flow',
      additivity: 'sum',
    })
    await as(officer('32'), (ctx) => defineIndicator(ctx, own))
    await expect(refused({ items: [{ code: 'jiangsu_count' }] })).rejects.toMatchObject({
      key: 'errors.indicatorNotFound',
    })
  })

  it('refuses rules that cannot be read', async () => {
    const rule = {
      id: 'R',
      kind: 'compare',
      level: 'error',
      left: 'previous:member_count',
      op: '<=',
      right: 'member_count',
    } as const
    await expect(refused({ rules: [rule] })).rejects.toMatchObject({ key: 'errors.ruleText' })
    await expect(
      refused({
        rules: [
          { ...rule, left: 'employee_count' },
          { ...rule, left: 'employee_count' },
        ],
      }),
    ).rejects.toMatchObject({ key: 'errors.ruleTwice', fields: [{ path: 'rules.1' }] })
  })

  it.each([
    [{ items: [] }, 'errors.formNoItems'],
    [{ items: Array.from({ length: 2001 }, () => ({ code: 'member_count' })) }, 'errors.formTooManyItems'],
    [{ code: 'Upper Case' }, 'errors.formCode'],
    [{ closesOn: '2025-01-01' }, 'errors.formDates'],
  ])('refuses %#: %s', (change, key) => {
    const parsed = FormInput.safeParse({ ...simple(), ...change })
    expect(parsed.error?.issues.map((issue) => issue.message)).toContain(key)
  })

  it('refuses a code taken here or above', async () => {
    await expect(refused({ code: 'org-monthly' })).rejects.toMatchObject({ code: 'conflict', key: 'errors.formExists' })
    await expect(as(officer('5132'), (ctx) => defineForm(ctx, simple()))).rejects.toMatchObject({
      key: 'errors.formExists',
    })
  })

  it('takes 2,000 items', async () => {
    const items = Array.from({ length: 2000 }, (_, index) => ({
      code: 'member_count',
      breakdownZh: `第${index}组`,
      breakdownEn: `group ${index}`,
    }))
    const form = await as(officer('51'), (ctx) => defineForm(ctx, simple({ code: 'wide', items })))
    expect(form.items).toHaveLength(2000)
    expect(form.items[1999]).toMatchObject({ position: 2000, breakdownZh: '第1999组' })
  })
})

describe('appendItems', () => {
  it('makes a new version behind the present items', async () => {
    const form = await as(officer('51'), (ctx) => defineForm(ctx, simple({ code: 'growing' })))
    const grown = await as(officer('51'), (ctx) =>
      appendItems(ctx, AppendItems.parse({ formId: form.id, version: 1, items: [{ code: 'new_member_count' }] })),
    )
    expect(grown.version).toBe(2)
    expect(grown.items.map((item) => [item.position, item.code, item.sinceVersion])).toEqual([
      [1, 'member_count', 1],
      [2, 'employee_count', 1],
      [3, 'new_member_count', 2],
    ])
    await expect(
      as(officer('51'), (ctx) =>
        appendItems(ctx, AppendItems.parse({ formId: form.id, version: 1, items: [{ code: 'lost_member_count' }] })),
      ),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      as(officer('51'), (ctx) =>
        appendItems(ctx, AppendItems.parse({ formId: form.id, version: 2, items: [{ code: 'member_count' }] })),
      ),
    ).rejects.toMatchObject({ key: 'errors.formItemTwice' })
    await expect(
      as(officer('5132'), (ctx) =>
        appendItems(ctx, AppendItems.parse({ formId: form.id, version: 2, items: [{ code: 'lost_member_count' }] })),
      ),
    ).rejects.toMatchObject({ code: 'not_found' })
  })

  it('of two editors at once, the second hears that the form has changed', async () => {
    const form = await as(officer('51'), (ctx) => defineForm(ctx, simple({ code: 'contested' })))
    const append = (code: string) => (ctx: TenantContext) =>
      appendItems(ctx, AppendItems.parse({ formId: form.id, version: 1, items: [{ code }] }))
    const second = await as(officer('51'), async (ctx) => {
      await append('new_member_count')(ctx)
      const later = as(officer('51'), append('lost_member_count')).catch((error: unknown) => error)
      await untilBlocked(test)
      return { later }
    })
    expect(await second.later).toMatchObject({ code: 'conflict', key: 'errors.conflict', params: { version: 2 } })
    expect((await as(officer('51'), (ctx) => getFormById(ctx, form.id))).items).toHaveLength(3)
  })

  it('the database itself moves no item', async () => {
    const form = await as(officer('51'), (ctx) => getForm(ctx, 'growing'))
    await expect(
      as(national(), (ctx) =>
        ctx.db.updateTable('indicators.form_item').set({ position: 99 }).where('form_id', '=', form.id).execute(),
      ),
    ).rejects.toThrow()
  })
})

describe('loadForm', () => {
  it('appends what is new and refuses to move what is there', async () => {
    const load = (items: { code: string }[]) =>
      as(systemActor('loader', idOf(tree, '32')), (ctx) => loadForm(ctx, simple({ code: 'loaded', items })))
    expect(await load([{ code: 'member_count' }])).toMatchObject({ version: 1 })
    expect((await load([{ code: 'member_count' }, { code: 'employee_count' }])).items).toHaveLength(2)
    await expect(load([{ code: 'employee_count' }, { code: 'member_count' }])).rejects.toMatchObject({
      key: 'errors.formItemMoved',
      params: { position: 1 },
    })
    await expect(load([{ code: 'member_count' }])).rejects.toMatchObject({
      key: 'errors.formItemMoved',
      params: { position: 2 },
    })
    const renamed = await as(systemActor('loader', idOf(tree, '32')), (ctx) =>
      loadForm(
        ctx,
        simple({ code: 'loaded', nameZh: '新名称', items: [{ code: 'member_count' }, { code: 'employee_count' }] }),
      ),
    )
    expect(renamed).toMatchObject({ nameZh: '新名称', version: 2 })
    await expect(as(officer('32'), (ctx) => loadForm(ctx, simple()))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('findSource', () => {
  it('is the form that asks for the whole of an indicator', async () => {
    await as(officer('513221'), async (ctx) => {
      const form = await getForm(ctx, 'org-monthly')
      const item = form.items.find((candidate) => candidate.code === 'new_member_count')
      expect(await findSource(ctx, item?.indicatorId ?? 0)).toMatchObject({
        form: { code: 'org-monthly' },
        item: { breakdownZh: '' },
      })
      expect(await findSource(ctx, 0)).toBeNull()
    })
  })
})
