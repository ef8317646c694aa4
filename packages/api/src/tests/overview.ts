import { business, theirs, type Entries } from './entry.ts'

/** The start page of a domain and its lists by the level below. */
export const overviewEntries: Entries = {
  'overview.readOverview': {
    input: () => ({ domain: 'organisation', period: '2026-11' }),
    allowed: business,
    ...theirs,
    shows: '威州镇',
  },
  'overview.countListBelow': ['unions', 'terms', 'covered', 'ratings'].map((list) => ({
    input: () => ({ domain: 'organisation', list, body: '513221' }),
    allowed: business,
    sibling: 'not_found',
    // Of the superior it sees the name, and counts what is its own.
    child: 'ok',
    superior: 'ok',
  })),
}
