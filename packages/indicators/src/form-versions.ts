import { sql } from 'kysely'
import type { z } from 'zod'
import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { referTo } from './figures/items.ts'
import type { Rule } from './figures/rules.ts'
import { FormInput, type AppendItems, type FormItemInput } from './form-inputs.ts'
import { writeItems, type FormItem } from './form-items.ts'
import { getFormById, toForm, type Form } from './forms.ts'
import { findIndicators } from './indicators.ts'
import { listIssuers } from './issuers.ts'
import { findRuleFaults } from './rules.ts'

type NewItem = z.output<typeof FormItemInput>

/** Finds each item's indicator; refuses unknown and retired ones and an item asked for twice. */
async function resolveItems(
  ctx: TenantContext,
  items: readonly NewItem[],
  present: readonly FormItem[] = [],
): Promise<(NewItem & { indicatorId: number })[]> {
  const known = await findIndicators(
    ctx,
    items.map((item) => item.code),
  )
  const taken = new Set(present.map(referTo))
  const fields: { path: string; key: string; params: Record<string, string> }[] = []
  const resolved = items.flatMap((item, index) => {
    const indicator = known.get(item.code)
    const isRetired = indicator !== undefined && indicator.retiredOn !== null && indicator.retiredOn <= ctx.today
    const fault =
      indicator === undefined
        ? 'errors.indicatorNotFound'
        : isRetired
          ? 'errors.indicatorRetired'
          : taken.has(referTo(item))
            ? 'errors.formItemTwice'
            : null
    taken.add(referTo(item))
    if (fault !== null) fields.push({ path: `items.${index}.code`, key: fault, params: { code: item.code } })
    return indicator === undefined ? [] : [{ ...item, indicatorId: indicator.id }]
  })
  const [first] = fields
  if (first) throw new DomainError('invalid', first.key, { params: first.params, fields })
  return resolved
}

function refuseBadRules(rules: readonly Rule[], items: readonly { code: string; breakdownZh: string }[]): void {
  const faults = findRuleFaults(rules, new Set(items.map(referTo)))
  const [first] = faults
  if (!first) return
  const fields = faults.map((fault) => ({ path: `rules.${fault.index}`, key: fault.key, params: { ...fault.params } }))
  throw new DomainError('invalid', first.key, { params: { ...first.params }, fields })
}

/**
 * Issues a form for the body and everyone below it.
 *
 * @throws DomainError conflict errors.formExists; invalid naming the item or rule
 */
export async function defineForm(ctx: TenantContext, input: z.output<typeof FormInput>): Promise<Form> {
  requirePermission(ctx, 'form:define')
  const items = await resolveItems(ctx, input.items)
  refuseBadRules(input.rules, input.items)
  const above = (await listIssuers(ctx)).map((body) => body.id)
  const taken = ctx.db.selectFrom('indicators.form').select('id').where('code', '=', input.code)
  const params = { code: input.code }
  const refuse = () =>
    new DomainError('conflict', 'errors.formExists', {
      params,
      fields: [{ path: 'code', key: 'errors.formExists', params }],
    })
  if (await taken.where('tenant_id', '=', sql<number>`any (${above})`).executeTakeFirst()) throw refuse()
  const row = await ctx.db
    .insertInto('indicators.form')
    .values({
      tenant_id: ctx.tenantId,
      code: input.code,
      name_zh: input.nameZh,
      name_en: input.nameEn,
      frequency: input.frequency,
      filler_levels: input.fillerLevels,
      due: input.due === null ? null : JSON.stringify(input.due),
      rules: JSON.stringify(input.rules),
      opens_on: input.opensOn,
      closes_on: input.closesOn,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw refuse()
  await writeItems(ctx, row.id, items, { after: 0, version: 1 })
  await recordAudit(ctx, {
    action: 'form.define',
    objectKind: 'form',
    objectId: input.code,
    after: { nameZh: input.nameZh, items: items.length },
  })
  return toForm(ctx, row)
}

/**
 * A new version of the body's own form with more items behind the present ones; reports of earlier periods keep their
 * vectors, the new positions are simply missing there.
 *
 * @throws DomainError conflict errors.conflict when the form has changed meanwhile; not_found for another body's form
 */
export async function appendItems(ctx: TenantContext, input: z.output<typeof AppendItems>): Promise<Form> {
  requirePermission(ctx, 'form:define')
  const row = await ctx.db
    .selectFrom('indicators.form')
    .selectAll()
    .where('id', '=', input.formId)
    .where('tenant_id', '=', ctx.tenantId)
    .forUpdate()
    .executeTakeFirst()
  const form = await toForm(ctx, found(row, 'errors.formNotFound'))
  if (form.version !== input.version)
    throw new DomainError('conflict', 'errors.conflict', { params: { version: form.version } })
  if (form.items.length + input.items.length > 4000)
    throw new DomainError('invalid', 'errors.formTooManyItems', {
      fields: [{ path: 'items', key: 'errors.formTooManyItems' }],
    })
  const items = await resolveItems(ctx, input.items, form.items)
  refuseBadRules(input.rules ?? form.rules, [...form.items, ...input.items])
  await ctx.db
    .updateTable('indicators.form')
    .set({ version: form.version + 1, ...(input.rules === undefined ? {} : { rules: JSON.stringify(input.rules) }) })
    .where('id', '=', form.id)
    .execute()
  await writeItems(ctx, form.id, items, { after: form.items.length, version: form.version + 1 })
  await recordAudit(ctx, {
    action: 'form.append',
    objectKind: 'form',
    objectId: form.code,
    before: { version: form.version },
    after: { version: form.version + 1, items: items.length },
  })
  return getFormById(ctx, form.id)
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/**
 * Brings a form of the acting body to the given state: makes it, or appends what is new and refreshes names, rules and
 * deadline. For loaders, so only system actors.
 *
 * @throws DomainError invalid errors.formItemMoved when the given items do not begin with the present ones
 */
export async function loadForm(ctx: TenantContext, given: z.input<typeof FormInput>): Promise<Form> {
  requirePermission(ctx, 'form:define')
  if (ctx.actor.kind !== 'system')
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission: 'form:define' } })
  const input = FormInput.parse(given)
  const row = await ctx.db
    .selectFrom('indicators.form')
    .selectAll()
    .where('code', '=', input.code)
    .where('tenant_id', '=', ctx.tenantId)
    .executeTakeFirst()
  if (row === undefined) return defineForm(ctx, input)
  const present = await toForm(ctx, row)
  const moved = present.items.findIndex(
    (item, index) => referTo(item) !== referTo(input.items[index] ?? { code: '', breakdownZh: '' }),
  )
  if (moved >= 0) throw new DomainError('invalid', 'errors.formItemMoved', { params: { position: moved + 1 } })
  refuseBadRules(input.rules, input.items)
  const head = {
    name_zh: input.nameZh,
    name_en: input.nameEn,
    filler_levels: input.fillerLevels,
    closes_on: input.closesOn,
  }
  const was = { name_zh: row.name_zh, name_en: row.name_en, filler_levels: row.filler_levels, closes_on: row.closes_on }
  if (!isSame(head, was) || !isSame(present.rules, input.rules) || !isSame(present.due, input.due)) {
    const due = input.due === null ? null : JSON.stringify(input.due)
    await ctx.db
      .updateTable('indicators.form')
      .set({ ...head, due, rules: JSON.stringify(input.rules) })
      .where('id', '=', row.id)
      .execute()
  }
  const added = input.items.slice(present.items.length)
  if (added.length > 0)
    return appendItems(ctx, { formId: row.id, version: present.version, items: added, rules: input.rules })
  return getFormById(ctx, row.id)
}
