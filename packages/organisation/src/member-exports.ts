import { sql } from 'kysely'
import { z } from 'zod'
import type { JsonValue } from '@gonglian/db'
import {
  DomainError,
  OpeningReason,
  actorName,
  maskIdNumber,
  maskPhone,
  recordAudit,
  recordOpening,
  requirePermission,
  withTenant,
  type Deps,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { listFacets } from './facets.ts'
import { importColumns } from './import-columns.ts'
import { MemberFilter } from './member-lists.ts'

export const StartExport = z.object({
  filter: MemberFilter.omit({ search: true }),
  /** Whole numbers instead of masked ones; only with a reason, which the body reads (14.1). */
  open: z.boolean().default(false),
  reason: z.union([z.literal(''), OpeningReason]).default(''),
})
export const ListExports = z.object({
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(20),
})

export type Export = {
  readonly id: number
  readonly number: string
  readonly isOpen: boolean
  readonly reason: string
  /** Null: not downloaded, or broken off. */
  readonly rows: number | null
  readonly actor: string
  readonly createdAt: Date
}

/**
 * Registers a file of own members that is about to be taken out; its number will stand in it. The file itself comes from streamExport.
 *
 * @throws DomainError invalid organisation.export.reason
 */
export async function startExport(ctx: TenantContext, input: z.output<typeof StartExport>): Promise<Export> {
  requirePermission(ctx, 'member:export')
  if (input.open) requirePermission(ctx, 'member:open')
  if (input.open && input.reason === '') {
    const key = 'organisation.export.reason'
    throw new DomainError('invalid', key, { fields: [{ path: 'reason', key }] })
  }
  const { rows: numbered } = await sql<{ number: string }>`
    select f.code || ${`-${ctx.today.replaceAll('-', '')}-`} || lpad((1 + count(e.id))::text, 4, '0') as number
    from (select pg_advisory_xact_lock(7020, ${ctx.tenantId})) turn, tenancy.federation f
    left join organisation.export e on e.tenant_id = f.id and e.number like f.code || ${`-${ctx.today.replaceAll('-', '')}-%`}
    where f.id = ${ctx.tenantId} group by f.code`.execute(ctx.db)
  const row = await ctx.db
    .insertInto('organisation.export')
    .values({
      tenant_id: ctx.tenantId,
      number: numbered[0]?.number ?? '',
      filters: JSON.stringify(input.filter),
      is_open: input.open,
      reason: input.reason,
      actor: actorName(ctx.actor),
    })
    .returning(['id', 'number', 'created_at'])
    .executeTakeFirstOrThrow()
  if (input.open)
    await recordOpening(ctx, {
      ownerId: ctx.tenantId,
      objectKind: 'member.export',
      objectId: row.number,
      fields: ['idNumber', 'mobile'],
      reason: input.reason,
    })
  await recordAudit(ctx, {
    action: 'member.export',
    objectKind: 'export',
    objectId: row.number,
    after: { open: input.open, reason: input.reason, filters: toJson(input.filter) },
  })
  return {
    id: row.id,
    number: row.number,
    isOpen: input.open,
    reason: input.reason,
    rows: null,
    actor: actorName(ctx.actor),
    createdAt: row.created_at,
  }
}

const toJson = (filter: object): JsonValue => z.json().parse(JSON.parse(JSON.stringify(filter)))

/** Files taken out of the own register, newest first. */
export async function listExports(
  ctx: TenantContext,
  input: z.output<typeof ListExports>,
): Promise<{ rows: Export[]; total: number }> {
  requirePermission(ctx, 'opening:read')
  const query = ctx.db.selectFrom('organisation.export').where('tenant_id', '=', ctx.tenantId)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'number', 'is_open', 'reason', 'rows', 'actor', 'created_at'])
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      number: row.number,
      isOpen: row.is_open,
      reason: row.reason,
      rows: row.rows,
      actor: row.actor,
      createdAt: row.created_at,
    })),
  }
}

type Line = {
  name: string
  id_sealed: Buffer | null
  mobile_sealed: Buffer | null
  union_code: string | null
  union_name: string
  state: string
  kind: string
  employment: string
  joined_on: string | null
  left_on: string | null
  card_no: string | null
}

const fetchRows = 2000

/** RFC 4180; a cell that a spreadsheet would take for a formula is disarmed. */
function toCell(value: string | null): string {
  if (value === null || value === '') return ''
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const titles = {
  zh: {
    number: '导出编号',
    by: '导出人',
    at: '导出时间',
    rows: '行数',
    union: '工会',
    state: '会籍状态',
    left: '终止日期',
    card: '会员证号',
  },
  en: {
    number: 'Export',
    by: 'By',
    at: 'At',
    rows: 'Rows',
    union: 'Union',
    state: 'Membership',
    left: 'Ended on',
    card: 'Card',
  },
}

/**
 * The file of an export, piece by piece (CSV with BOM): a cursor keeps at most 2,000 rows in memory, however long the file is. Who took it
 * out, when and under which number stands in its first line, at its end, and the number in every row, so that each page of a leaked
 * copy leads back. An export is handed out once, and only to who asked for it.
 *
 * @throws DomainError not_found organisation.export.notYours
 */
export async function* streamExport(deps: Deps, actor: UserActor, exportId: number): AsyncGenerator<string> {
  const pieces = new Channel()
  const work = withTenant(deps, actor, (ctx) => writeExport(ctx, exportId, (piece) => pieces.push(piece)))
  work.then(
    () => pieces.end(),
    (error: unknown) => pieces.fail(error),
  )
  try {
    for (;;) {
      const piece = await pieces.take()
      if (piece === null) break
      yield piece
    }
  } finally {
    // A reader who goes away ends the transaction, and with it the cursor.
    pieces.abandon()
    await work.catch(() => undefined)
  }
}

async function writeExport(
  ctx: TenantContext,
  exportId: number,
  push: (piece: string) => Promise<void>,
): Promise<void> {
  requirePermission(ctx, 'member:export')
  const begun = await ctx.db
    .updateTable('organisation.export')
    .set({ ended_at: sql`clock_timestamp()` })
    .where('id', '=', exportId)
    .where('actor', '=', actorName(ctx.actor))
    .where('ended_at', 'is', null)
    .returning(['number', 'is_open', 'filters', 'created_at'])
    .executeTakeFirst()
  if (!begun) throw new DomainError('not_found', 'organisation.export.notYours')
  const filter = MemberFilter.omit({ search: true }).parse(begun.filters)
  const language = ctx.actor.kind === 'user' && ctx.actor.locale === 'en' ? 'en' : 'zh'
  const title = titles[language]
  const at = begun.created_at.toISOString()
  const mark = [title.number, begun.number, title.by, actorName(ctx.actor), title.at, at]
  const column = (key: string) => importColumns.find((one) => one.key === key)?.[language] ?? key
  const head = [
    column('name'),
    column('idNumber'),
    column('mobile'),
    column('unionCode'),
    title.union,
    title.state,
    column('kind'),
  ]
  const rest = [column('employment'), column('joinedOn'), title.left, title.card, title.number]
  await push(`\ufeff${mark.map(toCell).join(',')}\r\n${[...head, ...rest].map(toCell).join(',')}\r\n`)
  const facets = listFacets({ ...filter, states: filter.states ?? ['applied', 'active', 'retained'] })
  await sql`declare exported no scroll cursor for
    select m.name, m.id_sealed, m.mobile_sealed, u.code as union_code, u.name as union_name, m.state, m.kind, m.employment, m.joined_on,
      m.left_on, m.card_no
    from organisation.member m join organisation.trade_union u on u.id = m.union_id
    where m.tenant_id = ${sql.lit(ctx.tenantId)} and m.facet in (${sql.join(facets.map((facet) => sql.lit(facet)))})
      ${filter.unionId === undefined ? sql`` : sql`and m.union_id = ${sql.lit(filter.unionId)}`}
      ${filter.joinedFrom === undefined ? sql`` : sql`and m.since >= ${sql.lit(filter.joinedFrom)}::date`}
      ${filter.joinedTo === undefined ? sql`` : sql`and m.since <= ${sql.lit(filter.joinedTo)}::date`}`.execute(ctx.db)
  let count = 0
  for (;;) {
    const { rows } = await sql<Line>`fetch ${sql.lit(fetchRows)} from exported`.execute(ctx.db)
    if (rows.length === 0) break
    count += rows.length
    await push(rows.map((row) => toLine(ctx, row, begun)).join(''))
  }
  await push(`${[...mark, title.rows, String(count)].map(toCell).join(',')}\r\n`)
  await ctx.db.updateTable('organisation.export').set({ rows: count }).where('id', '=', exportId).execute()
}

function toLine(ctx: TenantContext, row: Line, of: { number: string; is_open: boolean }): string {
  const id = row.id_sealed && ctx.vault.open('member.id_number', row.id_sealed)
  const mobile = row.mobile_sealed && ctx.vault.open('member.mobile', row.mobile_sealed)
  const numbers = of.is_open ? [id, mobile] : [id && maskIdNumber(id), mobile && maskPhone(mobile)]
  const place = [row.union_code, row.union_name, row.state, row.kind, row.employment]
  const cells = [row.name, ...numbers, ...place, row.joined_on, row.left_on, row.card_no, of.number]
  return `${cells.map(toCell).join(',')}\r\n`
}

class Abandoned extends Error {}

/** Hands pieces from the transaction to the reader, one at a time: the writer waits until the reader has taken what is there. */
class Channel {
  private piece: string | null = null
  private done = false
  private gone = false
  private failure: unknown = null
  private wake: () => void = () => undefined
  private turn = this.nextTurn()

  private nextTurn(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve))
  }
  private change(): void {
    const { wake } = this
    this.turn = this.nextTurn()
    wake()
  }
  async push(piece: string): Promise<void> {
    while (this.piece !== null && !this.gone) await this.turn
    if (this.gone) throw new Abandoned('the reader has gone')
    this.piece = piece
    this.change()
  }
  end(): void {
    this.done = true
    this.change()
  }
  fail(error: unknown): void {
    this.failure = error
    this.end()
  }
  abandon(): void {
    this.gone = true
    this.change()
  }
  async take(): Promise<string | null> {
    while (this.piece === null && !this.done) await this.turn
    const { piece } = this
    this.piece = null
    this.change()
    if (piece === null && this.failure !== null) throw this.failure
    return piece
  }
}
