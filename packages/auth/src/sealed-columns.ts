import type { SealedColumn } from '@gonglian/tenancy'
import { sealedAs } from './factor.ts'

/** The columns of this package that keep sealed values for long: `gonglian keys rotate` seals them anew. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'auth.factor', key: 'account_id', column: 'secret', field: sealedAs },
  { table: 'auth.factor', key: 'account_id', column: 'pending', field: sealedAs },
]
