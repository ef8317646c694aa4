import { sql } from 'kysely'
import pg from 'pg'
import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

const channel = 'gonglian_live'
const reconnectMs = 1000

/** A body's report or total of a form and period changed. No figures: whoever may see them asks again. */
export const LiveEvent = z.object({ tenantId: z.int(), formId: z.int(), period: z.string() })
export type LiveEvent = z.infer<typeof LiveEvent>

/** Tells every listening process, when and only when the transaction commits. */
export async function announce(ctx: TenantContext, events: readonly LiveEvent[]): Promise<void> {
  if (events.length === 0) return
  await sql`select pg_notify(${channel}, event) from unnest(${events.map((event) => JSON.stringify(event))}::text[]) as e(event)`.execute(
    ctx.db,
  )
}

export type LiveListener = { close(): Promise<void> }

/**
 * Listens on a connection of its own until closed; a broken one is opened again. Whoever listens decides who may see an event.
 *
 * @param options.onGap events may have been missed while there was no connection: pages should ask again
 */
export async function listenLive(
  connectionString: string,
  onEvent: (event: LiveEvent) => void,
  options: { onGap?: () => void } = {},
): Promise<LiveListener> {
  let closed = false
  let current: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined

  const open = async (): Promise<void> => {
    const client = new pg.Client({ connectionString, keepAlive: true, application_name: 'gonglian live' })
    let lost = false
    const lose = (): void => {
      if (lost) return
      lost = true
      client.end().catch(() => undefined)
      if (!closed) timer = setTimeout(reopen, reconnectMs)
    }
    client.on('notification', ({ payload }) => {
      const event = LiveEvent.safeParse(readJson(payload))
      if (event.success) onEvent(event.data)
    })
    client.on('error', lose)
    client.on('end', lose)
    current = client
    await client.connect()
    await client.query(`listen ${channel}`)
  }
  const reopen = (): void => {
    open().then(
      () => options.onGap?.(),
      // The client reports its own failure by 'end' or 'error', which tries again.
      () => undefined,
    )
  }

  await open()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await current?.end()
    },
  }
}

function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
