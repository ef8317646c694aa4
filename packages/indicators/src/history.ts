import type { z } from 'zod'
import { historyFacts } from '../data/history.ts'
import type { BodyFact } from '../data/history/fact.ts'
import { ownIndicators } from '../data/history/own-indicators.ts'
import type { Mark } from './figures/marks.ts'
import type { FormInput } from './form-inputs.ts'
import type { IndicatorInput } from './indicator-inputs.ts'
import { parsePeriod, type PeriodKind } from './periods.ts'

export type HistoryItem = {
  readonly factId: string
  readonly indicatorCode: string
  /** Where the catalogue does not have the indicator: the body's own, to be defined by it first. */
  readonly ownIndicator?: z.input<typeof IndicatorInput>
  readonly breakdownZh: string
  readonly breakdownEn: string
  /** Stored integer; null where the source has blotted it out. */
  readonly value: number | null
  readonly upper: number | null
  readonly mark: Mark
  /** How the source tells the time where that is none of our periods, and what is odd about the figure. */
  readonly note: string
}

/** What one body reported for one period: a form of its own, and the vector that goes with it, item by item. */
export type HistoryReport = {
  readonly bodyCode: string
  readonly periodText: string
  readonly formCode: string
  readonly nameZh: string
  readonly nameEn: string
  readonly frequency: PeriodKind
  readonly items: readonly HistoryItem[]
}

const ownByCode: ReadonlyMap<string, z.input<typeof IndicatorInput>> = new Map(
  ownIndicators.map((indicator) => [indicator.code, indicator]),
)

function toItem(fact: BodyFact): HistoryItem {
  const own = ownByCode.get(fact.code)
  const [breakdownZh, breakdownEn] = fact.part ?? ['', '']
  return {
    factId: fact.id,
    indicatorCode: fact.code,
    ...(own === undefined ? {} : { ownIndicator: own }),
    breakdownZh,
    breakdownEn,
    value: fact.value,
    upper: fact.upper,
    mark: fact.mark,
    note: [fact.periodNote, fact.note].filter((part) => part !== undefined).join('；'),
  }
}

/** The reports of the past, one per body and period, sorted by both. */
export function historyReports(): HistoryReport[] {
  const groups = new Map<string, BodyFact[]>()
  for (const fact of historyFacts) {
    const key = `${fact.bodyCode} ${fact.period}`
    groups.set(key, [...(groups.get(key) ?? []), fact])
  }
  return [...groups.keys()].toSorted().map((key) => {
    const facts = groups.get(key) ?? []
    const [bodyCode = '', periodText = ''] = key.split(' ')
    return {
      bodyCode,
      periodText,
      formCode: `history-${bodyCode}-${periodText}`.toLowerCase(),
      nameZh: `历史数据 ${periodText}`,
      nameEn: `Figures of the past, ${periodText}`,
      frequency: parsePeriod(periodText).kind,
      items: facts.map(toItem),
    }
  })
}

/** The form of such a report: nobody fills it in, nothing is due; a stated rate is still held against its parts (12.2 rule 10). */
export function historyForm(report: HistoryReport): z.input<typeof FormInput> {
  return {
    code: report.formCode,
    nameZh: report.nameZh,
    nameEn: report.nameEn,
    frequency: report.frequency,
    fillerLevels: [],
    due: null,
    opensOn: parsePeriod(report.periodText).start,
    rules: [{ id: '12.2-10', kind: 'rate', warningAbove: 0.05, errorAbove: 1 }],
    items: report.items.map((item) => ({
      code: item.indicatorCode,
      breakdownZh: item.breakdownZh,
      breakdownEn: item.breakdownEn,
    })),
  }
}
