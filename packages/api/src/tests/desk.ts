import { business, everyRole, theirs, type Entries } from './entry.ts'

/** Everybody has a desk of their own; the three administrators' holds no business. */
export const desk: Entries = {
  'desk.getDesk': { input: () => ({ period: '2026-Q3' }), allowed: business, ...theirs, shows: '440044' },
  'search.findRecords': { input: () => ({ text: '标记' }), allowed: everyRole, ...theirs },
  'search.findWork': { input: () => ({ text: '标记', year: 2026 }), allowed: everyRole, ...theirs },
  'desk.markDeskSeen': { allowed: everyRole, ...theirs, open: 'account' },
}
