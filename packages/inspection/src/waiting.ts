import {
  countReviewQueue,
  listMyReports,
  listSentBack,
  type MyReport,
  type QueueCount,
  type SentBackReport,
} from '@gonglian/reporting'
import { listDuties, type Duty } from '@gonglian/targets'
import { found, mayDo, requirePermission, type Permission, type TenantContext } from '@gonglian/tenancy'
import { nameForms, type FormName } from './form-names.ts'
import { listReceivedUrges, type Urge } from './urges.ts'

type Named = { form: FormName }

export type Waiting = {
  duties: Duty[]
  /** Given back by the superior, of whatever period. */
  sentBack: (Omit<SentBackReport, 'formId'> & Named)[]
  /** Not yet handed in and due soon, overdue or begun; the most urgent first. */
  reports: Pick<MyReport, 'form' | 'period' | 'state' | 'dueOn' | 'daysLeft' | 'filled' | 'fillable'>[]
  /** Further reports that are not due for a while. */
  laterReports: number
  reviews: (Omit<QueueCount, 'formId'> & Named)[]
  /** Not seen yet. */
  urges: (Pick<Urge, 'id' | 'period' | 'cause' | 'message' | 'at'> & Named & { from: string })[]
}

/** Days before the deadline from which a report that nobody has begun counts as waiting. */
const soon = 15

const dutyPermission = {
  accept: 'target:accept',
  sign: 'target:sign',
  settle: 'target:settle',
  issue: 'target:issue',
  split: 'target:draft',
} as const satisfies Record<Duty['kind'], Permission>

/** How many things wait: what the desk's badge shows. */
export async function countWaiting(ctx: TenantContext): Promise<number> {
  requirePermission(ctx, 'progress:read')
  const { urges, sentBack, reports, reviews, duties } = await listWaiting(ctx)
  return urges.length + sentBack.length + reports.length + reviews.length + duties.length
}

/** What waits for this person: only what their roles let them do. */
export async function listWaiting(ctx: TenantContext): Promise<Waiting> {
  const may = (permission: Permission) => mayDo(ctx.actor.roles, permission)
  const duties = (await listDuties(ctx)).filter((duty) => may(dutyPermission[duty.kind]))
  const sentBack = may('report:fill') ? await listSentBack(ctx) : []
  const mine = may('report:fill')
    ? (await listMyReports(ctx, {})).filter(({ state }) => state === 'not_started' || state === 'draft')
    : []
  const isNear = (report: MyReport) => report.state === 'draft' || report.daysLeft === null || report.daysLeft <= soon
  const reviews = may('report:review') ? await countReviewQueue(ctx) : []
  const urges = (await listReceivedUrges(ctx)).filter((urge) => urge.seenAt === null)
  const forms = await nameForms(
    ctx,
    [...sentBack, ...reviews, ...urges].map((line) => line.formId),
  )
  const name = <T extends { formId: number }>({ formId, ...line }: T) => ({
    ...line,
    form: found(forms.get(formId), 'errors.formNotFound'),
  })
  return {
    duties,
    sentBack: sentBack.map(name),
    reports: mine
      .filter(isNear)
      .toSorted((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || a.period.localeCompare(b.period))
      .map(({ form, period, state, dueOn, daysLeft, filled, fillable }) => ({
        form,
        period,
        state,
        dueOn,
        daysLeft,
        filled,
        fillable,
      })),
    laterReports: mine.filter((report) => !isNear(report)).length,
    reviews: reviews.map(name),
    urges: urges.map(({ id, period, cause, message, at, from, formId }) =>
      name({ id, period, cause, message, at, from: from?.name ?? '', formId }),
    ),
  }
}
