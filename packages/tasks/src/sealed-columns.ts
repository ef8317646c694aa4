import type { SealedColumn } from '@gonglian/tenancy'

/** The columns of this package that keep sealed values for long: `gonglian keys rotate` seals them anew. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'tasks.address', key: 'id', column: 'email_sealed', field: 'task.email' },
  { table: 'tasks.channel', key: 'id', column: 'url_sealed', field: 'task.channel.url' },
  { table: 'tasks.channel', key: 'id', column: 'secret_sealed', field: 'task.channel.secret' },
]
