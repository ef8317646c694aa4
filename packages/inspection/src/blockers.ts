import { currentPeriod, listForms, parsePeriod, previousPeriod } from '@gonglian/indicators'
import {
  listMissingChildren,
  listSlowReviewers,
  type FormName,
  type MissingReport,
  type SlowReviewer,
} from '@gonglian/reporting'
import { listChildren, requirePermission, shanghaiDay, type TenantContext } from '@gonglian/tenancy'
import { findLastUrges } from './urges.ts'

export type Blocker = Pick<MissingReport, 'bodyId' | 'code' | 'name' | 'state' | 'daysLate'> & {
  urgedAt: Date | null
  /** It hears an urge once a day. */
  isUrgedToday: boolean
}

/** It has reports of its own children on its table. */
export type ReviewBlocker = SlowReviewer & { urgedAt: Date | null; isUrgedToday: boolean }

export type Blockers = {
  form: FormName
  period: string
  dueOn: string | null
  /** Directly below, who fill in the form. */
  expected: number
  /** The latest first. */
  bodies: Blocker[]
  /** Who hold up what others have handed in; the longest first. */
  reviewers: ReviewBlocker[]
}

/** A report may lie this long before its reviewer counts as holding it up. */
const reviewMs = 2 * 86_400_000

/** 谁没报: of each form's last ended period, who directly below has not reported or not reviewed what was handed in to it, since when, and
 * when it was last urged from here. */
export async function listBlockers(ctx: TenantContext): Promise<Blockers[]> {
  requirePermission(ctx, 'urge:read')
  const levels = new Set<string>((await listChildren(ctx, ctx.tenantId)).map((child) => child.level))
  if (levels.size === 0) return []
  const places = (await listForms(ctx)).flatMap((form) => {
    const period = previousPeriod(currentPeriod(form.frequency, ctx.today))
    const { end } = parsePeriod(period)
    const isInForce = end >= form.opensOn && (form.closesOn === null || end < form.closesOn)
    return isInForce && form.fillerLevels.some((level) => levels.has(level)) ? [{ form, formId: form.id, period }] : []
  })
  const owing = await listMissingChildren(ctx, places)
  const reviewers = await listSlowReviewers(ctx, { places, before: new Date(ctx.now.getTime() - reviewMs) })
  const waited: Blockers[] = []
  for (const [index, { form, period }] of places.entries()) {
    const { missing, expected } = owing[index] ?? { missing: [], expected: 0 }
    const slow = reviewers
      .filter((one) => one.formId === form.id && one.period === period)
      .map(({ formId: _, period: __, ...reviewer }) => reviewer)
    if (missing.length === 0 && slow.length === 0) continue
    const urges = await findLastUrges(ctx, {
      formId: form.id,
      period,
      bodies: [...missing, ...slow].map((one) => one.bodyId),
    })
    const urged = (bodyId: number) => {
      const urgedAt = urges.get(bodyId) ?? null
      return { urgedAt, isUrgedToday: urgedAt !== null && shanghaiDay(urgedAt) === ctx.today }
    }
    waited.push({
      form: { id: form.id, code: form.code, nameZh: form.nameZh, nameEn: form.nameEn },
      period,
      dueOn: missing[0]?.dueOn ?? null,
      expected,
      bodies: missing
        .map(({ bodyId, code, name, state, daysLate }) => ({ bodyId, code, name, state, daysLate, ...urged(bodyId) }))
        .toSorted((a, b) => b.daysLate - a.daysLate),
      reviewers: slow.map((reviewer) => ({ ...reviewer, ...urged(reviewer.bodyId) })),
    })
  }
  return waited.toSorted((a, b) => (b.bodies[0]?.daysLate ?? 0) - (a.bodies[0]?.daysLate ?? 0))
}
