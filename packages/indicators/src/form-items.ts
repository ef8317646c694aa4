import { sql } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'
import type { CheckedItem } from './figures/items.ts'
import { Formula } from './rules.ts'

/** One item of a form: an indicator, perhaps a part of it (其中). */
export type FormItem = CheckedItem & {
  readonly indicatorId: number
  readonly polarity: number
  readonly definitionZh: string
  readonly definitionEn: string
  readonly sectionZh: string
  readonly sectionEn: string
  /** The version of the form that brought the item. */
  readonly sinceVersion: number
}

/**
 * The items of each form in the order of its vector, by form. Reads form_item by its primary key and each indicator by its id, whatever
 * the number of forms in one statement.
 */
export async function readItems(ctx: TenantContext, formIds: readonly number[]): Promise<Map<number, FormItem[]>> {
  const rows = await ctx.db
    .selectFrom('indicators.form_item as item')
    .innerJoin('indicators.indicator as i', 'i.id', 'item.indicator_id')
    .select([
      'item.form_id',
      'item.position',
      'item.indicator_id',
      'item.section_zh',
      'item.section_en',
      'item.breakdown_zh',
      'item.breakdown_en',
      'item.since_version',
    ])
    .select([
      'i.code',
      'i.name_zh',
      'i.name_en',
      'i.unit',
      'i.scale',
      'i.nature',
      'i.additivity',
      'i.formula',
      'i.polarity',
      'i.definition_zh',
      'i.definition_en',
    ])
    .where('item.form_id', '=', sql<number>`any (${[...formIds]}::int[])`)
    .orderBy('item.position')
    .execute()
  const items = new Map<number, FormItem[]>(formIds.map((id) => [id, []]))
  for (const row of rows) items.get(row.form_id)?.push(toItem(row))
  return items
}

type ItemRow = {
  position: number
  indicator_id: number
  section_zh: string
  section_en: string
  breakdown_zh: string
  breakdown_en: string
  since_version: number
  code: string
  name_zh: string
  name_en: string
  unit: string
  scale: number
  nature: FormItem['nature']
  additivity: FormItem['additivity']
  formula: unknown
  polarity: number
  definition_zh: string
  definition_en: string
}

function toItem(row: ItemRow): FormItem {
  return {
    position: row.position,
    indicatorId: row.indicator_id,
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    unit: row.unit,
    scale: row.scale,
    nature: row.nature,
    additivity: row.additivity,
    formula: Formula.nullable().parse(row.formula),
    polarity: row.polarity,
    definitionZh: row.definition_zh,
    definitionEn: row.definition_en,
    sectionZh: row.section_zh,
    sectionEn: row.section_en,
    breakdownZh: row.breakdown_zh,
    breakdownEn: row.breakdown_en,
    sinceVersion: row.since_version,
  }
}

/** How many items each form has. */
export async function countItems(ctx: TenantContext, formIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await ctx.db
    .selectFrom('indicators.form_item')
    .select(['form_id', (eb) => eb.fn.countAll<number>().as('count')])
    .where('form_id', '=', sql<number>`any (${[...formIds]})`)
    .groupBy('form_id')
    .execute()
  return new Map(rows.map((row) => [row.form_id, row.count]))
}

type NewItem = { indicatorId: number; sectionZh: string; sectionEn: string; breakdownZh: string; breakdownEn: string }

/** Appends items behind position `after`, 2,000 in one statement. */
export async function writeItems(
  ctx: TenantContext,
  formId: number,
  items: readonly NewItem[],
  options: { after: number; version: number },
): Promise<void> {
  await sql`
    insert into indicators.form_item (form_id, position, tenant_id, indicator_id, section_zh, section_en, breakdown_zh, breakdown_en, since_version)
    select ${formId}, ${options.after}::int + b.ordinality, ${ctx.tenantId}, b."indicatorId", b."sectionZh", b."sectionEn", b."breakdownZh", b."breakdownEn", ${options.version}
    from rows from (jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as ("indicatorId" int, "sectionZh" text, "sectionEn" text, "breakdownZh" text, "breakdownEn" text)) with ordinality as b`.execute(
    ctx.db,
  )
}
