import { z } from 'zod'
import { messages as en } from '@gonglian/domains/texts/en'
import { messages as zh } from '@gonglian/domains/texts/zh-CN'
import { listForms, type FormHead } from '@gonglian/indicators'
import { searchRecords, type Domain } from '@gonglian/records'
import { listWork } from '@gonglian/records/declared'
import { findItems, listHeldShares, listPlans } from '@gonglian/targets'
import {
  findFederations,
  mayDo,
  spellTyped,
  requirePermission,
  spellName,
  type Permission,
  type TenantContext,
} from '@gonglian/tenancy'
import { router, tenantProcedure } from './procedures.ts'

const FindWork = z.object({
  text: z.string().trim().min(1).max(100),
  year: z.int().min(1949).max(2999),
  /** Of each kind. */
  limit: z.int().min(1).max(20).default(5),
})

export type Named = { readonly code: string; readonly nameZh: string; readonly nameEn: string }

/**
 * How well a name answers what somebody typed, 0 the best; null: not at all. By code, Chinese or English name, pinyin or its initials: "hyfz"
 * finds 会员发展.
 */
export function rankName({ code, nameZh, nameEn }: Named, typed: string): number | null {
  const text = spellTyped(typed)
  if (text === '') return null
  const english = nameEn.toLowerCase().replaceAll(/\s+/g, '')
  const { pinyin, initials } = spellName(nameZh)
  const tries = [
    code.toLowerCase() === text || nameZh === text || english === text,
    nameZh.startsWith(text) || initials === text,
    nameZh.includes(text) || initials.startsWith(text) || code.toLowerCase().startsWith(text),
    pinyin.split(' ').some((spelling) => spelling.startsWith(text)) ||
      english.includes(text) ||
      initials.includes(text),
  ]
  const place = tries.indexOf(true)
  return place === -1 ? null : place
}

function pickBest<Row>(rows: readonly Row[], nameOf: (row: Row) => Named, text: string, limit: number): Row[] {
  return rows
    .flatMap((row) => {
      const rank = rankName(nameOf(row), text)
      return rank === null ? [] : [{ row, rank }]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ row }) => row)
}

type FormHit = Pick<FormHead, 'code' | 'nameZh' | 'nameEn' | 'frequency'> & {
  /** The reader's body fills it in. */
  readonly isFilled: boolean
  /** Bodies below fill it in, and the reader reviews. */
  readonly isReviewed: boolean
}

const names: Readonly<Record<'zh' | 'en', Readonly<Record<string, string>>>> = { zh, en }

/** Every list of the domains, as the start pages name them. */
function listPages(domains: readonly Domain[], ctx: TenantContext): (Named & { readonly to: string })[] {
  return domains
    .flatMap(({ overview }) => listWork(overview?.work ?? [], ctx.actor.roles))
    .flatMap(({ pages }) =>
      pages.map(({ path, title }) => ({
        code: '',
        nameZh: names.zh[title] ?? '',
        nameEn: names.en[title] ?? '',
        to: path,
      })),
    )
}

/** Pages, forms, plans and target items by name, code or pinyin initials: what Ctrl-K finds besides bodies, as far as the roles reach. */
async function findWork(
  ctx: TenantContext,
  domains: readonly Domain[],
  { text, year, limit }: z.output<typeof FindWork>,
) {
  requirePermission(ctx, 'federation:read')
  const may = (permission: Permission) => mayDo(ctx.actor.roles, permission)
  const own = (await findFederations(ctx, [ctx.tenantId])).get(ctx.tenantId)
  const forms = may('form:read') ? await listForms(ctx) : []
  const plans = may('target:read') ? await listPlans(ctx, { year }) : []
  const items = may('target:read') ? await listHeld(ctx, year) : []
  const planNames = new Map(plans.map((plan) => [plan.id, plan.name]))
  return {
    pages: pickBest(listPages(domains, ctx), (page) => page, text, limit).map(({ nameZh, nameEn, to }) => ({
      nameZh,
      nameEn,
      to,
    })),
    forms: pickBest(forms, (form) => form, text, limit).map(
      ({ code, nameZh, nameEn, frequency, fillerLevels }): FormHit => ({
        code,
        nameZh,
        nameEn,
        frequency,
        isFilled: may('report:read') && own !== undefined && fillerLevels.includes(own.level),
        isReviewed: may('report:review') && own?.level !== 'township',
      }),
    ),
    plans: pickBest(plans, ({ name }) => ({ code: '', nameZh: name, nameEn: '' }), text, limit).map(
      ({ id, name, issuer }) => ({ id, name, issuer: issuer.name }),
    ),
    items: pickBest(items, ({ measure }) => measure, text, limit).map(({ id, planId, measure }) => ({
      id,
      nameZh: measure.nameZh,
      nameEn: measure.nameEn,
      plan: planNames.get(planId) ?? '',
    })),
  }
}

async function listHeld(ctx: TenantContext, year: number) {
  const held = await listHeldShares(ctx, { year, bodyId: ctx.tenantId })
  return findItems(ctx, [...new Set(held.map((share) => share.itemId))])
}

const FindRecords = z.object({
  text: z.string().trim().min(1).max(60),
  /** How many of each kind. */
  each: z.int().min(1).max(20).default(5),
})

/** What the search of the frame asks besides bodies. */
export function routeSearch(domains: readonly Domain[]) {
  const searches = domains.flatMap(({ searches = [] }) => searches)
  return router({
    findWork: tenantProcedure.input(FindWork).query(({ ctx, input }) => findWork(ctx.tenant, domains, input)),
    /** Records of the domains by name or pinyin initials: unions, employers, members of the own body. */
    findRecords: tenantProcedure
      .input(FindRecords)
      .query(({ ctx, input }) => searchRecords(searches, ctx.tenant, input.text, input.each)),
  })
}
