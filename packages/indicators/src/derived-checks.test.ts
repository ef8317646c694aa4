import { describe, expect, it } from 'vitest'
import { catalogue } from '../data/catalogue.ts'
import { derivedChecks } from '../data/history/derived-checks.ts'
import { ownIndicators } from '../data/history/own-indicators.ts'
import { checkDerived, type FactFigure } from './derived-checks.ts'
import { historyReports } from './history.ts'

const scales = new Map([...ownIndicators, ...catalogue].map((entry) => [entry.code, entry.scale ?? 0]))
const figures = new Map<string, FactFigure>(
  historyReports().flatMap((report) =>
    report.items.map((item): [string, FactFigure] => [
      item.factId,
      { value: item.value, mark: item.mark, scale: scales.get(item.indicatorCode) ?? 0 },
    ]),
  ),
)
const results = new Map(checkDerived((id) => figures.get(id) ?? null).map((result) => [result.id, result]))

describe('the fifteen derived figures', () => {
  it.each([
    ['D01', 913, null, false],
    ['D02', 9308, null, false],
    ['D03', 9808, 9800, true],
    ['D04', 8494, 8500, true],
    ['D05', 6182, null, false],
    ['D06', 4904, null, false],
    ['D07', 7007, null, false],
    ['D08', 2_250_000, 2_250_000, false],
    ['D09', 900_000, 900_000, false],
    ['D10', 7616, null, false],
    ['D11', 3261, 3261, false],
    ['D12', 16_696, null, false],
    ['D13', 4270, null, false],
    ['D14', 82_241, null, false],
    ['D15', 21_538, null, false],
  ])('%s is %s, stated %s, flagged: %s', (id, computed, stated, flagged) => {
    expect(results.get(id)).toMatchObject({ computed, stated, flagged, level: flagged ? 'warning' : null })
  })

  it('are fifteen, over facts that are there and ratios the catalogue computes', () => {
    expect(results.size).toBe(15)
    for (const check of derivedChecks) {
      if ('ratio' in check) {
        const entry = catalogue.find((candidate) => candidate.code === check.ratio)
        expect(entry?.formula).not.toBeNull()
        for (const [part, fact] of Object.entries(check.parts)) {
          expect(JSON.stringify(entry?.formula)).toContain(`"${part}"`)
          expect(figures.has(fact)).toBe(true)
        }
      }
      if (check.stated !== undefined) expect(figures.has(check.stated)).toBe(true)
    }
  })

  it('are missing, not 0, when a part is', () => {
    const without = checkDerived((id) => (id === 'F151' ? null : (figures.get(id) ?? null)))
    expect(without.filter((result) => result.computed === null).map((result) => result.id)).toEqual(['D04', 'D05'])
    expect(without.find((result) => result.id === 'D04')).toMatchObject({ stated: 8500, flagged: false })
  })

  it('flag a stated rate by how far it is off', () => {
    const withStated = (value: number) =>
      checkDerived((id) => (id === 'F097' ? { value, mark: 0, scale: 2 } : (figures.get(id) ?? null))).find(
        (result) => result.id === 'D03',
      )
    expect([
      withStated(9808)?.level,
      withStated(9803)?.level,
      withStated(9802)?.level,
      withStated(9700)?.level,
    ]).toEqual([null, null, 'warning', 'error'])
  })

  it('flag a sum that does not add up', () => {
    const odd = checkDerived((id) => (id === 'F247' ? { value: 3262, mark: 0, scale: 0 } : (figures.get(id) ?? null)))
    expect(odd.find((result) => result.id === 'D11')).toMatchObject({ computed: 3261, stated: 3262, flagged: true })
  })
})
