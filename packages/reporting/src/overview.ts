import { sql } from 'kysely'
import {
  Period,
  currentPeriod,
  getFormById,
  listForms,
  parsePeriod,
  previousPeriod,
  type FormHead,
} from '@gonglian/indicators'
import { changedReports, isChanged } from '@gonglian/rollup'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { childrenEver, isReviewed, reviewed, reviewedBodies } from './children.ts'
import { isOpen, matchPeriods } from './obligations.ts'
import { findDueDays } from './reports.ts'

export const ListReviewWork = z.object({ period: Period.optional() })

/** What a superior has to do with one form of one period: how many of the bodies directly below stand where. */
export type ReviewWork = {
  readonly form: Pick<FormHead, 'id' | 'code' | 'nameZh' | 'nameEn' | 'frequency'>
  readonly period: string
  readonly dueOn: string | null
  /** Today is after the deadline. */
  readonly isOverdue: boolean
  /** Bodies directly below that fill in the form. */
  readonly expected: number
  /** Submitted, to be decided about. */
  readonly waiting: number
  /** The longest waiting one. */
  readonly waitingSince: Date | null
  /** Waiting with warnings that nobody explained. */
  readonly withWarnings: number
  /** Accepted, and asked to be opened again. */
  readonly corrections: number
  /** Accepted, and changed below since: to be accepted again. */
  readonly changed: number
  readonly accepted: number
  readonly correcting: number
  readonly returned: number
  /** Not begun, being typed or sent back: what is missing. */
  readonly missing: number
}

type Wanted = { readonly form: FormHead; readonly period: string }
type Row = Omit<ReviewWork, 'form' | 'dueOn' | 'isOverdue'> & { readonly formId: number }

/**
 * The work of a reviewer: for the given period (default: today's) and the one before every form that goes with it, and besides whatever
 * waits from other periods. Newest period first.
 *
 * The reports of the bodies directly below by the unique key (form, period, body), once for all; then a hash join with who owes one.
 */
export async function listReviewWork(
  ctx: TenantContext,
  input: z.output<typeof ListReviewWork>,
): Promise<ReviewWork[]> {
  requirePermission(ctx, 'report:read')
  const wanted = await listWanted(ctx, input.period)
  if (wanted.length === 0) return []
  const spans = wanted.map(({ period }) => parsePeriod(period).end)
  const forms = sql<number[]>`${wanted.map(({ form }) => form.id)}::int[]`
  const periods = sql<string[]>`${wanted.map(({ period }) => period)}::text[]`
  const { rows } = await sql<Row>`
    with ${changedReports(childrenEver(ctx), sql<boolean>`a.form_id = any (${forms}) and a.period = any (${periods})`)},
    given as materialized (
      select r.form_id, r.period, r.tenant_id, r.state, r.submitted_at, r.open_warnings, r.correction_reason,
        ${isChanged('r')} as changed from reporting.report r
      where r.form_id = any (${forms}) and r.period = any (${periods})
        and r.tenant_id = any (${childrenEver(ctx)})
    )
    select w.form_id as "formId", w.period, count(*)::int as expected,
      (count(*) filter (where r.state = 'submitted'))::int as waiting,
      min(r.submitted_at) filter (where r.state = 'submitted') as "waitingSince",
      (count(*) filter (where r.state = 'submitted' and r.open_warnings > 0))::int as "withWarnings",
      (count(*) filter (where r.state = 'accepted' and r.correction_reason is not null))::int as corrections,
      (count(*) filter (where r.changed))::int as changed,
      (count(*) filter (where r.state = 'accepted'))::int as accepted,
      (count(*) filter (where r.state = 'correcting'))::int as correcting,
      (count(*) filter (where r.state = 'returned'))::int as returned,
      (count(*) filter (where r.state is null or r.state in ('draft', 'returned')))::int as missing
    from unnest(
      ${forms}, ${periods}, ${spans}::date[],
      ${wanted.map(({ form }) => form.fillerLevels.join(','))}::text[]) as w (form_id, period, ends, levels)
    join tenancy.link l on l.parent_id = ${ctx.tenantId} and l.hierarchy = 'regional'
      and l.valid_from <= w.ends and (l.valid_to is null or l.valid_to > w.ends)
    join tenancy.federation f on f.id = l.federation_id and f.level = any (string_to_array(w.levels, ','))
    left join given r on r.form_id = w.form_id and r.period = w.period and r.tenant_id = f.id
    group by w.form_id, w.period`.execute(ctx.db)
  const found = new Map(rows.map((row) => [`${row.formId} ${row.period}`, row]))
  const findDue = await findDueDays(ctx)
  const work: ReviewWork[] = []
  for (const { form, period } of wanted) {
    const row = found.get(`${form.id} ${period}`)
    if (!row) continue
    const { formId: _, ...counts } = row
    const dueOn = findDue(form, parsePeriod(period))
    const { id, code, nameZh, nameEn, frequency } = form
    work.push({
      ...counts,
      form: { id, code, nameZh, nameEn, frequency },
      dueOn,
      isOverdue: dueOn !== null && ctx.today > dueOn,
    })
  }
  return work.toSorted((a, b) => b.period.localeCompare(a.period) || a.form.id - b.form.id)
}

async function listWanted(ctx: TenantContext, asked: string | undefined): Promise<Wanted[]> {
  const heads = await listForms(ctx)
  const wanted = new Map<string, Wanted>()
  const add = (form: FormHead, period: string) => wanted.set(`${form.id} ${period}`, { form, period })
  for (const form of heads) {
    const periods =
      asked === undefined ? [currentPeriod(form.frequency, ctx.today)] : matchPeriods(asked, form.frequency)
    const [first] = periods
    const before = first === undefined ? [] : [previousPeriod(first)]
    for (const period of [...before, ...periods]) if (isOpen(ctx, form, period)) add(form, period)
  }
  for (const { form_id: id, period } of await listWaiting(ctx)) {
    const form = heads.find((head) => head.id === id) ?? { ...(await getFormById(ctx, id)), itemCount: 0 }
    add(form, period)
  }
  return [...wanted.values()]
}

async function listWaiting(ctx: TenantContext): Promise<{ form_id: number; period: string }[]> {
  const { rows } = await sql<{ form_id: number; period: string }>`
    with recursive ${reviewed(ctx)}, ${changedReports(reviewedBodies)}
    select distinct r.form_id, r.period from reporting.report r join reviewed v on ${isReviewed}
    where r.tenant_id = any (${reviewedBodies})
      and (r.state = 'submitted' or r.state = 'accepted' and r.correction_reason is not null or ${isChanged('r')})`.execute(
    ctx.db,
  )
  return rows
}
