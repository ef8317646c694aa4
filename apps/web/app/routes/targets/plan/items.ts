import type { RouterOutputs } from '@gonglian/api'

export type PlanView = RouterOutputs['targets']['getPlan']
export type PlanItem = PlanView['aspects'][number]['items'][number]
export type Amendment = RouterOutputs['targets']['listAmendments']['rows'][number]

export const shows = ['accept', 'dispute', 'split', 'settle', 'issue'] as const
export type Show = (typeof shows)[number]

/** The reader's body issued the plan: its share is the plan's own target, which nobody answers for. */
export function isRoot(item: Pick<PlanItem, 'share'>): boolean {
  return item.share !== null && item.share.issuerId === item.share.receiverId
}

export function readShow(text: string | null): Show | null {
  return shows.find((show) => show === text) ?? null
}

/** Whether something of that kind waits in an item. `dispute`: we asked for another share and wait for the answer. */
export function matchesShow(item: PlanItem, show: Show): boolean {
  const { share, states } = item
  switch (show) {
    case 'accept':
      return share !== null && !isRoot(item) && share.state === 'issued'
    case 'dispute':
      return share?.state === 'disputed'
    case 'split':
      return canSplit(item) && share?.reserve === null
    case 'settle':
      return states.disputed > 0
    case 'issue':
      return states.draft > 0
  }
}

/** Whether the body could hand its share down: it has somebody below, and has accepted what it got. */
export function canSplit(item: PlanItem): boolean {
  const state = item.share?.state
  return item.children > 0 && (isRoot(item) || state === 'accepted' || state === 'settled' || state === 'signed')
}

/** The items by aspect that a search and a kind of waiting leave; aspects without any are left out. */
export function filterAspects(
  aspects: PlanView['aspects'],
  filter: { readonly search: string; readonly show: Show | null },
): PlanView['aspects'] {
  const needle = filter.search.normalize('NFKC').trim().toLowerCase()
  return aspects
    .map(({ aspect, items }) => ({
      aspect,
      items: items.filter(
        (item) =>
          (filter.show === null || matchesShow(item, filter.show)) &&
          (needle === '' ||
            [aspect, item.measure.nameZh, item.measure.nameEn, item.measure.code, item.accountable, item.note].some(
              (text) => text.normalize('NFKC').toLowerCase().includes(needle),
            )),
      ),
    }))
    .filter(({ items }) => items.length > 0)
}

/** How the shares below an item were answered. */
export function countAnswers(item: Pick<PlanItem, 'states' | 'children'>) {
  const { accepted, settled, signed, disputed, issued, draft } = item.states
  return {
    accepted: accepted + settled + signed,
    signed,
    disputed,
    draft,
    issued: issued + accepted + settled + signed + disputed,
    all: item.children,
  }
}
