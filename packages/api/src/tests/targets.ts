import { business, hidden, theirs, type Entries } from './entry.ts'
import { county } from './fixture.ts'

const item = { aspect: '', method: 'sum', value: 5 }

/** Items are handed down through many bodies: naming one acts on the share that one holds oneself, if any. */
const ownShare = { sibling: 'conflict', child: 'not_found', superior: 'conflict' } as const

/** Plans and shares: drafts are the drafter's, shares are seen by giver, receiver and those above. */
export const targets: Entries = {
  'targets.listPlans': { input: () => ({ year: 2026 }), allowed: business, ...theirs, shows: '县拟草案乙' },
  'targets.getPlan': {
    input: ({ planId }) => ({ planId, body: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
    shows: '440044',
  },
  'targets.createPlan': { input: () => ({ year: 2026, name: '新计划' }), allowed: ['officer', 'leader'], ...theirs },
  'targets.updatePlan': {
    input: ({ draftPlan: { planId, version } }) => ({ planId, version, year: 2026, name: '改名' }),
    allowed: ['officer', 'leader'],
    ...hidden,
  },
  'targets.deletePlan': {
    input: ({ draftPlan: { planId, version } }) => ({ planId, version }),
    allowed: ['officer', 'leader'],
    ...hidden,
  },
  'targets.issuePlan': {
    input: ({ draftPlan: { planId, version } }) => ({ planId, version }),
    allowed: ['leader'],
    ...hidden,
  },
  'targets.closePlan': {
    input: ({ issuedPlan: { planId, version } }) => ({ planId, version }),
    allowed: ['leader'],
    ...hidden,
  },

  'targets.findItem': { input: ({ draftPlan: { itemId } }) => ({ itemId }), allowed: business, ...hidden },
  'targets.addItem': {
    input: ({ draftPlan: { planId, version } }) => ({ planId, version, indicatorCode: 'joined', ...item }),
    allowed: ['officer', 'leader'],
    ...hidden,
  },
  'targets.updateItem': {
    input: ({ draftPlan: { itemId, version } }) => ({ itemId, version, ...item }),
    allowed: ['officer', 'leader'],
    ...hidden,
  },
  'targets.removeItem': {
    input: ({ draftPlan: { itemId, version } }) => ({ itemId, version }),
    allowed: ['officer', 'leader'],
    ...hidden,
  },
  'targets.annotateItem': {
    input: ({ issuedPlan: { itemId, version } }) => ({ itemId, version, note: '备注', accountable: '' }),
    allowed: ['officer', 'leader'],
    ...hidden,
  },

  'targets.getSplit': [
    {
      input: ({ draftSplit: { itemId } }) => ({ itemId, body: county }),
      allowed: business,
      sibling: 'not_found',
      child: 'not_found',
      superior: 'ok',
      shows: '330037',
    },
    {
      input: ({ unanswered: { itemId } }) => ({ itemId, body: county }),
      allowed: business,
      sibling: 'not_found',
      child: 'not_found',
      superior: 'ok',
      shows: '440045',
    },
    {
      input: ({ dispute: { itemId } }) => ({ itemId, body: county }),
      allowed: business,
      sibling: 'not_found',
      child: 'not_found',
      superior: 'ok',
      shows: '争议缘由己',
    },
  ],
  'targets.saveSplit': {
    input: ({ draftSplit }) => ({ ...draftSplit, rows: [], reserve: 440_044 }),
    allowed: ['officer', 'leader'],
    ...ownShare,
    superior: 'invalid',
  },
  'targets.issueSplit': { input: ({ draftSplit }) => draftSplit, allowed: ['leader'], ...ownShare },
  'targets.readBasis': { input: ({ itemId }) => ({ itemId }), allowed: business, ...theirs },
  'targets.readSeasons': { input: ({ itemId }) => ({ itemId }), allowed: business, ...theirs },

  'targets.acceptAllocations': {
    input: ({ unanswered }) => ({ shares: [unanswered] }),
    allowed: ['leader'],
    sibling: 'ok',
    child: 'not_found',
    superior: 'conflict',
  },
  'targets.disputeAllocation': {
    input: ({ unanswered }) => ({ ...unanswered, counterValue: 1, reason: '过高' }),
    allowed: ['leader'],
    sibling: 'ok',
    child: 'not_found',
    superior: 'conflict',
  },
  'targets.settleAllocation': {
    input: ({ dispute }) => ({ ...dispute, value: 43, reply: '同意' }),
    allowed: ['leader'],
    sibling: 'conflict',
    child: 'conflict',
    superior: 'not_found',
  },
  'targets.amendAllocations': {
    input: ({ split, ids }) => ({
      ...split,
      changes: [{ receiverId: ids.get('513221100'), toValue: 40_001 }],
      reason: '增补',
    }),
    allowed: ['leader'],
    sibling: 'conflict',
    child: 'conflict',
    superior: 'invalid',
  },
  'targets.listAmendments': {
    input: ({ itemId }) => ({ itemIds: [itemId], receiver: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'ok',
    superior: 'ok',
  },

  'targets.getLetter': {
    input: ({ planId }) => ({ planId, receiver: county }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'ok',
    shows: '440044',
  },
  'targets.signAllocations': {
    input: ({ planId, letterDigest }) => ({ planId, digest: letterDigest }),
    allowed: ['leader'],
    sibling: 'conflict',
    child: 'conflict',
    superior: 'conflict',
  },
  'targets.listDuties': { allowed: business, ...theirs },
}
