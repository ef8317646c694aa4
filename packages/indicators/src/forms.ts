import { sql } from 'kysely'
import { z } from 'zod'
import { createMemory, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { Due } from './deadlines.ts'
import type { Rule as RuleData } from './figures/rules.ts'
import { countItems, readItems, type FormItem } from './form-items.ts'
import { listIssuers } from './issuers.ts'
import type { PeriodKind } from './periods.ts'
import { Rule } from './rules.ts'

export type FormHead = {
  readonly id: number
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly frequency: PeriodKind
  readonly version: number
  readonly issuerId: number
  readonly fillerLevels: readonly string[]
  readonly due: Due | null
  readonly opensOn: string
  readonly closesOn: string | null
  readonly itemCount: number
}

/** A form (报表): an ordered list of items. A position keeps its meaning for ever; versions only append. */
export type Form = Omit<FormHead, 'itemCount'> & {
  readonly rules: readonly RuleData[]
  readonly items: readonly FormItem[]
}

export type FormRow = {
  id: number
  tenant_id: number
  code: string
  name_zh: string
  name_en: string
  frequency: PeriodKind
  version: number
  filler_levels: string[]
  due: unknown
  rules: unknown
  opens_on: string
  closes_on: string | null
}

function toHead(row: FormRow): Omit<FormHead, 'itemCount'> {
  return {
    id: row.id,
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    frequency: row.frequency,
    version: row.version,
    issuerId: row.tenant_id,
    fillerLevels: row.filler_levels,
    due: Due.nullable().parse(row.due),
    opensOn: row.opens_on,
    closesOn: row.closes_on,
  }
}

/** The rows of forms with their items, in the order given. */
export async function toForms(ctx: TenantContext, rows: readonly FormRow[]): Promise<Form[]> {
  if (rows.length === 0) return []
  const items = await readItems(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    ...toHead(row),
    rules: z.array(Rule).parse(row.rules),
    items: items.get(row.id) ?? [],
  }))
}

/** A form's row with its items. */
export async function toForm(ctx: TenantContext, row: FormRow): Promise<Form> {
  const [form] = await toForms(ctx, [row])
  return found(form, 'errors.formNotFound')
}

/**
 * The form with this code that applies to the body: its own, else its nearest superior's, else a form of the past of a body
 * below it (their codes name the body).
 *
 * @throws DomainError not_found errors.formNotFound
 */
export async function getForm(ctx: TenantContext, code: string): Promise<Form> {
  requirePermission(ctx, 'form:read')
  const issuers = (await listIssuers(ctx)).map((body) => body.id)
  const rows = await ctx.db.selectFrom('indicators.form').selectAll().where('code', '=', code).execute()
  const above = rows.filter((row) => issuers.includes(row.tenant_id))
  const [nearest] = above.toSorted((a, b) => issuers.indexOf(a.tenant_id) - issuers.indexOf(b.tenant_id))
  const past = rows.filter((row) => row.filler_levels.length === 0)
  return toForm(ctx, found(nearest ?? (past.length === 1 ? past[0] : undefined), 'errors.formNotFound'))
}

/** Any form within sight, those of subordinates included. @throws DomainError not_found errors.formNotFound */
export async function getFormById(ctx: TenantContext, id: number): Promise<Form> {
  requirePermission(ctx, 'form:read')
  const row = await ctx.db.selectFrom('indicators.form').selectAll().where('id', '=', id).executeTakeFirst()
  return toForm(ctx, found(row, 'errors.formNotFound'))
}

/** Those of the given forms that are within sight, by id: two statements however many. */
export async function findFormsById(ctx: TenantContext, ids: readonly number[]): Promise<Map<number, Form>> {
  requirePermission(ctx, 'form:read')
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('indicators.form')
    .selectAll()
    .where('id', '=', sql<number>`any (${[...new Set(ids)]}::int[])`)
    .execute()
  return new Map((await toForms(ctx, rows)).map((form) => [form.id, form]))
}

const rememberForms = createMemory<readonly FormHead[]>()

/**
 * The forms that apply to the body, its own and its superiors', running ones only unless asked otherwise. Forms of the past
 * (no level fills them in) are listed only when `past` asks for them.
 */
export async function listForms(
  ctx: TenantContext,
  options: { past?: boolean; on?: string } = {},
): Promise<readonly FormHead[]> {
  requirePermission(ctx, 'form:read')
  const asked = { past: options.past ?? false, on: options.on ?? ctx.today }
  return rememberForms(ctx, `${asked.past} ${asked.on}`, () => readForms(ctx, asked))
}

async function readForms(ctx: TenantContext, { past, on }: { past: boolean; on: string }): Promise<FormHead[]> {
  const issuers = (await listIssuers(ctx)).map((body) => body.id)
  const rows = await ctx.db
    .selectFrom('indicators.form')
    .selectAll()
    .where('tenant_id', '=', sql<number>`any (${issuers})`)
    .where(sql<boolean>`(cardinality(filler_levels) = 0) = ${past}`)
    .where('opens_on', '<=', on)
    .where((eb) => eb.or([eb('closes_on', 'is', null), eb('closes_on', '>', on)]))
    .execute()
  const counts = await countItems(
    ctx,
    rows.map((row) => row.id),
  )
  return rows
    .toSorted((a, b) => issuers.indexOf(b.tenant_id) - issuers.indexOf(a.tenant_id) || a.id - b.id)
    .map((row) => ({ ...toHead(row), itemCount: counts.get(row.id) ?? 0 }))
}
