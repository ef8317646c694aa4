import type { SealedColumn } from '@gonglian/tenancy'

/** The columns of this package that keep sealed values for long: `gonglian keys rotate` seals them anew. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'tasks.address', column: 'email_sealed', field: 'task.email' },
  { table: 'tasks.channel', column: 'url_sealed', field: 'task.channel.url' },
  { table: 'tasks.channel', column: 'secret_sealed', field: 'task.channel.secret' },
]
