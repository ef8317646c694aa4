import { defineTask, readTaskRows, type TaskRow } from '@gonglian/tasks'
import { actorName } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

type Row = {
  id: string
  name: string
  body: string
  schemeZh: string
  schemeEn: string
  since: string | null
  due: string | null
}

const describe = ({ id, name, body, schemeZh, schemeEn, since, due }: Row): TaskRow => ({
  id,
  title: { zh: `${name} · ${schemeZh}`, en: `${name} · ${schemeEn || schemeZh}` },
  body,
  since,
  due,
  to: `/organisation/ratings/${id}`,
})

/** Ratings that the own body grants and that stand where `where` says, by rating_grantor. */
function readGranted(
  tenantId: number,
  where: RawBuilder<unknown>,
  days: { since: RawBuilder<unknown>; due: RawBuilder<unknown> },
) {
  return sql<Row>`
    select r.id, coalesce(u.name, f.name) as name, f.short_name as body, s.name_zh as "schemeZh", s.name_en as "schemeEn",
      ${days.since} as since, ${days.due} as due
    from organisation.rating r join organisation.rating_scheme s on s.id = r.scheme_id
    join tenancy.federation f on f.id = r.tenant_id left join organisation.trade_union u on u.id = r.union_id
    where r.grantor_id = ${tenantId} and ${where}`
}

const none = sql`null::date`

/** Recommended to the own body: a committee is to be named. */
export const recommendations = defineTask({
  key: 'organisation.recommendations',
  step: 'review',
  permission: 'rating:review',
  all: '/organisation/ratings',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      readGranted(ctx.tenantId, sql`r.state = 'recommended'`, { since: sql`r.recommended_on`, due: none }),
      question,
      describe,
    ),
})

/** Under review, and the person is of the committee and has not handed in the own scores. */
export const scores = defineTask({
  key: 'organisation.scores',
  step: 'review',
  permission: 'rating:review',
  all: '/organisation/ratings',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      readGranted(
        ctx.tenantId,
        sql`r.state = 'under_review' and exists (select from organisation.rating_review v where v.rating_id = r.id
          and v.tenant_id = ${ctx.tenantId} and v.reviewer = ${actorName(ctx.actor)} and v.submitted_at is null and v.recused_on is null)`,
        { since: sql`r.recommended_on`, due: none },
      ),
      question,
      describe,
    ),
})

/** Published, and the days for objections are over with no appeal open: the leader signs. */
export const awards = defineTask({
  key: 'organisation.awards',
  step: 'decide',
  permission: 'rating:award',
  all: '/organisation/ratings',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      readGranted(
        ctx.tenantId,
        sql`r.state = 'published' and r.notice_ends_on < ${ctx.today}::date and not exists (
          select from organisation.rating_appeal a where a.rating_id = r.id and a.outcome is null)`,
        { since: sql`r.notice_ends_on`, due: none },
      ),
      question,
      describe,
    ),
})

/** Objections to a published result that the leader answers. */
export const appeals = defineTask({
  key: 'organisation.appeals',
  step: 'decide',
  permission: 'rating:award',
  all: '/organisation/ratings',
  list: (ctx, question) =>
    readTaskRows(
      ctx,
      readGranted(
        ctx.tenantId,
        sql`r.state = 'published' and exists (select from organisation.rating_appeal a where a.rating_id = r.id and a.outcome is null)`,
        {
          since: sql`(select min(a.raised_on) from organisation.rating_appeal a where a.rating_id = r.id and a.outcome is null)`,
          due: none,
        },
      ),
      question,
      describe,
    ),
})
