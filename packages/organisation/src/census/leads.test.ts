import fc from 'fast-check'
import { DomainError, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { campaignView } from '../campaigns/campaign.ts'
import { changeCampaign, listCampaigns, openCampaign } from '../campaigns/campaigns.ts'
import { FormGroup, SendInstructor, formGroup, listFounders, sendInstructor } from './founders.ts'
import { ListLeads, OpenLeads, assignLead, endLead, leadMoves, listLeads, openLeads, refuseLead } from './leads.ts'
import { letterView } from '../letters/letter.ts'
import { answerLetter, listLetters, sendLetter } from '../letters/letters.ts'
import { aFoundedUnion, anEmployer, anOffice } from '../unions/sample-unions.ts'
import { listSteps } from '../steps.ts'
import { performCommand, readList } from '@gonglian/records'
import { visitView } from '../visits/visit.ts'
import { listVisits, recordVisit } from '../visits/visits.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = anOffice(deps, id('513221'))
const today = '2026-11-21'
let serial = 0

async function aLead(name = `线索单位${++serial}`, headcount = 80) {
  const { employerId } = await anEmployer(county, name, { headcount, park: '阿坝工业园' })
  await county.officer((ctx) => openLeads(ctx, OpenLeads.parse({ employerIds: [employerId] })))
  return { employerId, ...(await readLead(employerId)) }
}
const readLead = (employerId: number) =>
  county.officer(async (ctx) => {
    const lead = await ctx.db
      .selectFrom('organisation.lead')
      .selectAll()
      .where('employer_id', '=', employerId)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    return {
      leadId: lead.id,
      version: lead.version,
      state: lead.state,
      unionId: lead.union_id,
      founded: lead.founded_on,
    }
  })
const visit = (employerId: number, more: object = {}) =>
  county.officer((ctx) =>
    performCommand(ctx, recordVisit, {
      place: 'employer',
      employerId,
      visitedOn: today,
      purpose: 'mobilise',
      visitors: 2,
      foundOut: '愿意建会',
      ...more,
    }),
  )
const group = (lead: { leadId: number; version: number }, members: string[]) =>
  county.officer((ctx) =>
    formGroup(
      ctx,
      FormGroup.parse({
        leadId: lead.leadId,
        version: lead.version,
        on: today,
        leader: { name: '筹备组长', isPartyMember: true },
        members: members.map((name) => ({ name })),
        proposedChair: { name: '拟任主席', isPartyMember: true },
      }),
    ),
  )

describe('M049 the pipeline', () => {
  test('M049 leads are opened for who should have a union and has none; one open lead each', async () => {
    const small = await anEmployer(county, '小作坊', { headcount: 24 })
    const large = await anEmployer(county, '大车间', { headcount: 25 })
    const covered = await anEmployer(county, '已建会厂', { headcount: 300 })
    await aFoundedUnion(county, { name: '已建会厂工会', kind: 'BASIC_SINGLE', employerId: covered.employerId })
    expect(await county.officer((ctx) => openLeads(ctx, OpenLeads.parse({ assignedTo: '组织部' })))).toEqual({
      opened: 1,
    })
    expect(await county.officer((ctx) => openLeads(ctx, OpenLeads.parse({})))).toEqual({ opened: 0 })
    const { rows, total, counts } = await county.officer((ctx) =>
      listLeads(ctx, ListLeads.parse({ states: ['found'] })),
    )
    expect([total, counts]).toEqual([1, { found: 1 }])
    expect(rows[0]).toMatchObject({ employer_id: large.employerId, assigned_to: '组织部', headcount: 25 })
    expect(small.employerId).not.toBe(rows[0]?.employer_id)
    expect(await withTenant(deps, aUser(id('513222')), (ctx) => listLeads(ctx, ListLeads.parse({})))).toMatchObject({
      total: 0,
    })
    expect(await withTenant(deps, aUser(id('51')), (ctx) => listLeads(ctx, ListLeads.parse({})))).toMatchObject({
      total: 1,
    })
  })

  test('M049 M147 found, contacted, preparing, applied, approved, founded: with instructor and preparatory group', async () => {
    const lead = await aLead()
    await expect(group(lead, ['组员甲', '组员乙'])).rejects.toMatchObject({ key: 'organisation.lead.move' })
    await visit(lead.employerId)
    const contacted = await readLead(lead.employerId)
    expect(contacted.state).toBe('contacted')
    await expect(group(contacted, [])).rejects.toMatchObject({ key: 'organisation.lead.fewFounders' })
    await county.officer((ctx) =>
      sendInstructor(
        ctx,
        SendInstructor.parse({ leadId: lead.leadId, name: '指导员', sentBy: '园区党工委', on: today }),
      ),
    )
    await group(contacted, [])
    const founders = await county.officer((ctx) => listFounders(ctx, lead.leadId))
    expect(founders.map((one) => [one.part, one.name, one.is_party_member])).toEqual([
      ['instructor', '指导员', false],
      ['group_leader', '筹备组长', true],
      ['proposed_chair', '拟任主席', true],
    ])
    // Superiors see the case, not the names.
    expect(
      await withTenant(deps, aUser(id('5132')), (ctx) =>
        ctx.db.selectFrom('organisation.founder').selectAll().execute(),
      ),
    ).toEqual([])
    await aFoundedUnion(
      county,
      { name: `线索${serial}工会`, kind: 'BASIC_SINGLE', employerId: lead.employerId, leadId: lead.leadId },
      { foundedOn: today },
    )
    const done = await readLead(lead.employerId)
    expect(done).toMatchObject({ state: 'founded', founded: today })
    expect(done.unionId).not.toBeNull()
    const steps = await county.officer((ctx) => listSteps(ctx, 'lead', lead.leadId))
    expect(steps.map((step) => step.to)).toEqual(['found', 'contacted', 'preparing', 'applied', 'approved', 'founded'])
  })

  test('no sequence of moves leaves the table of handbook 5.3', async () => {
    const acts = ['visit', 'group', 'refuse', 'exempt', 'close', 'letter', 'comply', 'assign'] as const
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...acts), { minLength: 2, maxLength: 12 }), async (sequence) => {
        const { employerId, leadId } = await aLead()
        for (const [place, act] of sequence.entries()) {
          const { version } = await readLead(employerId)
          const at = { leadId, version, on: today, reason: '理由' }
          const run = {
            visit: () => visit(employerId),
            group: () => group(at, ['组员甲', '组员乙']),
            refuse: () => county.officer((ctx) => refuseLead(ctx, at)),
            exempt: () => county.officer((ctx) => endLead(ctx, { ...at, to: 'exempt' })),
            close: () => county.officer((ctx) => endLead(ctx, { ...at, to: 'closed' })),
            assign: () =>
              county.officer((ctx) => assignLead(ctx, { leadId, version, assignedTo: '某人', dueOn: null })),
            letter: () =>
              county.officer((ctx) =>
                performCommand(ctx, sendLetter, {
                  leadId,
                  version,
                  letterNo: `${leadId}-${place}`,
                  departments: ['组织部'],
                  sentOn: today,
                  dueOn: '2026-12-31',
                }),
              ),
            comply: async () => {
              const { rows } = await county.officer((ctx) =>
                readList(ctx, listLetters, letterView.input.parse({ leadId, filters: { state: ['open'] } })),
              )
              const letterId = rows[0]?.id ?? 999_999_999
              await county.officer((ctx) =>
                performCommand(ctx, answerLetter, { letterId, outcome: 'complied', on: today }),
              )
            },
          }[act]
          await run().catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error
          })
        }
        const steps = await county.officer((ctx) => listSteps(ctx, 'lead', leadId))
        let state = 'found'
        for (const step of steps.slice(1)) {
          expect(step.from).toBe(state)
          const moves = Object.entries(leadMoves).find(([from]) => from === state)?.[1] ?? []
          expect([...moves, state]).toContain(step.to)
          state = step.to
        }
        expect((await readLead(employerId)).state).toBe(state)
      }),
      { numRuns: 30 },
    )
  })
})

describe('M054 refusal', () => {
  test('M054 letters of several departments with deadlines and outcome; who complies is in contact again', async () => {
    const lead = await aLead('钉子户公司')
    const send = (version: number, more: object = {}) =>
      county.officer((ctx) =>
        performCommand(ctx, sendLetter, {
          leadId: lead.leadId,
          version,
          letterNo: '联函1号',
          departments: ['组织部', '市场监管局', '税务局'],
          sentOn: today,
          dueOn: '2026-12-05',
          ...more,
        }),
      )
    await expect(send(lead.version)).rejects.toMatchObject({ key: 'organisation.letter.notRefused' })
    const { version } = await county.officer((ctx) => refuseLead(ctx, { ...lead, on: today, reason: '老板不同意' }))
    const { letterId } = await send(version)
    await expect(send(version)).rejects.toMatchObject({ key: 'organisation.letter.numberTaken' })
    const answer = (outcome: 'complied' | 'refused' | 'no_reply') =>
      county.officer((ctx) => performCommand(ctx, answerLetter, { letterId, outcome, on: today }))
    await expect(answer('no_reply')).rejects.toMatchObject({ key: 'organisation.letter.notDue' })
    const { rows } = await county.officer((ctx) =>
      readList(ctx, listLetters, letterView.input.parse({ filters: { state: ['open'] }, leadId: lead.leadId })),
    )
    expect(rows).toMatchObject([{ employer: '钉子户公司', refusalReason: '老板不同意', state: 'open' }])
    await answer('complied')
    expect((await readLead(lead.employerId)).state).toBe('contacted')
    await expect(answer('refused')).rejects.toMatchObject({ key: 'organisation.letter.answered' })
  })
})

describe('visits and campaigns', () => {
  test('M023 visits by park and by enterprise', async () => {
    const one = await anEmployer(county, '园内甲厂', { park: '水磨园区' })
    const two = await anEmployer(county, '园内乙厂', { park: '水磨园区' })
    await visit(one.employerId)
    await visit(one.employerId, { purpose: 'standardise' })
    await visit(two.employerId)
    await county.officer((ctx) =>
      performCommand(ctx, recordVisit, {
        place: 'park',
        park: '水磨园区',
        visitedOn: '2026-11-01',
        purpose: 'survey',
        visitors: 1,
      }),
    )
    await expect(visit(one.employerId, { visitedOn: '2026-11-22' })).rejects.toMatchObject({
      key: 'organisation.future',
    })
    const seen = await withTenant(deps, aUser(id('51')), (ctx) =>
      readList(ctx, listVisits, visitView.input.parse({ facet: '水磨园区' })),
    )
    expect(seen.total).toBe(4)
    expect(seen.facets.find(({ value }) => value === '水磨园区')).toEqual({ value: '水磨园区', rows: 4, others: 2 })
    const ofOne = await county.officer((ctx) =>
      readList(ctx, listVisits, visitView.input.parse({ employerId: one.employerId })),
    )
    expect(ofOne.rows.map((row) => row.employer)).toEqual(['园内甲厂', '园内甲厂'])
  })

  test('a campaign month says what it brought, of its own body and below, counted from records', async () => {
    const city = anOffice(deps, id('5132'))
    await city.officer((ctx) =>
      performCommand(ctx, openCampaign, {
        name: '建会行动月',
        startsOn: '2025-06-01',
        endsOn: '2025-06-30',
        unionGoal: 10,
      }),
    )
    const { employerId } = await anEmployer(county, '行动月公司')
    await aFoundedUnion(
      county,
      { name: '行动月公司工会', kind: 'BASIC_SINGLE', employerId },
      { foundedOn: '2025-06-30' },
    )
    await visit(employerId, { visitedOn: '2025-06-01' })
    const other = await anEmployer(county, '七月公司')
    await aFoundedUnion(
      county,
      { name: '七月公司工会', kind: 'BASIC_SINGLE', employerId: other.employerId },
      { foundedOn: '2025-07-01' },
    )
    const { rows } = await city.officer((ctx) => readList(ctx, listCampaigns, campaignView.input.parse({})))
    expect(rows).toMatchObject([
      {
        name: '建会行动月',
        unionGoal: 10,
        visits: 1,
        contacted: 0,
        refused: 0,
        applied: 0,
        unions: 1,
        units: 1,
      },
    ])
    const [campaign] = rows
    const change = (version: number) =>
      city.officer((ctx) =>
        performCommand(ctx, changeCampaign, {
          campaignId: campaign?.id ?? 0,
          version,
          name: '建会行动月',
          startsOn: '2025-06-01',
          endsOn: '2025-07-01',
        }),
      )
    expect(await change(1)).toEqual({ version: 2 })
    // Somebody else changed it meanwhile.
    await expect(change(1)).rejects.toMatchObject({ code: 'conflict', key: 'errors.conflict' })
    const { rows: longer } = await city.officer((ctx) => readList(ctx, listCampaigns, campaignView.input.parse({})))
    expect(longer).toMatchObject([{ unions: 2, unionGoal: null, version: 2 }])
    await expect(
      city.officer((ctx) =>
        performCommand(ctx, openCampaign, { name: '建会行动月', startsOn: '2025-06-01', endsOn: '2025-06-30' }),
      ),
    ).rejects.toMatchObject({ key: 'organisation.campaign.taken' })
  })
})
