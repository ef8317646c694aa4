import { ConflictNotice, formatFigure, useLocale, useText, type EntryItem, type EntryValue } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import type { KeptSheet } from './keeper.ts'

type Props = {
  readonly items: readonly EntryItem[]
  readonly kept: KeptSheet
  readonly onResolve: (choices: Readonly<Record<string, 'mine' | 'theirs'>>) => void
}

/** Cells that somebody else changed at the same time: chosen one by one. Put off, they stay on the page as a line that reopens it. */
export function CellConflicts({ items, kept, onResolve }: Props) {
  const text = useText()
  const locale = useLocale()
  const [later, setLater] = useState(false)
  const keys = Object.keys(kept.conflicts)
  const joined = keys.join(' ')
  useEffect(() => setLater(false), [joined])
  if (keys.length === 0) return null
  const write = (entry: EntryValue | undefined, item: EntryItem | undefined) => {
    if (!entry) return ''
    const { value, mark, upper, note } = entry
    const figure =
      value === null ? '' : formatFigure(value, { locale, scale: item?.scale ?? 0, mark, upper: upper ?? null })
    return [figure, note].filter((part) => part !== '').join(' · ')
  }
  const conflicts = keys.map((key) => {
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
    <>
      <p className="report-notice report-notice-refusal" role="alert">
        {text('reports.conflict.open', { count: keys.length })}
        <button type="button" className="gl-link-button" onClick={() => setLater(false)}>
          {text('reports.conflict.choose')}
        </button>
      </p>
      <ConflictNotice
        conflicts={later ? [] : conflicts}
        who={who === '' ? text('reports.someone') : who}
        when={when ?? new Date().toISOString()}
        onResolve={onResolve}
        onClose={() => setLater(true)}
      />
    </>
  )
}
