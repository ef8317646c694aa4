import { foldTitle, foldTitleWithoutNotes, type Column } from './columns.ts'
import { compareTexts } from './similarity.ts'

/** How sure a match is, 0 to 1. From `sure` on it is taken; below, it is only offered. */
const sure = 0.9
const leastOffered = 0.45

export type Offer<Key extends string> = { readonly key: Key; readonly score: number }

/** A column of the file and what it is taken for; `offers` are what else it may be, the best first. */
export type ColumnMatch<Key extends string> = {
  readonly place: number
  readonly title: string
  readonly key: Key | null
  readonly score: number
  readonly offers: readonly Offer<Key>[]
}

/** Which column of the file holds what, by its place (0 is the first); a page may change it, and a body may keep it. */
export type Mapping<Key extends string> = ReadonlyMap<Key, number>

/** How well a head names a column, 0 to 1. */
function scoreTitle(title: string, names: readonly string[]): number {
  const whole = foldTitle(title)
  const short = foldTitleWithoutNotes(title)
  if (whole === '') return 0
  return Math.max(
    ...names.map((name) => {
      const wanted = foldTitle(name)
      if (wanted === whole) return 1
      if (wanted === short) return 0.95
      // A head that only holds a name, or is held by it, may mean another thing: 配偶姓名 is no 姓名.
      return 0.85 * compareTexts(short === '' ? whole : short, wanted)
    }),
    0,
  )
}

/**
 * What each column of a file holds, by its names. One column of the file for each key: the best, of equal ones the first.
 *
 * @param titles the heads of each place; several where the head has two rows
 * @param kept places that somebody chose; they are taken as they are
 */
export function matchColumns<Key extends string>(
  titles: readonly (readonly string[])[],
  columns: readonly Column<Key>[],
  kept: Mapping<Key> = new Map(),
): ColumnMatch<Key>[] {
  const offers = titles.map((ways) =>
    columns
      .map(({ key, names }) => ({ key, score: Math.max(...ways.map((title) => scoreTitle(title, names)), 0) }))
      .filter(({ score }) => score >= leastOffered)
      .toSorted((a, b) => b.score - a.score),
  )
  const taken = new Map<number, Offer<Key>>()
  const given = new Set<Key>()
  for (const [key, place] of kept) {
    taken.set(place, { key, score: 1 })
    given.add(key)
  }
  const candidates = offers
    .flatMap((all, place) => all.map((offer) => ({ place, ...offer })))
    .filter(({ score }) => score >= sure)
    .toSorted((a, b) => b.score - a.score || a.place - b.place)
  for (const { place, key, score } of candidates) {
    if (taken.has(place) || given.has(key)) continue
    taken.set(place, { key, score })
    given.add(key)
  }
  return titles.map((ways, place) => ({
    place,
    title: ways.findLast((title) => title !== '') ?? '',
    key: taken.get(place)?.key ?? null,
    score: taken.get(place)?.score ?? 0,
    offers: offers[place] ?? [],
  }))
}

/** The places of the keys that were found. */
export function toMapping<Key extends string>(matches: readonly ColumnMatch<Key>[]): Map<Key, number> {
  return new Map(matches.flatMap(({ key, place }) => (key === null ? [] : [[key, place] as const])))
}
