import type { RouterOutputs } from '@gonglian/api'
import type { Basis, SplitView } from './rows.ts'

/** What the page knows of a split. */
export type SplitData = {
  readonly view: SplitView
  /** It is the reader's own split. */
  readonly own: boolean
  readonly lastYear: Basis | null
  /** Figures of the indicator that the address names, to split by. */
  readonly basis: Basis | null
  readonly indicator: RouterOutputs['indicators']['getIndicator'] | null
  /** Items of the plan that are split already. */
  readonly others: readonly { readonly id: number; readonly nameZh: string; readonly nameEn: string }[]
}
