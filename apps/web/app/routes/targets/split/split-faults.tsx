import { useLocale, useText, type SplitBound } from '@gonglian/ui'
import { writeTarget } from '../figure.ts'
import { nameRows } from './names.ts'
import type { SplitView } from './rows.ts'

export type SplitFaultsProps = {
  readonly view: SplitView
  /** Over-allocated by this much, where that is more than the plan allows. */
  readonly over: number | null
  readonly limit: number
  readonly bound: SplitBound | null
  /** Off the bound without a reason. */
  readonly off: readonly string[]
  readonly unreadable: readonly string[]
  /** What the server said of single shares, by code. */
  readonly problems: Readonly<Record<string, string>>
}

/** Why a split can't be saved as it stands, in words, with the bodies it is about. */
export function SplitFaults({ view, over, limit, bound, off, unreadable, problems }: SplitFaultsProps) {
  const text = useText()
  const locale = useLocale()
  const write = (value: number) => writeTarget(value, view.item.measure, locale)
  const wrong = Object.keys(problems)
  const faults = [
    over === null ? null : text('targets.split.overLimit', { over: write(over), limit: write(limit) }),
    off.length === 0
      ? null
      : text(bound?.kind === 'equal' ? 'targets.split.unequal' : 'targets.split.needReason', {
          count: off.length,
          bodies: nameRows(view, off),
        }),
    unreadable.length === 0 ? null : text('targets.split.unreadable', { count: unreadable.length }),
    wrong.length === 0 ? null : text('targets.split.problems', { bodies: nameRows(view, wrong) }),
  ]
  return (
    <>
      {faults.map((fault) =>
        fault === null ? null : (
          <p className="gl-error-text" key={fault}>
            {fault}
          </p>
        ),
      )}
    </>
  )
}
