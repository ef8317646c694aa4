import { hidden, type Entries } from './entry.ts'

/** Accepting again is for the superior of that period, and only where something below has changed: below a township nothing is. */
export const acceptances: Entries = {
  'reviews.acceptAgain': {
    input: ({ reports: { taken } }) => ({ ...taken, mark: '0'.repeat(32) }),
    allowed: ['reviewer', 'leader'],
    same: 'conflict',
    ...hidden,
  },
}
