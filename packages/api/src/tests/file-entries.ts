import { business, hidden, type Entries } from './entry.ts'

/** Attachments: removed by their own body, opened by whoever sees their record. */
export const fileEntries: Entries = {
  'files.removeFile': [
    { input: ({ approvals: { looseFileId: fileId } }) => ({ fileId }), allowed: ['leader', 'officer'], ...hidden },
    // Evidence is kept for good.
    {
      input: ({ ratings: { evidenceId: fileId } }) => ({ fileId }),
      allowed: ['leader', 'officer'],
      same: 'conflict',
      ...hidden,
    },
  ],
  'files.checkOpening': {
    input: ({ ratings: { evidenceId: fileId } }) => ({ fileId }),
    allowed: business,
    ...hidden,
    superior: 'ok',
  },
}
