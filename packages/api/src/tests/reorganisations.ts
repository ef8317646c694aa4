import { business, everyRole, theirs, type Entries } from './entry.ts'
import { county } from './fixture.ts'

const plan = { kind: 'close', body: '513221102', day: '2026-11-16', reason: '区划调整' }
/** A township of the county: the neighbour does not see it, another township neither, the city decides about it too. */
const below = { sibling: 'not_found', child: 'not_found' } as const

/** Reorganisations: whoever is above prepares and decides; nobody beside or below. */
export const reorganisations: Entries = {
  'bodies.previewReorganisation': {
    input: () => ({ plan }),
    allowed: ['officer', 'leader'],
    ...below,
    superior: 'ok',
    shows: '卧龙镇',
  },
  'bodies.reorganise': [
    {
      input: () => ({ plan, version: '0'.repeat(32) }),
      allowed: ['leader'],
      same: 'conflict',
      ...below,
      superior: 'conflict',
    },
    // The own body is for the superior to reorganise.
    {
      input: () => ({ plan: { ...plan, kind: 'rename', body: county, name: '新名总工会' }, version: '0'.repeat(32) }),
      allowed: ['leader'],
      same: 'forbidden',
      sibling: 'not_found',
      child: 'forbidden',
      superior: 'conflict',
    },
  ],
  'bodies.listReorganisations': {
    input: () => ({ code: county }),
    allowed: everyRole,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
  },
  'bodies.readFormerSelf': {
    input: () => ({ code: county }),
    allowed: everyRole,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
  },
  'bodies.readReorganisable': {
    input: () => ({ code: county }),
    allowed: ['officer', 'leader'],
    sibling: 'not_found',
    child: 'forbidden',
    superior: 'ok',
    shows: '汶川县',
  },
  'bodies.readReorganisedTotals': { input: () => ({ id: 1 }), allowed: business, ...theirs },
}
