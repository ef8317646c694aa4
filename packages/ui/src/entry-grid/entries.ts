import { useState } from 'react'
import type { FigureHand, ReadFigure } from '../figure-hand.tsx'
import { emptyEntry, type EntryChange, type EntryItem, type EntryValue, type EntryValues } from './entry.ts'

/** What a person typed that is no figure, kept as typed until mended. */
export type Draft = { readonly text: string; readonly problem: Extract<ReadFigure, { ok: false }> }
export type Drafts = Readonly<Record<string, Draft>>

export type AppliedChanges = {
  readonly values: Readonly<Record<string, EntryValue>>
  readonly drafts: Drafts
}

/** Applies typed or pasted text to the values. Text that is no figure changes no value and is kept as a draft. */
export function applyChanges(
  hand: FigureHand,
  items: readonly EntryItem[],
  values: EntryValues,
  drafts: Drafts,
  changes: readonly EntryChange[],
): AppliedChanges {
  const byKey = new Map(items.map((item) => [item.key, item]))
  const changed: Record<string, EntryValue> = {}
  const nextDrafts: Record<string, Draft> = { ...drafts }
  for (const { key, column, text } of changes) {
    const item = byKey.get(key)
    if (!item) continue
    const before = changed[key] ?? values[key] ?? emptyEntry
    if (column === 'note') {
      changed[key] = { ...before, note: text }
      continue
    }
    const typed = hand.read(text, item)
    if (typed.ok) {
      delete nextDrafts[key]
      changed[key] = { ...before, value: typed.value, mark: typed.mark, upper: typed.upper }
    } else {
      nextDrafts[key] = { text, problem: typed }
    }
  }
  return { values: changed, drafts: nextDrafts }
}

/** What a grid held before a paste, as far as the paste changes it. */
export type BeforePaste = { readonly values: EntryValues; readonly drafts: Drafts }

/** Keeps what changes are about to overwrite, so that they can be undone at once. */
export function keepBefore(values: EntryValues, drafts: Drafts, changes: readonly EntryChange[]): BeforePaste {
  return { values: Object.fromEntries(changes.map(({ key }) => [key, values[key] ?? emptyEntry])), drafts }
}

/** The drafts of one grid. */
export function useDrafts() {
  return useState<Drafts>({})
}
