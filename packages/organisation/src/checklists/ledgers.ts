import { DomainError, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { fitsUnion } from './checklists.ts'
import type { EvidenceKind } from '../evidence/evidence.ts'

export type LedgerItem = {
  readonly itemId: number
  readonly position: number
  readonly textZh: string
  readonly textEn: string
  readonly evidenceKind: EvidenceKind
  /** The records of companion bodies answer it. */
  readonly isDerived: boolean
  /** Null: nobody has looked. */
  readonly met: boolean | null
  readonly evidenceId: number | null
  readonly note: string
  readonly since: string | null
  readonly checkedBy: string
  readonly version: number
}
export type LedgerList = {
  readonly checklistId: number
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly purpose: string
  readonly enforcement: 'blocking' | 'warning'
  readonly met: number
  readonly items: readonly LedgerItem[]
}
export type Ledger = {
  readonly unionId: number
  readonly met: number
  readonly total: number
  /** Hundredths of a percent; null without a list. */
  readonly completeness: number | null
  readonly lists: readonly LedgerList[]
}

/** @throws DomainError not_found organisation.unionNotFound */
export async function findUnion(ctx: TenantContext, unionId: number, options: { own?: boolean } = {}) {
  return found(
    await ctx.db
      .selectFrom('organisation.trade_union')
      .selectAll()
      .where('id', '=', unionId)
      .$if(options.own === true && ctx.actor.kind !== 'system', (query) => query.where('tenant_id', '=', ctx.tenantId))
      .executeTakeFirst(),
    'organisation.unionNotFound',
  )
}

/** Exact share in hundredths of a percent, half up; null when nothing is there to compare with. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.floor((part * 20_000 + whole) / (whole * 2))
}

/** Superiors of a body in SQL, itself included: what they issue holds for it. Walks the links, since the closure shows only one's own pairs. */
const issuersOf = (tenantId: number) => sql<number>`(with recursive up as (
    select ${tenantId}::int as id
    union
    select l.parent_id from up join tenancy.link l on l.federation_id = up.id and l.valid_to is null
  ) select id from up)`

type Row = {
  checklist_id: number
  code: string
  name_zh: string
  name_en: string
  purpose: string
  enforcement: 'blocking' | 'warning'
  item_id: number
  position: number
  text_zh: string
  text_en: string
  evidence_kind: EvidenceKind
  companion_kind: string | null
  met: boolean | null
  evidence_id: number | null
  note: string | null
  since: string | null
  checked_by: string | null
  version: number | null
}

/**
 * The electronic ledger of a union (M046): every list that holds for it, item by item, with what is met, since when, shown by what,
 * and how complete it is.
 */
export async function getLedger(ctx: TenantContext, input: z.output<typeof GetLedger>): Promise<Ledger> {
  requirePermission(ctx, 'organisation:read')
  const union = await findUnion(ctx, input.unionId)
  const on = input.on ?? ctx.today
  const { rows } = await sql<Row>`
    select rules.id as checklist_id, rules.code, rules.name_zh, rules.name_en, rules.purpose, rules.enforcement, i.id as item_id, i.position,
      i.text_zh, i.text_en, i.evidence_kind, i.companion_kind,
      case when i.companion_kind is null then r.met else b.since is not null end as met, r.evidence_id, r.note,
      coalesce(b.since, r.valid_from)::text as since, r.checked_by, r.version
    from organisation.checklist rules
    join organisation.trade_union u on u.id = ${union.id}
    join organisation.checklist_item i on i.checklist_id = rules.id
    left join organisation.checklist_result r on r.item_id = i.id and r.union_id = u.id and i.companion_kind is null
      and r.valid_from <= ${on} and (r.valid_to is null or r.valid_to > ${on})
    left join lateral (select min(c.formed_on) as since from organisation.companion_body c
      where c.union_id = u.id and c.formed_on <= ${on} and (c.ended_on is null or c.ended_on > ${on})
        and (c.kind = i.companion_kind or i.companion_kind = 'women_committee' and c.kind = 'women_member')) b on true
    where rules.tenant_id in ${issuersOf(union.tenant_id)} and ${fitsUnion}
      and rules.valid_from <= ${on} and (rules.valid_to is null or rules.valid_to > ${on})
      and (rules.approved_from is null or coalesce(u.approved_on, ${on}) >= rules.approved_from)
    order by rules.code, rules.id, i.position`.execute(ctx.db)
  const lists: (Omit<LedgerList, 'met'> & { items: LedgerItem[] })[] = []
  for (const row of rows) {
    let list = lists.at(-1)
    if (list?.checklistId !== row.checklist_id) {
      list = {
        checklistId: row.checklist_id,
        code: row.code,
        nameZh: row.name_zh,
        nameEn: row.name_en,
        purpose: row.purpose,
        enforcement: row.enforcement,
        items: [],
      }
      lists.push(list)
    }
    list.items.push({
      itemId: row.item_id,
      position: row.position,
      textZh: row.text_zh,
      textEn: row.text_en,
      evidenceKind: row.evidence_kind,
      isDerived: row.companion_kind !== null,
      met: row.met,
      evidenceId: row.evidence_id,
      note: row.note ?? '',
      since: row.since,
      checkedBy: row.checked_by ?? '',
      version: row.version ?? 0,
    })
  }
  const counted = lists.map((list) => ({ ...list, met: list.items.filter((item) => item.met === true).length }))
  const met = counted.reduce((sum, list) => sum + list.met, 0)
  return { unionId: union.id, met, total: rows.length, completeness: shareOf(met, rows.length), lists: counted }
}

export const GetLedger = z.object({ unionId: z.int().positive(), on: z.iso.date().optional() })

export type Acceptance = {
  readonly blocking: readonly MissingItem[]
  readonly warnings: readonly MissingItem[]
}
export type MissingItem = {
  readonly code: string
  readonly position: number
  readonly textZh: string
  readonly textEn: string
}

export const CheckAcceptance = z.object({ unionId: z.int().positive() })

/**
 * What a union that is to be taken as founded still lacks (M050 六会同建, M051 八有三公开): what blocks it, and what is only warned of.
 */
export async function checkAcceptance(
  ctx: TenantContext,
  input: z.output<typeof CheckAcceptance>,
): Promise<Acceptance> {
  requirePermission(ctx, 'organisation:read')
  const { lists } = await getLedger(ctx, input)
  const missing = (enforcement: 'blocking' | 'warning') =>
    lists
      .filter((list) => list.enforcement === enforcement)
      .flatMap(({ code, items }) =>
        items
          .filter((item) => item.met !== true)
          .map(({ position, textZh, textEn }) => ({ code, position, textZh, textEn })),
      )
  return { blocking: missing('blocking'), warnings: missing('warning') }
}

/** @throws DomainError conflict organisation.unionLacks with the number of items that block */
export async function requireAcceptance(ctx: TenantContext, unionId: number): Promise<Acceptance> {
  const acceptance = await checkAcceptance(ctx, { unionId })
  if (acceptance.blocking.length > 0)
    throw new DomainError('conflict', 'organisation.unionLacks', {
      params: { count: acceptance.blocking.length, first: acceptance.blocking[0]?.textZh ?? '' },
    })
  return acceptance
}
