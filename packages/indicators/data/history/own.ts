import type { z } from 'zod'
import type { Domain, IndicatorInput } from '../../src/indicator-inputs.ts'

export type OwnIndicator = z.input<typeof IndicatorInput>
type Undomained = Omit<OwnIndicator, 'domain'>

const hundredths = ['元', '元/户', '元/人', '%']

function makeOwn(kind: Pick<OwnIndicator, 'nature' | 'additivity'>) {
  return (
    code: string,
    unit: string,
    nameZh: string,
    nameEn: string,
    scale = hundredths.includes(unit) ? 2 : 0,
  ): Undomained => ({
    code,
    nameZh,
    nameEn,
    unit,
    scale,
    ...kind,
  })
}

export const flow = makeOwn({ nature: 'flow', additivity: 'sum' })
export const stock = makeOwn({ nature: 'stock', additivity: 'sum' })
/** A rate or an average that the source only states; its parts are not known. */
export const rate = makeOwn({ nature: 'ratio', additivity: 'ratio' })
/** A threshold, a frequency, a length of time, an ordinal or a rank: never to be added. */
export const standard = makeOwn({ nature: 'stock', additivity: 'distinct' })

export function inDomain(domain: Domain, indicators: readonly Undomained[]): readonly OwnIndicator[] {
  return indicators.map((indicator) => ({ ...indicator, domain, polarity: 0 }))
}
