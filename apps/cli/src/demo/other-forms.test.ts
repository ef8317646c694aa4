import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inventPeriod } from './other-forms.ts'

const items = [
  { code: 'rights_cases_received', additivity: 'sum', breakdownZh: '', nature: 'flow' },
  { code: 'collective_contract_count', additivity: 'sum', breakdownZh: '', nature: 'stock' },
  { code: 'membership_rate', additivity: 'ratio', breakdownZh: '', nature: 'ratio' },
] as const
const bodies = fc.record({
  id: fc.integer({ min: 1, max: 50_000 }),
  level: fc.constantFrom('township' as const, 'county' as const, 'city' as const),
})

test('a quarter has what its months have: flows added up, stocks as they stood at its end, ratios computed', () => {
  fc.assert(
    fc.property(bodies, fc.integer({ min: 1, max: 4 }), ({ id, level }, quarter) => {
      const body = { id, level, kind: 'regional', code: '513221', shortName: '', isOpen: true, parentId: null } as const
      const of = (period: string) => inventPeriod(items, body, period, 2025)
      const months = [2, 1, 0].map((back) => of(`2026-${String(quarter * 3 - back).padStart(2, '0')}`))
      const [received, contracts, rate] = of(`2026-Q${quarter}`)
      expect(received).toBe(months.reduce((sum, [one]) => sum + (one ?? 0), 0))
      expect(contracts).toBe(months[2]?.[1])
      expect(rate).toBeNull()
      const half = of(`2026-${String(quarter * 3).padStart(2, '0')}-A`)
      expect(half).toEqual([Math.floor((months[2]?.[0] ?? 0) / 2), contracts, null])
    }),
  )
})
