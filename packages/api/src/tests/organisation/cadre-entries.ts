import { business, hidden, theirs, type Entries, type Entry } from '../entry.ts'
import { findingMark, ratingMark, type RatingsFixture } from './ratings.ts'

const writers = ['officer', 'leader'] as const
const signers = ['leader'] as const
/** Seen by the owner and above. */
const upward = { sibling: 'not_found', child: 'not_found', superior: 'ok' } as const
const ask = (pick: (ratings: RatingsFixture) => unknown): NonNullable<Entry['input']> => {
  return ({ ratings }) => pick(ratings)
}

const cadres: Entries = {
  'cadres.listOfficers': { input: () => ({ pageSize: 200 }), allowed: business, ...theirs, shows: ratingMark },
  'cadres.exportOfficers': { input: () => ({}), allowed: business, ...theirs, shows: ratingMark },
  'cadres.openOfficer': {
    input: ask(({ officerId }) => ({ officerId, reason: '联系主席' })),
    allowed: writers,
    ...hidden,
  },
  'cadres.appointOfficer': {
    input: ask(({ unionId }) => ({
      unionId,
      name: '新任',
      post: 'audit_chair',
      engagement: 'part_time',
      validFrom: '2026-11-01',
    })),
    allowed: writers,
    ...hidden,
  },
  'cadres.amendOfficer': {
    input: ask(({ officerId }) => ({
      officerId,
      version: 1,
      gender: null,
      engagement: 'part_time',
      rank: 'none',
      concurrentPost: '',
      isPartyCommittee: false,
      quotaId: null,
      contractEndsOn: null,
    })),
    allowed: writers,
    ...hidden,
  },
  'cadres.endPost': {
    input: ask(({ officerId }) => ({ officerId, version: 1, on: '2026-11-01', reason: '调动' })),
    allowed: writers,
    ...hidden,
  },
  'cadres.listVacancies': { input: () => ({}), allowed: business, ...theirs },
  'cadres.readStaffing': { input: () => ({}), allowed: business, ...theirs },
  'cadres.checkCommittee': { input: ask(({ unionId }) => ({ unionId, members: 80 })), allowed: business, ...upward },
  'cadres.recordUnionDay': {
    input: ask(({ officerId }) => ({ officerId, day: '2026-11-02' })),
    allowed: writers,
    ...hidden,
  },
  'cadres.listQuotas': { input: () => ({}), allowed: business, ...theirs, shows: ratingMark },
  'cadres.approveQuota': {
    input: () => ({ unitName: '机关', category: 'administrative', posts: 1, validFrom: '2026-01-01' }),
    allowed: signers,
    ...theirs,
  },
  'cadres.endQuota': {
    input: ask(({ quotaId }) => ({ quotaId, version: 1, on: '2026-11-01' })),
    allowed: signers,
    ...hidden,
  },
  'cadres.getTraining': {
    input: ask(({ trainingId }) => ({ trainingId })),
    allowed: business,
    ...upward,
    shows: ratingMark,
  },
  'cadres.exportAttendance': { input: ask(({ trainingId }) => ({ trainingId })), allowed: business, ...upward },
  'cadres.holdTraining': {
    input: ask(({ trainingId, officerId }) => ({ trainingId, version: 1, officers: [{ officerId }] })),
    allowed: writers,
    ...hidden,
  },
  'cadres.exportUntrainedChairs': { input: () => ({}), allowed: business, ...theirs, shows: ratingMark },
  'cadres.listUntrainedChairs': { input: () => ({}), allowed: business, ...theirs, shows: ratingMark },
}

const women: Entries = {
  'women.listWomenGaps': { input: () => ({}), allowed: business, ...theirs, shows: ratingMark },
  'women.formWomenBody': {
    input: ask(({ unionId }) => ({ unionId, kind: 'committee', formedOn: '2026-11-01' })),
    allowed: writers,
    ...hidden,
  },
  'women.listScreenings': { input: () => ({ year: 2026 }), allowed: business, ...theirs, shows: ratingMark },
  'women.recordScreening': {
    input: () => ({ heldOn: '2026-11-01', persons: 20 }),
    allowed: writers,
    ...theirs,
  },
  'women.keepScreeningResult': {
    input: ask(({ screeningId }) => ({
      screeningId,
      name: '样例',
      result: 'normal',
      consentOn: '2026-11-01',
      followUpOn: '2027-11-01',
    })),
    allowed: ['officer'],
    ...hidden,
  },
  'women.openScreeningResult': {
    input: ask(({ resultId }) => ({ resultId, reason: '回访复查情况' })),
    allowed: writers,
    ...hidden,
    shows: findingMark,
  },
  'women.listFollowUps': {
    input: () => ({}),
    allowed: ['officer', 'leader', 'reviewer'],
    ...theirs,
    shows: ratingMark,
  },
  'women.followUp': { input: ask(({ resultId }) => ({ resultId, version: 1 })), allowed: ['officer'], ...hidden },
  'women.countFindings': { input: () => ({ year: 2026 }), allowed: writers, ...theirs },
}

/** Cadres and women: posts are seen above, findings nowhere. */
export const organisationCadres: Entries = { ...cadres, ...women }
