import { addDays } from '@gonglian/indicators'
import { performCommand } from '@gonglian/records'
import {
  AppointOfficer,
  ImportList,
  ListLeads,
  ListMembers,
  ListTransfers,
  ListUnions,
  OpenLeads,
  RequestTransfers,
  appointOfficer,
  importList,
  listLeads,
  listMembers,
  listTransfers,
  listUnions,
  matchList,
  openLeads,
  recordTerm,
  recordVisit,
  refuseLead,
  requestTransfers,
} from '@gonglian/organisation'
import { systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { chance } from './chance.ts'
import { appraiseUnions } from './county-appraisals.ts'
import { loadApplications } from './county-applications.ts'
import { askOver, importMembers } from './county-moves.ts'
import { careForWomen, trainPeople } from './county-people.ts'
import { showUnions } from './county-records.ts'
import { stirUnions } from './county-unions.ts'
import { inventFirm, inventPerson } from './names.ts'
import type { Register } from './registers.ts'

/** The county whose officers have work to do: its register is loaded with the others, what is going on in it here. */
export const homeRegister: Register = {
  code: '513221',
  place: '汶川',
  year: 2024,
  unions: 48,
  standardised: 36,
  qualified: 30,
  model: 9,
  womenCommittees: 14,
  employees: 2400,
  members: 1980,
  growth: { unions: 4, members: 0.05 },
}

/** A township that keeps a register of its own. */
export const townRegister: Register = {
  code: '513221100',
  place: '威州',
  year: 2024,
  unions: 37,
  standardised: 28,
  qualified: 20,
  model: 4,
  womenCommittees: 9,
  employees: 2180,
  members: 1847,
  growth: { unions: 2, members: 0.04 },
  personsFrom: 100_000,
}

/** The 28th stands for a leap day in a year that has none. */
export const yearsAgo = (day: string, years: number) =>
  `${Number(day.slice(0, 4)) - years}${day.endsWith('-02-29') && years % 4 !== 0 ? '-02-28' : day.slice(4)}`

/** What goes on in the county: a census with leads at every stage, applications at every stage, terms due, an election, posts. */
export async function loadCounty(
  deps: Deps,
  ids: ReadonlyMap<string, number>,
  say: (line: string) => void,
): Promise<void> {
  const tenantId = ids.get(homeRegister.code) ?? 0
  const isNew = await withTenant(deps, systemActor('demonstration', tenantId), async (ctx) => {
    if ((await listLeads(ctx, ListLeads.parse({}))).total > 0) return false
    await recordTerms(ctx)
    await takeCensus(ctx)
    await stirUnions(ctx)
    await fillPosts(ctx)
    await trainPeople(ctx)
    await careForWomen(ctx, { rooms: ['县人民医院门诊二楼', '汶川工业园服务中心一楼'], isScreened: true })
    return true
  })
  if (!isNew) return
  await loadApplications(deps, { ids, county: homeRegister.code, place: homeRegister.place })
  await appraiseUnions(deps, ids, homeRegister.code)
  await showUnions(deps, ids, homeRegister)
  await importMembers(deps, ids, { code: homeRegister.code, personsFrom: 150_000, count: 24 })
  say(`${homeRegister.place}: census, applications, terms, elections and posts`)
}

/** Three terms are over since some weeks, five end within half a year, the others run on. */
async function recordTerms(ctx: TenantContext): Promise<void> {
  const { rows } = await listUnions(ctx, ListUnions.parse({ pageSize: 100 }))
  const old = rows.filter((union) => (union.foundedOn ?? '') <= yearsAgo(ctx.today, 6))
  for (const union of rows) {
    const place = old.indexOf(union)
    const begun =
      place >= 0 && place < 3
        ? addDays(yearsAgo(ctx.today, 5), -8 * (place + 1))
        : place >= 3 && place < 8
          ? addDays(yearsAgo(ctx.today, 5), 30 * place)
          : yearsAgo(ctx.today, 2)
    await beginTerm(ctx, union, begun)
  }
}

/** The committee's second term, from this day, or from its founding if that was later. */
async function beginTerm(
  ctx: TenantContext,
  { id: unionId, foundedOn }: { readonly id: number; readonly foundedOn: string | null },
  begun: string,
): Promise<void> {
  const startsOn = foundedOn !== null && foundedOn > begun ? foundedOn : begun
  await recordTerm(ctx, { unionId, body: 'union_committee', number: 2, startsOn, years: 5 })
}

/** Takes over a list of employers, and opens a lead for each that has no union. */
async function openList(
  ctx: TenantContext,
  { name, rows, assignedTo }: { readonly name: string; readonly rows: readonly object[]; readonly assignedTo: string },
): Promise<void> {
  const listVersion = `${ctx.today.slice(0, 4)}-Q3`
  const asOf = addDays(ctx.today, -60)
  const list = await importList(ctx, ImportList.parse({ source: 'enterprise_database', listVersion, name, asOf, rows }))
  await matchList(ctx, { listId: list.listId, version: list.version })
  await openLeads(ctx, OpenLeads.parse({ listId: list.listId, assignedTo, dueOn: addDays(ctx.today, 45) }))
}

async function takeCensus(ctx: TenantContext): Promise<void> {
  const known = Array.from({ length: 20 }, (_, index) => ({
    name: inventFirm(homeRegister.place, index),
    headcount: '52',
  }))
  const found = Array.from({ length: 16 }, (_, index) => ({
    name: inventFirm(homeRegister.place, 400 + index),
    headcount: String(20 + Math.floor(chance(index, 61) * 180)),
    ownership: 'private',
    park: index % 3 === 0 ? '汶川工业园' : '',
  }))
  await openList(ctx, { name: '规模以上企业名录', rows: [...known, ...found], assignedTo: '组织部' })
  const { rows } = await listLeads(ctx, ListLeads.parse({}))
  for (const [index, lead] of rows.entries()) {
    if (index % 3 === 2) continue
    await performCommand(ctx, recordVisit, {
      place: 'employer',
      employerId: lead.employer_id,
      visitedOn: addDays(ctx.today, (index % 15) - 20),
      purpose: 'mobilise',
      visitors: 2,
      foundOut: '企业愿意建会，正在酝酿人选',
    })
  }
  const again = await listLeads(ctx, ListLeads.parse({}))
  const refused = again.rows.find((lead) => lead.state === 'contacted')
  if (refused)
    await refuseLead(ctx, {
      leadId: refused.id,
      version: refused.version,
      on: ctx.today,
      reason: '企业称人员流动大，暂不建会',
    })
}

async function fillPosts(ctx: TenantContext): Promise<void> {
  const posts = [
    { post: 'chair', engagement: 'part_time', concurrentPost: '县人大常委会副主任', rank: 'county_deputy' },
    { post: 'vice_chair', engagement: 'full_time', concurrentPost: '', rank: 'section' },
    { post: 'audit_chair', engagement: 'part_time', concurrentPost: '县审计局副局长', rank: 'section_deputy' },
    { post: 'women_chair', engagement: 'full_time', concurrentPost: '', rank: 'section_deputy' },
    { post: 'office', engagement: 'contracted', concurrentPost: '', rank: 'none' },
  ] as const
  for (const [index, post] of posts.entries())
    await appointOfficer(
      ctx,
      AppointOfficer.parse({
        ...post,
        name: inventPerson(8001 + index),
        gender: post.post === 'women_chair' ? 'female' : 'male',
        isNearRelative: false,
        validFrom: `${yearsAgo(ctx.today, 2).slice(0, 4)}-06-01`,
      }),
    )
}

/** The township's register: terms that run, one that ends soon, a chair, leads from its own list. */
export async function loadTownship(deps: Deps, ids: ReadonlyMap<string, number>): Promise<void> {
  const tenantId = ids.get(townRegister.code) ?? 0
  const isNew = await withTenant(deps, systemActor('demonstration', tenantId), async (ctx) => {
    if ((await listLeads(ctx, ListLeads.parse({}))).total > 0) return false
    const { rows } = await listUnions(ctx, ListUnions.parse({ pageSize: 100 }))
    for (const [index, union] of rows.entries()) {
      const begun = index === 0 ? addDays(yearsAgo(ctx.today, 5), 50) : yearsAgo(ctx.today, 2)
      await beginTerm(ctx, union, begun)
    }
    await openList(ctx, {
      name: '镇辖区企业名录',
      rows: Array.from({ length: 6 }, (_, index) => ({
        name: inventFirm(townRegister.place, 400 + index),
        headcount: String(28 + 7 * index),
        ownership: 'private',
      })),
      assignedTo: '镇工会',
    })
    await appointOfficer(
      ctx,
      AppointOfficer.parse({
        post: 'chair',
        engagement: 'part_time',
        concurrentPost: '镇党委副书记',
        rank: 'section_deputy',
        name: inventPerson(8201),
        gender: 'male',
        isNearRelative: false,
        validFrom: `${yearsAgo(ctx.today, 2).slice(0, 4)}-06-01`,
      }),
    )
    await careForWomen(ctx, { rooms: ['威州镇便民服务中心'], isScreened: false })
    return true
  })
  if (!isNew) return
  await appraiseUnions(deps, ids, townRegister.code)
  await showUnions(deps, ids, townRegister)
  await importMembers(deps, ids, { code: townRegister.code, personsFrom: 160_000, count: 12 })
  const { code: county } = homeRegister
  await askOver(deps, ids, { from: townRegister.code, to: county, reason: '调入县城企业工作' })
  await askOver(deps, ids, { from: county, to: townRegister.code, reason: '随企业迁至镇工业集中区' })
}

/** One member of the county has moved to Daye, whose union has not answered yet. */
export async function loadTransfer(deps: Deps, ids: ReadonlyMap<string, number>): Promise<void> {
  const received = await withTenant(deps, systemActor('demonstration', ids.get('420281') ?? 0), (ctx) =>
    listTransfers(ctx, ListTransfers.parse({ direction: 'received', pageSize: 1 })),
  )
  if (received.total > 0) return
  await withTenant(deps, systemActor('demonstration', ids.get(homeRegister.code) ?? 0), async (ctx) => {
    const { rows } = await listMembers(ctx, ListMembers.parse({ pageSize: 1 }))
    const [member] = rows
    if (member)
      await requestTransfers(
        ctx,
        RequestTransfers.parse({
          memberIds: [member.id],
          toUnion: '420281-00001',
          reason: '到湖北大冶务工，已签劳动合同',
        }),
      )
  })
}
