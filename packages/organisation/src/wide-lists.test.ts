import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import {
  aSmallTree,
  aUser,
  idOf,
  openRehearsal,
  openTestDeps,
  type Rehearsal,
  type TestDeps,
} from '@gonglian/tenancy/testing'
import { ListMissingCompanions, listMissingCompanions } from './coverage/companions.ts'
import { someUnions } from './ratings/rated-unions.ts'
import { JudgeTraining, judgeTraining } from './members/rights-trainings.ts'
import { ListStaffing, listStaffing } from './cadres/staffing.ts'

// Lists of the whole country read each table once and cut the page before they join. Each says the same as the plain question asked row by row.

let house: TestDeps
let rehearsal: Rehearsal
let tree: Map<string, number>
const places = ['513221', '513222', '513221100', '513221101', '513222100'] as const
const askers = ['00', '51', '513221', '513221101'] as const

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(rehearsal.deps, aUser(idOf(tree, code)), work)
const plant = <T>(place: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(rehearsal.deps, systemActor('test', idOf(tree, place)), work)
const place = fc.constantFrom(...places)
const page = fc.record({ page: fc.integer({ min: 1, max: 3 }), pageSize: fc.integer({ min: 1, max: 4 }) })
const body = fc.constantFrom(undefined, undefined, '513221')
/** A body is asked about where it is in sight. */
const within = (asker: string, of: string | undefined) => (of?.startsWith(asker) || asker === '00' ? of : undefined)

const day = (month: number) => `2026-${String(month).padStart(2, '0')}-10`
const months = fc.integer({ min: 1, max: 12 })

/** Plants the rows, asks, and takes everything back. */
async function rehearse<Row>(rows: fc.Arbitrary<Row[]>, ask: (rows: Row[]) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(rows, ask).afterEach(() => rehearsal.undo()),
    { numRuns: 12 },
  )
}

test('unions that lack companion bodies', async () => {
  const kinds = ['union_committee', 'audit_committee', 'staff_congress', 'labour_protection'] as const
  const union = fc.record({
    place,
    kind: fc.constantFrom('BASIC_SINGLE' as const, 'BASIC_JOINT' as const, 'GROUP' as const),
    hasEnded: fc.boolean(),
    held: fc.uniqueArray(fc.record({ kind: fc.constantFrom(...kinds), hasEnded: fc.boolean() }), {
      selector: ({ kind }) => kind,
    }),
  })
  await rehearse(
    fc.array(fc.tuple(union, fc.constantFrom(...askers), fc.option(fc.constantFrom(...kinds)), page, body), {
      maxLength: 9,
    }),
    async (rows) => {
      for (const [one] of rows) {
        const [unionId] = await someUnions(rehearsal.deps, idOf(tree, one.place), [
          { kind: one.kind, ...(one.hasEnded ? { endedOn: '2026-02-01' } : {}) },
        ])
        await plant(one.place, (ctx) =>
          sql`insert into organisation.companion_body (tenant_id, union_id, kind, formed_on, ended_on)
            select ${ctx.tenantId}, ${unionId}, kind, '2026-01-01', case when ended then '2026-03-01'::date end
            from unnest(${one.held.map(({ kind }) => kind)}::text[], ${one.held.map(({ hasEnded }) => hasEnded)}::boolean[]) as h (kind, ended)`.execute(
            ctx.db,
          ),
        )
      }
      for (const [, asker, kind, paged, of] of rows)
        await as(asker, async (ctx) => {
          const asked = { ...paged, kind: kind ?? undefined, body: within(asker, of) }
          const list = await listMissingCompanions(ctx, ListMissingCompanions.parse(asked))
          const wanted = list.required.filter((one) => kind === null || one === kind)
          const { rows: plain } = await sql<{ unionId: number; missing: string[] }>`
            select u.id as "unionId", m.missing from organisation.trade_union u cross join lateral (
              select array_agg(k order by k) as missing from unnest(${wanted}::text[]) k where not exists (
                select 1 from organisation.companion_body c where c.union_id = u.id and c.kind = k and c.ended_on is null)) m
            join tenancy.federation f on f.id = u.tenant_id
            where u.state = 'active' and u.kind in ('BASIC_SINGLE', 'BASIC_JOINT') and cardinality(m.missing) > 0
              and f.code like ${`${asked.body ?? ''}%`} order by u.id`.execute(ctx.db)
          expect(list.total).toBe(plain.length)
          const from = (paged.page - 1) * paged.pageSize
          expect(list.rows.map(({ unionId, missing }) => ({ unionId, missing }))).toEqual(
            plain.slice(from, from + paged.pageSize),
          )
        })
    },
  )
})

test('townships that held the trainings of a year', async () => {
  const training = fc.record({
    place,
    month: months,
    year: fc.constantFrom(2025, 2026),
    attendance: fc.integer({ min: 1, max: 90 }),
  })
  await rehearse(
    fc.array(fc.tuple(training, fc.constantFrom(...askers), fc.option(fc.boolean()), page, body), { maxLength: 12 }),
    async (rows) => {
      for (const [one] of rows)
        await plant(one.place, (ctx) =>
          sql`insert into organisation.rights_training (tenant_id, held_on, topic, attendance, outgoing_attendance, actor)
            values (${ctx.tenantId}, ${day(one.month).replace('2026', String(one.year))}, '维权', ${one.attendance}, 1, '某')`.execute(
            ctx.db,
          ),
        )
      for (const [{ year }, asker, enough, paged, of] of rows)
        await as(asker, async (ctx) => {
          const asked = { ...paged, year, enough: enough ?? undefined, body: within(asker, of), search: '镇' }
          const list = await judgeTraining(ctx, JudgeTraining.parse(asked))
          const { rows: plain } = await sql<{ body: string; held: number; attendance: number; outgoing: number }>`
            with recursive below (id) as (
              select ${idOf(tree, asked.body ?? asker)}::int union select l.federation_id from below
              join tenancy.link l on l.parent_id = below.id and l.hierarchy = 'regional' and l.valid_to is null)
            select f.code as body, count(t.id)::int as held, coalesce(sum(t.attendance), 0)::int as attendance,
              coalesce(sum(t.outgoing_attendance), 0)::int as outgoing
            from below join tenancy.federation f on f.id = below.id and f.level = 'township'
            left join organisation.rights_training t on t.tenant_id = f.id and extract(year from t.held_on) = ${year}
            group by f.code order by f.code`.execute(ctx.db)
          const isEnough = ({ held }: { held: number }) => held >= list.required
          const shown = plain.filter((row) => enough === null || isEnough(row) === enough)
          expect([list.townships, list.enough, list.total]).toEqual([
            plain.length,
            plain.filter(isEnough).length,
            shown.length,
          ])
          const from = (paged.page - 1) * paged.pageSize
          expect(list.rows.map((row) => [row.body, row.held, row.attendance, row.outgoingAttendance])).toEqual(
            shown.slice(from, from + paged.pageSize).map((row) => [row.body, row.held, row.attendance, row.outgoing]),
          )
        })
    },
  )
})

test('the staffing of townships', async () => {
  const officer = fc.record({
    place,
    post: fc.constantFrom('chair', 'vice_chair', 'committee_member'),
    engagement: fc.constantFrom('full_time', 'part_time'),
    isParty: fc.boolean(),
    from: fc.integer({ min: 1, max: 4 }),
    until: fc.option(months),
    posts: fc.integer({ min: 0, max: 2 }),
    isUnion: fc.boolean(),
  })
  await rehearse(
    fc.array(fc.tuple(officer, fc.constantFrom(...askers), fc.boolean(), page, body, fc.integer({ min: 2, max: 8 })), {
      minLength: 8,
      maxLength: 14,
    }),
    async (rows) => {
      const seated = new Set<string>()
      for (const [one] of rows) {
        const [unionId] = one.isUnion
          ? await someUnions(rehearsal.deps, idOf(tree, one.place), [{ kind: 'FEDERATION_TOWNSHIP' }])
          : [null]
        // A body has one chair at a time.
        const seat = `${one.place} ${one.post}`
        const isFree = one.post !== 'chair' || one.isUnion || !seated.has(seat)
        if (one.post === 'chair' && !one.isUnion) seated.add(seat)
        const until = one.until === null ? null : day(Math.max(one.from, one.until))
        await plant(one.place, async (ctx) => {
          if (isFree)
            await sql`insert into organisation.officer (tenant_id, union_id, name, post, engagement, is_party_committee, valid_from, valid_to)
              values (${ctx.tenantId}, ${unionId ?? null}, '某', ${one.post}, ${one.engagement}, ${one.isParty}, ${day(one.from)}, ${until})`.execute(
              ctx.db,
            )
          if (one.posts > 0)
            await sql`insert into organisation.staff_quota (tenant_id, unit_name, category, posts, valid_from)
              values (${ctx.tenantId}, '机关', 'institution', ${one.posts}, ${day(one.from)})`.execute(ctx.db)
        })
      }
      for (const [, asker, onlyGaps, paged, of, month] of rows)
        await as(asker, async (ctx) => {
          const on = day(month)
          const asked = { ...paged, on, onlyGaps, body: within(asker, of) }
          const list = await listStaffing(ctx, ListStaffing.parse(asked))
          const { rows: plain } = await sql<{ code: string; found: (number | boolean)[] }>`
            select code, json_build_array(chairs, party, full_time, part_time, posts) as found from (
              select p.code, p.union_id,
                (select count(*) from organisation.officer o where ${holds(on)} and o.post = 'chair') as chairs,
                exists (select 1 from organisation.officer o where ${holds(on)} and o.post = 'chair' and o.is_party_committee) as party,
                (select count(*) from organisation.officer o where ${holds(on)} and o.post = 'vice_chair' and o.engagement = 'full_time') as full_time,
                (select count(*) from organisation.officer o where ${holds(on)} and o.post = 'vice_chair' and o.engagement <> 'full_time') as part_time,
                case when p.union_id is null then (select coalesce(sum(q.posts), 0) from organisation.staff_quota q
                  where q.tenant_id = p.body_id and q.valid_from <= ${on}) else 0 end as posts
              from (
                select f.id as body_id, null::bigint as union_id, f.code, f.code as body from tenancy.federation f where f.level = 'township'
                union all select u.tenant_id, u.id, u.code, f.code from organisation.trade_union u join tenancy.federation f on f.id = u.tenant_id
                where u.kind = 'FEDERATION_TOWNSHIP') p
              where p.body like ${`${asked.body ?? (asker === '00' ? '' : asker)}%`}) counted
            where not ${onlyGaps} or chairs < 1 or full_time < 1 or part_time < 1 or posts < 1
            order by code, union_id nulls first`.execute(ctx.db)
          expect(list.total).toBe(plain.length)
          const from = (paged.page - 1) * paged.pageSize
          expect(
            list.rows.map((row) => ({
              code: row.code,
              found: [
                row.chairs,
                row.chairIsPartyCommittee,
                row.fullTimeVices,
                row.partTimeVices,
                row.institutionPosts,
              ],
            })),
          ).toEqual(plain.slice(from, from + paged.pageSize))
          for (const { short, chairs, institutionPosts } of list.rows)
            expect([short.chairs, short.institutionPosts]).toEqual([
              Math.max(0, 1 - chairs),
              Math.max(0, 1 - institutionPosts),
            ])
        })
    },
  )
})

/** The officer `o` holds a post of the place `p` on the day. */
function holds(on: string) {
  return sql<boolean>`o.tenant_id = p.body_id and o.union_id is not distinct from p.union_id
    and o.valid_from <= ${on} and (o.valid_to is null or o.valid_to >= ${on})`
}
