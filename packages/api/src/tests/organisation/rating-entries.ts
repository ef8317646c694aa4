import { business, hidden, theirs, type Entries, type Entry } from '../entry.ts'
import { ratingMark, type RatingsFixture } from './ratings.ts'

const writers = ['officer', 'leader'] as const
const signers = ['leader'] as const
const reviewers = ['reviewer', 'leader'] as const
/** Seen by the owner and above. */
const upward = { sibling: 'not_found', child: 'not_found', superior: 'ok' } as const
/** Seen by the issuer, those above and those below. */
const issued = { sibling: 'not_found', child: 'ok', superior: 'ok' } as const
const ask = (pick: (ratings: RatingsFixture) => unknown): NonNullable<Entry['input']> => {
  return ({ ratings }) => pick(ratings)
}

const checklists: Entries = {
  'checklists.listChecklists': { input: () => ({}), allowed: business, ...theirs },
  'checklists.getChecklist': { input: ask(({ checklistId }) => ({ checklistId })), allowed: business, ...issued },
  'checklists.defineChecklist': {
    input: () => ({
      code: 'another',
      nameZh: '另一清单',
      nameEn: 'Another',
      purpose: 'ledger',
      enforcement: 'warning',
      validFrom: '2026-01-01',
      items: [{ textZh: '一', textEn: 'One' }],
    }),
    allowed: signers,
    ...theirs,
  },
  'checklists.getLedger': { input: ask(({ unionId }) => ({ unionId })), allowed: business, ...upward },
  'checklists.checkAcceptance': { input: ask(({ unionId }) => ({ unionId })), allowed: business, ...upward },
  'checklists.checkItems': {
    input: ask(({ unionId, itemId }) => ({ unionId, items: [{ itemId, version: 0, met: true }] })),
    allowed: writers,
    ...hidden,
  },
  'checklists.countCompliance': { input: ask(({ checklistId }) => ({ checklistId })), allowed: business, ...issued },
  'checklists.freezeCompliance': { input: ask(({ checklistId }) => ({ checklistId })), allowed: writers, ...issued },
  'checklists.listCompliance': { input: ask(({ checklistId }) => ({ checklistId })), allowed: business, ...theirs },
}

const ratings: Entries = {
  'ratings.listSchemes': { input: () => ({}), allowed: business, ...theirs },
  'ratings.getScheme': { input: ask(({ schemeId }) => ({ schemeId })), allowed: business, ...issued },
  'ratings.draftScheme': { input: ask(({ schemeId }) => ({ before: schemeId })), allowed: signers, ...hidden },
  'ratings.defineScheme': {
    input: () => ({
      code: 'another',
      nameZh: '另一方案',
      nameEn: 'Another',
      track: 'star',
      validityMonths: 12,
      validFrom: '2026-01-01',
      items: [{ textZh: '一', textEn: 'One', maxScore: 10 }],
      levels: [{ nameZh: '一星', nameEn: 'One', minScore: 5, grantedBy: 'county' }],
    }),
    allowed: signers,
    ...theirs,
  },
  'ratings.listRatings': { input: () => ({ year: 2026 }), allowed: business, ...theirs },
  'ratings.getRating': {
    input: ask((r) => ({ ratingId: r.ratings.recommended.ratingId })),
    allowed: business,
    ...upward,
    shows: ratingMark,
  },
  'ratings.planRatings': {
    input: ask(({ schemeId, bareUnionId }) => ({
      schemeId,
      year: 2026,
      rows: [{ unionId: bareUnionId, quarter: 4, rank: 1 }],
    })),
    allowed: writers,
    sibling: 'not_found',
    child: 'invalid',
    superior: 'invalid',
  },
  'ratings.dropRating': { input: ask((r) => r.ratings.planned), allowed: writers, ...hidden },
  'ratings.selfAssess': {
    input: ask((r) => ({ ...r.ratings.planned, scores: [{ position: 1, score: 80 }] })),
    allowed: writers,
    ...hidden,
  },
  'ratings.recommendRating': {
    input: ask((r) => ({ ...r.ratings.self_assessed, recommendation: '同意推荐' })),
    allowed: writers,
    ...hidden,
  },
  'ratings.withdrawRating': { input: ask((r) => r.ratings.recommended), allowed: writers, ...hidden },
  'ratings.openReview': {
    input: ask((r) => ({ ...r.ratings.recommended, reviewers: ['r-one', 'r-two', 'r-three'] })),
    allowed: reviewers,
    ...hidden,
  },
  'ratings.listReviewers': {
    input: ask((r) => ({ ratingId: r.ratings.recommended.ratingId })),
    allowed: reviewers,
    ...hidden,
  },
  'ratings.readmitReviewer': {
    input: ask((r) => ({
      ratingId: r.ratings.under_review.ratingId,
      reviewer: '513221-walk-third',
      reason: '经核实无利害关系',
    })),
    allowed: signers,
    ...hidden,
  },
  'ratings.scoreRating': {
    input: ask((r) => ({ ratingId: r.ratings.under_review.ratingId, scores: [{ position: 1, score: 80 }] })),
    allowed: reviewers,
    ...hidden,
  },
  'ratings.recuseReviewer': {
    input: ask((r) => ({
      ratingId: r.ratings.under_review.ratingId,
      reviewer: '513221-walk-fourth',
      reason: '与该单位有利害关系',
    })),
    // A reviewer sends only oneself back.
    allowed: signers,
    ...hidden,
  },
  'ratings.returnRating': {
    input: ask((r) => ({ ...r.ratings.recommended, reason: '材料不全' })),
    allowed: reviewers,
    ...hidden,
  },
  'ratings.publishRating': { input: ask((r) => r.ratings.scored), allowed: reviewers, ...hidden },
  'ratings.appealRating': {
    input: ask((r) => ({ ratingId: r.ratings.published.ratingId, reason: '对结果有异议' })),
    allowed: writers,
    ...hidden,
  },
  'ratings.answerAppeal': {
    input: ask(({ appealId }) => ({ appealId, outcome: 'rejected', answer: '维持原结果' })),
    allowed: signers,
    ...hidden,
  },
  'ratings.awardRating': {
    input: ask((r) => ({ ...r.ratings.published, certificateNo: 'W-1' })),
    allowed: signers,
    // The notice still runs.
    same: 'conflict',
    ...hidden,
  },
  'ratings.beginReCheck': {
    input: ask((r) => ({ ...r.ratings.awarded, finding: '例行复查' })),
    allowed: reviewers,
    ...hidden,
  },
  'ratings.decideReCheck': {
    input: ask((r) => ({ ...r.ratings.re_check, outcome: 'kept', finding: '复查合格' })),
    allowed: signers,
    ...hidden,
  },
  'ratings.readPlanGrid': { input: ask(({ schemeId }) => ({ schemeId, year: 2026 })), allowed: business, ...theirs },
  'ratings.readHomeRates': { input: ask(({ schemeId }) => ({ schemeId })), allowed: business, ...theirs },
  'ratings.takeBaseline': {
    input: ask(({ schemeId }) => ({ schemeId, name: '底数', year: 2026 })),
    allowed: writers,
    ...issued,
  },
  'ratings.listBaselines': { input: () => ({}), allowed: business, ...theirs, shows: ratingMark },
  'ratings.compareBaseline': {
    input: ask(({ baselineId }) => ({ baselineId })),
    allowed: business,
    ...hidden,
    shows: ratingMark,
  },
  // A superior names a union of the county as well.
  'demoPoints.nameDemoPoint': {
    input: ask(({ unionId }) => ({ unionId, topic: 'openness' })),
    allowed: signers,
    ...upward,
  },
}

/** Ratings: rules go down, results go up. */
export const organisationRatings: Entries = { ...checklists, ...ratings }
