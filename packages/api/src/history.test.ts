import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aSession } from '@gonglian/auth/testing'
import { checkDerived, excludedFacts, historyReports, parseFigure, type FactFigure } from '@gonglian/indicators'
import { aCatalogue, sourceFigures, thePastsBodies } from '@gonglian/indicators/testing'
import { loadHistory } from '@gonglian/reporting'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { createContext } from './context.ts'
import { createCaller } from './router.ts'

const facts = historyReports().flatMap((report) => report.items.map((item, index) => ({ ...item, report, index })))
const sources = new Map(sourceFigures)
const excluded = new Map<string, string>(excludedFacts.map((entry) => [entry.id, entry.reason]))
const factIds = Array.from({ length: 337 }, (_, index) => `F${String(index + 1).padStart(3, '0')}`)

type Answer = Awaited<ReturnType<ReturnType<typeof createCaller>['reports']['getReport']>>

let house: TestDeps
/** What the API answers an officer of the nation about each report of the past. */
const answers = new Map<string, Answer>()

function readFact(id: string): (FactFigure & { upper: number | null; unit: string; note: string }) | null {
  const fact = facts.find((candidate) => candidate.factId === id)
  const answer = fact && answers.get(fact.report.formCode)
  const item = fact && answer?.form.items[fact.index]
  if (!fact || !answer || !item) return null
  const { figures, marks, upper, notes } = answer.sheet
  return {
    value: figures[fact.index] ?? null,
    mark: marks[fact.index] ?? 0,
    upper: upper[fact.index] ?? null,
    scale: item.scale,
    unit: item.unit,
    note: notes[String(fact.index + 1)] ?? '',
  }
}

beforeAll(async () => {
  house = await openTestDeps()
  const bodies = await thePastsBodies(house.deps)
  await aCatalogue(house.deps, idOf(bodies, '00'))
  await loadHistory(house.deps, bodies)
  const { actor } = await aSession(house.deps, idOf(bodies, '00'), '00-reader', 'leader')
  const caller = createCaller(createContext({ deps: house.deps, actor, translate: (_locale, key) => key }))
  for (const { formCode, periodText, bodyCode } of historyReports())
    answers.set(formCode, await caller.reports.getReport({ form: formCode, period: periodText, body: bodyCode }))
})
afterAll(() => house.close())
afterAll(() => expectNoDrift(house.deps))

describe('the ledger of 337 facts, asked of the API', () => {
  it.each(factIds)('%s comes back as its source writes it', (id) => {
    const fact = readFact(id)
    const text = sources.get(id)
    if (text === undefined) {
      expect(fact).toBeNull()
      expect(excluded.get(id)).toMatch(/[a-z]{3}/)
      return
    }
    if (fact === null) throw new Error(`the API knows nothing of ${id}`)
    const { value, mark, upper } = fact
    expect({ ok: true, value, mark, upper }).toEqual(parseFigure(text, fact))
  })

  it('answers 329 of them, each as an accepted report of its body', () => {
    expect(factIds.filter((id) => readFact(id) !== null)).toHaveLength(329)
    expect(new Set([...answers.values()].map((answer) => answer.state))).toEqual(new Set(['accepted']))
  })

  it('answers what the source blots out as missing, not as 0', () => {
    expect(factIds.filter((id) => sources.has(id) && readFact(id)?.value === null)).toEqual(['F169', 'F177'])
  })
})

describe('the fifteen figures that follow from others, out of what the API answers', () => {
  it.each([
    ['D01', 913, null, null],
    ['D02', 9308, null, null],
    ['D03', 9808, 9800, 'warning'],
    ['D04', 8494, 8500, 'warning'],
    ['D05', 6182, null, null],
    ['D06', 4904, null, null],
    ['D07', 7007, null, null],
    ['D08', 2_250_000, 2_250_000, null],
    ['D09', 900_000, 900_000, null],
    ['D10', 7616, null, null],
    ['D11', 3261, 3261, null],
    ['D12', 16_696, null, null],
    ['D13', 4270, null, null],
    ['D14', 82_241, null, null],
    ['D15', 21_538, null, null],
  ])('%s is %s, stated %s, flagged: %s', (id, computed, stated, level) => {
    const results = checkDerived(readFact)
    expect(results).toHaveLength(15)
    expect(results.find((result) => result.id === id)).toMatchObject({ computed, stated, level })
  })

  it('flags a stated rate on the report itself where its parts stand beside it', () => {
    const problems = [...answers.values()].flatMap((answer) =>
      answer.problems.map((problem) => [answer.body.code, problem.ruleId, problem.level, problem.params]),
    )
    expect(problems.filter(([, ruleId]) => ruleId === '12.2-10')).toEqual([
      ['420281', '12.2-10', 'warning', expect.objectContaining({ value: '98', computed: '98.08', difference: '0.08' })],
    ])
  })
})
