import { sql } from 'kysely'

/** The day on which the term `t` ends. An extension that is only asked for extends nothing yet. */
export const termEnd = sql<string>`case when t.extension_state = 'approved' then t.extended_to else t.ends_on end`
