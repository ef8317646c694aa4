import { defineFileKind } from '@gonglian/files'

/** Photographs and papers that show what check-lists and ratings ask. They stand in the body's list, and several items may name one. */
export const evidenceFiles = defineFileKind({
  key: 'evidence',
  write: 'organisation:write',
  read: 'organisation:read',
  media: ['image/jpeg', 'image/png', 'application/pdf'],
  megabytes: 5,
  visibility: 'superiors',
  // Papers name people.
  isSensitive: true,
  standsAlone: true,
})
