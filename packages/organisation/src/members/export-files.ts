import { sql } from 'kysely'
import { csvMark, writeCsvLine } from '@gonglian/spreadsheets/writing'
import {
  DomainError,
  actorName,
  maskIdNumber,
  maskPhone,
  requirePermission,
  withTenant,
  type Deps,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { Channel } from './channel.ts'
import { listFacets } from './facets.ts'
import { memberColumns } from './member-columns.ts'
import { MemberFilter } from './member-lists.ts'

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

const fetchRows = 1000

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

/** The cells of a line of the file. */
export type ExportLine = readonly (string | null)[]

/** The file of an export as CSV with BOM, piece by piece; see streamExportLines. */
export async function* streamExport(deps: Deps, actor: UserActor, exportId: number): AsyncGenerator<string> {
  let mark = csvMark
  for await (const lines of streamExportLines(deps, actor, exportId)) {
    yield mark + lines.map(writeCsvLine).join('')
    mark = ''
  }
}

/**
 * The lines of an export, piece by piece: a cursor keeps at most 1,000 rows in memory, however long the file is. Who took it
 * out, when and under which number stands in its first line, at its end, and the number in every row, so that each page of a leaked
 * copy leads back. An export is handed out once, and only to who asked for it.
 *
 * @throws DomainError not_found organisation.export.notYours
 */
export async function* streamExportLines(
  deps: Deps,
  actor: UserActor,
  exportId: number,
): AsyncGenerator<readonly ExportLine[]> {
  const pieces = new Channel<readonly ExportLine[]>()
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
  push: (lines: readonly ExportLine[]) => Promise<void>,
): Promise<void> {
  requirePermission(ctx, 'member:export')
  const begun = await ctx.db
    .updateTable('organisation.export')
    .set({ ended_at: ctx.now })
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
  const column = (key: string) => memberColumns.find((one) => one.key === key)?.[language] ?? key
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
  await push([mark, [...head, ...rest]])
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
    await push(rows.map((row) => toLine(ctx, row, begun)))
  }
  await push([[...mark, title.rows, String(count)]])
  await ctx.db.updateTable('organisation.export').set({ rows: count }).where('id', '=', exportId).execute()
}

function toLine(ctx: TenantContext, row: Line, of: { number: string; is_open: boolean }): ExportLine {
  const id = row.id_sealed && ctx.vault.open('member.id_number', row.id_sealed)
  const mobile = row.mobile_sealed && ctx.vault.open('member.mobile', row.mobile_sealed)
  const numbers = of.is_open ? [id, mobile] : [id && maskIdNumber(id), mobile && maskPhone(mobile)]
  const place = [row.union_code, row.union_name, row.state, row.kind, row.employment]
  return [row.name, ...numbers, ...place, row.joined_on, row.left_on, row.card_no, of.number]
}
