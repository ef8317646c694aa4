import type { RawBuilder } from 'kysely'
import type { PeriodSpan } from '../periods.ts'

/** A figure a feed answers: an indicator, perhaps a part of it by the Chinese name of its breakdown. */
export type FedItem = { readonly indicator: string; readonly breakdown: string }

/**
 * What a domain can count from its records. One aggregate query answers all its figures of one body and period; each figure is defined
 * here and nowhere else, so that report, page and roll-up can't differ.
 */
export type Feed = {
  /** "organisation.members": where a figure came from. */
  readonly key: string
  /** The tables it counts from; each is one whose changes the database notes (indicators.feed_from). */
  readonly reads: readonly string[]
  readonly items: readonly FedItem[]
  /**
   * Whether the body keeps these records here at all: one row with the column `kept`. Who does not is asked for its figures as before: "no
   * records" is not 0.
   */
  readonly kept: (tenantId: number) => RawBuilder<unknown>
  /**
   * One row with a column for each item, named by `columnOf`; null: the records cannot tell. Stocks as at `span.end`, flows from `span.start`
   * to `span.end`, of this body's own records only.
   */
  readonly query: (place: { tenantId: number; span: PeriodSpan }) => RawBuilder<unknown>
}

/** "member_count", or "member_count/女" for a part. */
export function columnOf(item: FedItem): string {
  return item.breakdown === '' ? item.indicator : `${item.indicator}/${item.breakdown}`
}

/**
 * @param definition.items codes of indicators, or "code/breakdown"; the query names its columns so
 */
export function defineFeed(definition: {
  key: string
  reads: readonly string[]
  items: readonly string[]
  kept: Feed['kept']
  query: (place: { tenantId: number; span: PeriodSpan }) => RawBuilder<unknown>
}): Feed {
  const items = definition.items.map((name): FedItem => {
    const [indicator = '', breakdown = ''] = name.split('/')
    return { indicator, breakdown }
  })
  return { ...definition, items }
}

/** By the positions of a form, the key of the feed that counts the item; null where none does. */
export function nameFeeds(
  feeds: readonly Feed[],
  items: readonly { readonly code: string; readonly breakdownZh: string }[],
): (string | null)[] {
  const owners = new Map(feeds.flatMap((feed) => feed.items.map((item) => [columnOf(item), feed.key] as const)))
  return items.map(({ code, breakdownZh }) => owners.get(columnOf({ indicator: code, breakdown: breakdownZh })) ?? null)
}

/** Feeds of all domains together. @throws Error when two claim one figure: nobody could say where a number comes from */
export function joinFeeds(...groups: readonly (readonly Feed[])[]): Feed[] {
  const feeds = groups.flat()
  const owners = new Map<string, string>()
  for (const feed of feeds) {
    for (const column of feed.items.map(columnOf)) {
      const owner = owners.get(column)
      if (owner !== undefined) throw new Error(`${column} is fed by ${owner} and by ${feed.key}`)
      owners.set(column, feed.key)
    }
  }
  return feeds
}
