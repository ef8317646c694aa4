import type { RouterOutputs } from '@gonglian/api'
import { convertPeriod, findPeriodAt, formatPeriod, shiftPeriod, writePeriod, type SearchHit } from '@gonglian/ui'
import { translateUnknown, type Locale } from '@gonglian/ui/messages'
import { entryPath, queuePath } from '../reports/addresses.ts'
import { nameForm } from '../reports/names.ts'

type Work = RouterOutputs['search']['findWork']
type Records = RouterOutputs['search']['findRecords']
type Bodies = RouterOutputs['bodies']['searchFederations']

/** What was found as lines of the list, work before records and bodies: there are few forms and many bodies. */
export function listHits(work: Work, records: Records, bodies: Bodies, locale: Locale, now: Date): SearchHit[] {
  return [
    ...work.pages.map((page) => ({
      kind: 'page' as const,
      id: page.to,
      title: nameForm(page, locale),
      detail: '',
      to: page.to,
    })),
    ...work.items.map((item) => ({
      kind: 'target' as const,
      id: String(item.id),
      title: nameForm(item, locale),
      detail: item.plan,
      to: `/progress?item=${item.id}`,
    })),
    ...work.plans.map((plan) => ({
      kind: 'plan' as const,
      id: String(plan.id),
      title: plan.name,
      detail: plan.issuer,
      to: `/targets/${plan.id}`,
    })),
    ...work.forms.flatMap((form) => listFormHits(form, locale, now)),
    ...records.map(({ kind, ...record }) => ({
      ...record,
      kind: 'record' as const,
      id: `${kind} ${record.id}`,
      kindText: translateUnknown(locale, `search.${kind}`),
    })),
    ...bodies.map((body) => ({
      kind: 'body' as const,
      id: body.code,
      title: body.name,
      detail: body.path,
      to: `/bodies/${encodeURIComponent(body.code)}`,
    })),
  ]
}

/** A form leads to this period's own report, to the review of the last one that is over, and to what it asks. */
function listFormHits(form: Work['forms'][number], locale: Locale, now: Date): SearchHit[] {
  const title = nameForm(form, locale)
  const running = findPeriodAt(now, form.frequency)
  const current = writePeriod(running)
  const last = writePeriod(shiftPeriod(convertPeriod(running, form.frequency), -1))
  return [
    ...(form.isFilled
      ? [
          {
            kind: 'report' as const,
            id: form.code,
            title,
            detail: formatPeriod(current, locale),
            to: entryPath(form.code, current),
          },
        ]
      : []),
    ...(form.isReviewed
      ? [
          {
            kind: 'review' as const,
            id: form.code,
            title,
            detail: formatPeriod(last, locale),
            to: queuePath(form.code, last),
          },
        ]
      : []),
    { kind: 'form', id: form.code, title, detail: '', to: `/system/forms/${form.code}` },
  ]
}
