import { systemActor, withTenant } from '@gonglian/tenancy'
import { idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogue } from '../data/catalogue.ts'
import { historyFacts } from '../data/history.ts'
import { excludedFacts } from '../data/history/excluded.ts'
import { ownIndicators } from '../data/history/own-indicators.ts'
import { sourceFigures } from '../data/history/source-figures.ts'
import { referTo } from './figures/items.ts'
import { marks } from './figures/marks.ts'
import { parseFigure } from './figures/numerals.ts'
import { FormInput } from './form-inputs.ts'
import { loadForm } from './form-versions.ts'
import { historyForm, historyReports } from './history.ts'
import { IndicatorInput } from './indicator-inputs.ts'
import { loadIndicators } from './indicators.ts'
import { loadCatalogue } from './national.ts'
import { parsePeriod } from './periods.ts'
import { thePastsBodies } from './testing.ts'

const reports = historyReports()
const items = reports.flatMap((report) => report.items.map((item) => ({ ...item, report })))
const byFact = new Map(items.map((item) => [item.factId, item]))
const excluded = new Map<string, string>(excludedFacts.map((entry) => [entry.id, entry.reason]))
const ids = Array.from({ length: 337 }, (_, index) => `F${String(index + 1).padStart(3, '0')}`)
const known = new Map([...ownIndicators, ...catalogue].map((entry) => [entry.code, IndicatorInput.parse(entry)]))
const sources = new Map(sourceFigures)

describe('the ledger of 337 facts', () => {
  it.each(ids)('%s is stored with the figure its source writes, or left out for a reason', (id) => {
    const item = byFact.get(id)
    const reason = excluded.get(id)
    expect([item !== undefined, reason !== undefined].filter(Boolean)).toHaveLength(1)
    if (item === undefined) {
      expect(reason).toMatch(/[a-z]{3}/)
      expect(sources.has(id)).toBe(false)
      return
    }
    const indicator = known.get(item.indicatorCode)
    const text = sources.get(id)
    if (indicator === undefined || text === undefined) throw new Error(`${id} has no indicator or no source`)
    const parsed = parseFigure(text, indicator)
    expect(parsed).toEqual({ ok: true, value: item.value, mark: item.mark, upper: item.upper })
    expect(item.value === null).toBe(item.mark === marks.redacted)
    expect(parsePeriod(item.report.periodText).kind).toBe(item.report.frequency)
  })

  it('leaves out eight, and nothing but what is no figure of a body and period', () => {
    expect([...excluded.keys()]).toEqual(['F041', 'F049', 'F129', 'F333', 'F334', 'F335', 'F336', 'F337'])
    expect(items).toHaveLength(329)
    expect(sources.size).toBe(329)
    expect(historyFacts).toHaveLength(329)
  })

  it('keeps what is redacted missing, never 0', () => {
    expect(items.filter((item) => item.value === null).map((item) => item.factId)).toEqual(['F169', 'F177'])
  })

  it.each([
    ['F008', '5132', '2006', 'member_count', '', 60_521, marks.exact],
    ['F015', '5132', '2006', 'village_union_target_per_county', '目标：各县总工会', 2, marks.exact],
    ['F021', 'XIANG', '2009', 'collective_contract_covered_workers', '', 360, marks.over],
    ['F036', '3209', '2016', 'qualified_home_rate', '目标', 9000, marks.atLeast],
    ['F059', '420281', '2014', 'member_count', '', 148_000, marks.exact],
    ['F083', '420281', '2014', 'studio_in_preparation', '新冶特钢', 6, marks.exact],
    ['F089', '420281', '2013', 'wage_negotiation_rate', '几年前基期', 2000, marks.under],
    ['F113', '3202', '2015', 'wage_negotiation_rate', '目标', 9800, marks.atLeast],
    ['F115', 'SZCITY', '2014', 'culture_centre_investment', '目标', 30_000_000_000, marks.range],
    ['F105', 'EDU', '2013', 'four_have_min_staff', '目标', 50, marks.atLeast],
    ['F159', '130983', '2005', 'aid_fund_raised', '', 10_800_000, marks.over],
    ['F160', '130983', '2005-02', 'warmth_households_visited', '春节', 45, marks.exact],
    ['F169', '130983', '2005-03', 'temporary_relief_amount', '', null, marks.redacted],
    ['F209', '2311', '2012', 'skill_contest_participants', '黑河铁路（集团）', 47, marks.exact],
    ['F228', '231181', '2012', 'reemployment_trainees', '', 3000, marks.over],
    ['F231', '231123', '2012', 'unemployed_placed', '', 120, marks.exact],
    ['F245', '2311', '2012', 'database_unionisation_rate', '', 9987, marks.exact],
    ['F276', '231182', '2012-07', 'left_behind_children', '', 30, marks.exact],
    ['F304', '3201JT', '2015', 'model_worker_retreat_persons', '', 79, marks.exact],
    ['F052', '430722', '2011', 'grassroots_union_count', '', 369, marks.exact],
    ['F032', '320924', '2014', 'new_industry_wage_negotiations', '目标', 2, marks.exact],
  ])('%s stands at %s %s %s', (id, body, period, code, breakdown, value, mark) => {
    expect(byFact.get(id)).toMatchObject({
      indicatorCode: code,
      breakdownZh: breakdown,
      value,
      mark,
      report: { bodyCode: body, periodText: period },
    })
  })
})

describe('the reports', () => {
  it('hold each indicator and part once, named in both languages', () => {
    for (const report of reports) {
      const names = report.items.map((item) => referTo({ code: item.indicatorCode, breakdownZh: item.breakdownZh }))
      expect(new Set(names).size).toBe(names.length)
      for (const item of report.items) {
        expect(item.breakdownZh === '').toBe(item.breakdownEn === '')
        expect(item.breakdownEn).not.toMatch(/[一-龥]/)
      }
    }
    expect(new Set(reports.map((report) => `${report.bodyCode} ${report.periodText}`)).size).toBe(reports.length)
  })

  it('bring an own indicator exactly where the catalogue has none, each used and no two alike', () => {
    const codes = new Set(catalogue.map((entry) => entry.code))
    for (const item of items) expect(item.ownIndicator === undefined, item.factId).toBe(codes.has(item.indicatorCode))
    const used = new Set(items.flatMap((item) => item.ownIndicator?.code ?? []))
    expect(ownIndicators.map((indicator) => indicator.code).toSorted()).toEqual([...used].toSorted())
    for (const key of ['nameZh', 'nameEn'] as const)
      expect(new Set(ownIndicators.map((indicator) => indicator[key])).size).toBe(ownIndicators.length)
    for (const indicator of ownIndicators) expect(indicator.nameEn).not.toMatch(/[一-龥]/)
  })

  it('say how the source tells the time where that is none of our periods', () => {
    expect(byFact.get('F160')?.note).toBe('2005年春节')
    expect(byFact.get('F035')?.note).toBe('2014—2016年')
    expect(byFact.get('F089')?.note).toMatch(/^几年前；/)
  })
})

describe('in the database', () => {
  let test: TestDeps
  let tree: Map<string, number>
  beforeAll(async () => {
    test = await openTestDeps()
    tree = await thePastsBodies(test.deps)
    await withTenant(test.deps, systemActor('loader', idOf(tree, '00')), loadCatalogue)
  })
  afterAll(() => test.close())

  it.each(reports.map((report) => report.formCode))(
    '%s becomes a form of its body, twice the same',
    async (formCode) => {
      const report = reports.find((candidate) => candidate.formCode === formCode)
      if (report === undefined) throw new Error('no report')
      await withTenant(test.deps, systemActor('history', idOf(tree, report.bodyCode)), async (ctx) => {
        const own = new Map(
          report.items.flatMap((item) =>
            item.ownIndicator === undefined ? [] : [[item.indicatorCode, item.ownIndicator] as const],
          ),
        )
        await loadIndicators(ctx, [...own.values()])
        const form = await loadForm(ctx, FormInput.parse(historyForm(report)))
        expect(form.items.map((item) => [item.position, item.code, item.breakdownZh])).toEqual(
          report.items.map((item, index) => [index + 1, item.indicatorCode, item.breakdownZh]),
        )
        for (const item of form.items)
          expect(item).toMatchObject({ unit: known.get(item.code)?.unit, scale: known.get(item.code)?.scale })
        expect(await loadIndicators(ctx, [...own.values()])).toBe(0)
        expect(await loadForm(ctx, historyForm(report))).toEqual(form)
      })
    },
  )
})
