import type { BodyBelow } from './body.ts'

/** By what the table of children is searched, sorted and filtered; page and file read the same. */
export const childReaders = [
  { key: 'code', value: (row: BodyBelow) => row.code },
  { key: 'name', value: (row: BodyBelow) => row.name },
  { key: 'level', value: (row: BodyBelow) => row.level },
  { key: 'kind', value: (row: BodyBelow) => row.kind },
  { key: 'below', value: (row: BodyBelow) => row.childCount },
] as const
