import { column, defineView } from '@gonglian/records/declared'

/** What the own body has stored, newest first, without the files. */
export const evidenceView = defineView({
  path: 'evidence.listEvidence',
  noun: 'evidence',
  permission: 'organisation:read',
  columns: {
    fileName: column.text(),
    media: column.text(),
    storedBy: column.text(),
    storedAt: column.moment({ sort: true }),
  },
  byBody: false,
  firstSort: '-storedAt',
})
