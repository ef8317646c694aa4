import { defineDomain } from '@gonglian/records'
import { defineTask, type Note } from '@gonglian/tasks'
import { found, shanghaiDay, type TenantContext } from '@gonglian/tenancy'
import { nameForms, type FormName } from './form-names.ts'
import { listMyReports, type MyReport } from './obligations.ts'
import { countReviewQueue, listSentBack, type QueueCount } from './waiting.ts'

/** Days before the deadline from which a report that nobody has begun waits. */
const soonDays = 15

const titleOf = ({ nameZh, nameEn }: Pick<FormName, 'nameZh' | 'nameEn'>) => ({ zh: nameZh, en: nameEn || nameZh })
/** The period stands in the path for the page and behind it for the picker of the frame. */
const pathOf = (area: string, form: Pick<FormName, 'code'>, period: string) =>
  `/${area}/${encodeURIComponent(form.code)}/${period}?period=${period}`

async function nameEach<T extends { formId: number }>(ctx: TenantContext, lines: readonly T[]) {
  const forms = await nameForms(
    ctx,
    lines.map((line) => line.formId),
  )
  return lines.map((line) => ({ ...line, form: found(forms.get(line.formId), 'errors.formNotFound') }))
}

/** Given back by the superior, of whatever period. */
const returned = defineTask({
  key: 'reporting.returned',
  step: 'fill',
  permission: 'report:fill',
  all: '/reports',
  list: async (ctx, { limit }) => {
    const reports = await listSentBack(ctx)
    const named = await nameEach(ctx, reports.slice(0, limit))
    return {
      total: reports.length,
      rows: named.map(({ reportId, form, period, state, reason, faults, since }) => ({
        id: String(reportId),
        title: titleOf(form),
        period,
        notes: [
          state === 'correcting'
            ? { key: 'desk.correcting', params: { reason } }
            : faults > 1
              ? { key: 'desk.returned.more', params: { count: faults, reason } }
              : { key: 'desk.returned', params: { reason } },
        ],
        since: since === null ? null : shanghaiDay(since),
        due: null,
        to: pathOf('reports', form, period),
      })),
    }
  },
})

/** Not yet handed in and due soon, overdue or begun. */
const due = defineTask({
  key: 'reporting.due',
  step: 'fill',
  permission: 'report:fill',
  all: '/reports',
  list: async (ctx, { limit }) => {
    const mine = (await listMyReports(ctx, {})).filter(({ state }) => state === 'not_started' || state === 'draft')
    const isNear = (report: MyReport) =>
      report.state === 'draft' || report.daysLeft === null || report.daysLeft <= soonDays
    const near = mine
      .filter(isNear)
      .toSorted((a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || a.period.localeCompare(b.period))
    return {
      total: near.length,
      later: mine.length - near.length,
      rows: near.slice(0, limit).map(({ form, period, state, dueOn, filled, fillable }) => ({
        id: `${form.id} ${period}`,
        title: titleOf(form),
        period,
        notes: state === 'draft' ? [{ key: 'desk.filled', params: { filled, fillable } }] : [],
        since: null,
        due: dueOn,
        to: pathOf('reports', form, period),
      })),
    }
  },
})

function countQueue({ submitted, corrections, changed }: QueueCount): Note[] {
  return [
    submitted > 0 ? [{ key: 'desk.reviews.submitted', params: { count: submitted } }] : [],
    corrections > 0 ? [{ key: 'desk.reviews.corrections', params: { count: corrections } }] : [],
    changed > 0 ? [{ key: 'desk.reviews.changed', params: { count: changed } }] : [],
  ].flat()
}

/** Handed in from directly below and not decided about, by form and period. */
const reviews = defineTask({
  key: 'reporting.reviews',
  step: 'review',
  permission: 'report:review',
  all: '/reports',
  list: async (ctx, { limit }) => {
    const queues = await countReviewQueue(ctx)
    const named = await nameEach(ctx, queues.slice(0, limit))
    return {
      total: queues.length,
      rows: named.map((queue) => ({
        id: `${queue.form.id} ${queue.period}`,
        title: titleOf(queue.form),
        period: queue.period,
        notes: countQueue(queue),
        since: queue.oldest === null ? null : shanghaiDay(queue.oldest),
        due: null,
        to: pathOf('reports/review', queue.form, queue.period),
      })),
    }
  },
})

/** What reports declare: those to fill in, to correct, to review. */
export const reporting = defineDomain({ name: 'reporting', nouns: {}, tasks: [returned, due, reviews] })
