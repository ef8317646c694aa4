import { business, hidden, type Entries } from './entry.ts'

/** Attachments: removed by their own body, opened by whoever sees their record. */
export const fileEntries: Entries = {
  // Evidence is kept for good.
  'files.removeFile': {
    input: ({ ratings: { evidenceId: fileId } }) => ({ fileId }),
    allowed: ['leader', 'officer'],
    same: 'conflict',
    ...hidden,
  },
  'files.checkOpening': {
    input: ({ ratings: { evidenceId: fileId } }) => ({ fileId }),
    allowed: business,
    ...hidden,
    superior: 'ok',
  },
}
