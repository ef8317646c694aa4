import { aGroupCode } from '@gonglian/organisation/testing'
import { business, hidden, theirs, type Entries, type Entry } from '../entry.ts'
import { ratingMark, type RatingsFixture } from './ratings.ts'

const writers = ['officer', 'leader'] as const
const signers = ['leader'] as const
const ask = (pick: (ratings: RatingsFixture) => unknown): NonNullable<Entry['input']> => {
  return ({ ratings }) => pick(ratings)
}

/** Ballots go nowhere; a working group is its own body's alone. */
export const organisationAppraisals: Entries = {
  'appraisals.listAppraisals': { input: () => ({ year: 2026 }), allowed: business, ...theirs, shows: ratingMark },
  'appraisals.openAppraisal': {
    input: ask(({ bareUnionId, group }) => ({
      unionId: bareUnionId,
      closesOn: '2026-12-31',
      group,
      members: 20,
      eligible: 20,
    })),
    allowed: writers,
    ...hidden,
  },
  'appraisals.listGroupCandidates': {
    allowed: writers,
    ...theirs,
    exempt: { same: ['标记员工丁'], superior: [], because: 'a working group is picked from colleagues by name' },
  },
  'appraisals.readGroup': {
    input: ask(({ openAppraisalId }) => ({ appraisalId: openAppraisalId })),
    allowed: business,
    ...hidden,
    shows: ratingMark,
  },
  'appraisals.drawGroupCode': {
    input: ask(({ waitingAppraisalId }) => ({ appraisalId: waitingAppraisalId })),
    allowed: business,
    ...hidden,
  },
  'appraisals.keepGroupCode': {
    input: ask(({ waitingAppraisalId }) => ({ appraisalId: waitingAppraisalId, code: aGroupCode })),
    allowed: business,
    ...hidden,
  },
  'appraisals.abandonAppraisal': {
    input: ask(({ openAppraisalId }) => ({ appraisalId: openAppraisalId })),
    allowed: signers,
    ...hidden,
  },
  'appraisals.issueSlips': {
    input: ask(({ openAppraisalId }) => ({ appraisalId: openAppraisalId, count: 1 })),
    allowed: writers,
    ...hidden,
  },
  'appraisals.printSlips': { input: ask(({ orderId }) => ({ orderId })), allowed: signers, ...hidden },
  'appraisals.voidSlips': {
    input: ask(({ printedOrderId }) => ({ orderId: printedOrderId, reason: '选票遗失' })),
    allowed: signers,
    ...hidden,
  },
  // Somebody asked before.
  'appraisals.askEarlyClosing': {
    input: ask(({ openAppraisalId }) => ({ appraisalId: openAppraisalId, reason: '提前截止' })),
    allowed: writers,
    same: 'conflict',
    ...hidden,
  },
  // Nothing is told of another's: no turnout, no refusal either.
  'appraisals.countCast': {
    input: ask(({ openAppraisalId }) => ({ appraisalId: openAppraisalId })),
    allowed: business,
    ...theirs,
  },
  'appraisals.closeAppraisal': {
    input: ask(({ openAppraisalId, groupCodes }) => ({ appraisalId: openAppraisalId, codes: groupCodes })),
    allowed: signers,
    ...hidden,
  },
  'appraisals.publishAppraisal': { input: ask(({ closed }) => closed), allowed: writers, ...hidden },
  'appraisals.fileAppraisal': { input: ask(({ published }) => published), allowed: signers, ...hidden },
  'appraisals.castBallot': {
    input: ask(({ slip }) => ({ code: slip, choice: 'satisfied' })),
    allowed: business,
    open: 'public',
    ...theirs,
  },
}
