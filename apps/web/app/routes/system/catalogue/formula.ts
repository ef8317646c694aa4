import { describeFormula, type CheckedItem } from '@gonglian/indicators/figures'
import type { Locale } from '@gonglian/ui/messages'
import type { IndicatorView } from './indicator.ts'

/** The formula in words: 女会员人数 ÷ 会员人数 × 100%. Null for an indicator that is not computed. */
export function writeFormula({ indicator, parts }: IndicatorView, locale: Locale): string | null {
  if (indicator.formula === null) return null
  const items: CheckedItem[] = parts.map((part, index) => ({
    ...part,
    position: index + 1,
    breakdownZh: '',
    breakdownEn: '',
  }))
  const words = describeFormula(indicator.formula, items, locale)
  return indicator.unit === '%' ? `${words} × 100%` : words
}
