import { ConflictNotice, formatFigure, useLocale, useText, type EntryItem, type EntryValue } from '@gonglian/ui'
import { useClock } from '../../../clock.tsx'
import type { KeptSheet } from './keeper.ts'

type Props = {
  readonly items: readonly EntryItem[]
  readonly kept: KeptSheet
  /** Put off: nothing of it is saved until it is taken up again. */
  readonly later: boolean
  readonly onLater: () => void
  readonly onResolve: (choices: Readonly<Record<string, 'mine' | 'theirs'>>) => void
}

/** Cells that somebody else changed at the same time: chosen one by one. */
export function CellConflicts({ items, kept, later, onLater, onResolve }: Props) {
  const text = useText()
  const clock = useClock()
  const locale = useLocale()
  const write = (entry: EntryValue | undefined, item: EntryItem | undefined) => {
    if (!entry) return ''
    const { value, mark, upper, note } = entry
    const figure =
      value === null ? '' : formatFigure(value, { locale, scale: item?.scale ?? 0, mark, upper: upper ?? null })
    return [figure, note].filter((part) => part !== '').join(' · ')
  }
  const conflicts = Object.keys(kept.conflicts).map((key) => {
    const item = items.find((one) => one.key === key)
    return {
      key,
      label: item?.label ?? key,
      mine: write(kept.values[key], item),
      theirs: write(kept.conflicts[key], item),
    }
  })
  const { who, when } = kept.conflictWith
  return (
    <ConflictNotice
      key={conflicts.map(({ key }) => key).join(' ')}
      conflicts={later ? [] : conflicts}
      who={who === '' ? text('reports.someone') : who}
      when={when ?? clock().toISOString()}
      onResolve={onResolve}
      onClose={onLater}
    />
  )
}
