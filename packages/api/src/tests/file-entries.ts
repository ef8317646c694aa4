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
  'files.listRecordFiles': [
    {
      input: ({ unions }) => ({ kind: 'union', objectId: unions.active.unionId }),
      allowed: business,
      ...hidden,
      superior: 'ok',
    },
    {
      input: ({ members }) => ({ kind: 'member', objectId: members.active.memberId }),
      allowed: ['officer', 'leader', 'reviewer'],
      ...hidden,
    },
  ],
  'files.attachToRecord': [
    {
      input: ({ unions, approvals: { unionFileId: fileId } }) => ({
        kind: 'union',
        objectId: unions.active.unionId,
        files: [{ fileId }],
      }),
      allowed: ['leader', 'officer'],
      ...hidden,
    },
    {
      input: ({ members, approvals: { memberFileId: fileId } }) => ({
        kind: 'member',
        objectId: members.active.memberId,
        files: [{ fileId }],
      }),
      allowed: ['officer'],
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
