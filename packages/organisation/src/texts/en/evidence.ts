export const evidence = {
  'evidence.title': 'Evidence',
  'evidence.text': 'Photographs and papers this body has stored, the latest first. The same file is kept once.',
  'evidence.fileName': 'File',
  'evidence.media': 'Type',
  'evidence.storedBy': 'Stored by',
  'evidence.storedAt': 'Stored at',
  'evidence.empty': 'No evidence stored yet',
  'evidence.empty.text': 'What is stored with a ledger or a self-assessment appears here.',
} as const
