import type { SealedColumn } from '@gonglian/tenancy'

/**
 * The columns of this domain that keep sealed values for long: `gonglian keys rotate` seals them anew. Imports, transfers and ballots
 * are not here: they are emptied within weeks, and their values stay readable with the key that sealed them.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'organisation.member', key: 'id', column: 'id_sealed', field: 'member.id_number' },
  { table: 'organisation.member', key: 'id', column: 'mobile_sealed', field: 'member.mobile' },
  { table: 'organisation.officer_person', key: 'id', column: 'id_sealed', field: 'member.id_number' },
  { table: 'organisation.officer_person', key: 'id', column: 'mobile_sealed', field: 'member.mobile' },
  { table: 'organisation.screening_result', key: 'id', column: 'sealed', field: 'screening.result' },
]
