import { addDays } from '@gonglian/indicators'
import { defineGrouping, type Grouping } from '@gonglian/records'
import { sql } from 'kysely'
import { coveredEmployers } from '../coverage/covered-employers.ts'
import { livedOn } from '../checklists/checklists.ts'
import { readLimit } from '../limits.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { canBeLegalPerson, isBasicUnion } from '../unions/union-states.ts'
import { termEnd } from '../terms/term-end.ts'

const permission = 'organisation:read' as const
const count = (where: ReturnType<typeof sql>) => sql<number>`count(*) filter (where ${where})`

/** The day on which a committee's term of the union `u` ends. */
const unionTermEnd = sql`(
  select ${termEnd} from organisation.term t where t.union_id = u.id and t.ended_on is null and t.body = 'union_committee')`

/** Basic unions at work, as reports count them. */
const unions = defineGrouping({
  name: 'unions',
  permission,
  rows: ({ today }) => sql`
    select u.tenant_id, u.kind, u.headcount, u.legal_person_on, ${unionTermEnd} < ${today}::date as is_overdue
    from organisation.trade_union u where ${isBasicUnion()} and ${livedOn(today)}`,
  measures: {
    unions: count(sql`true`),
    joint: count(sql`r.kind = 'BASIC_JOINT'`),
    legalPersons: count(sql`r.legal_person_on is not null and ${canBeLegalPerson('r.kind')}`),
    overdue: count(sql`r.is_overdue`),
  },
  worst: { measure: 'overdue', is: 'most' },
})

/** Terms that run, by how near their end is. */
const terms = defineGrouping({
  name: 'terms',
  permission,
  rows: async (ctx) => {
    const warnedUntil = addDays(ctx.today, await readLimit(ctx, unionLimits.termWarningDays))
    return sql`
      select t.tenant_id, ${termEnd} < ${ctx.today}::date as is_overdue, ${termEnd} < ${warnedUntil}::date as is_near, t.state = 'in_election' as is_electing
      from organisation.term t where t.ended_on is null`
  },
  measures: {
    terms: count(sql`true`),
    overdue: count(sql`r.is_overdue`),
    soon: count(sql`r.is_near and not r.is_overdue and not r.is_electing`),
    electing: count(sql`r.is_electing and not r.is_overdue`),
  },
  worst: { measure: 'overdue', is: 'most' },
})

/** Employers under a union, each once in a body, as the list of coverage and the reports count them. */
const covered = defineGrouping({
  name: 'covered',
  permission,
  rows: ({ today }) => coveredEmployers(today, sql`true`),
  measures: {
    units: count(sql`true`),
    own: count(sql`r.is_own`),
    joint: count(sql`r.is_joint`),
    second: count(sql`r.is_second`),
    employees: sql<number>`coalesce(sum(r.headcount), 0)`,
  },
  worst: { measure: 'units', is: 'least' },
})

/** Unions on their way to a title this year. */
const ratings = defineGrouping({
  name: 'ratings',
  permission,
  rows: ({ today }) => sql`
    select r.tenant_id, r.state, r.state in ('awarded', 're_check', 'kept', 'downgraded') as is_awarded from organisation.rating r
    where r.year = ${Number(today.slice(0, 4))}`,
  measures: {
    planned: count(sql`true`),
    awarded: count(sql`r.is_awarded`),
    open: count(sql`not r.is_awarded and r.state <> 'revoked'`),
  },
  worst: { measure: 'open', is: 'most' },
})

/** Lists of the domain that superiors read by the level below first. */
export const organisationGroupings: readonly Grouping[] = [unions, terms, covered, ratings]
