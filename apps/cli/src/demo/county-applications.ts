import { addDays } from '@gonglian/indicators'
import { collectApprovals, declareDecisions, lapseApplications } from '@gonglian/approvals'
import {
  ApplyUnion,
  AskElection,
  AskExtension,
  DraftUnion,
  HoldCongress,
  HoldPoll,
  ListUnions,
  PlanCongress,
  RecordTerm,
  RegisterEmployer,
  applyResult,
  applyUnion,
  askElection,
  askExtension,
  draftUnion,
  getElection,
  holdCongress,
  holdPoll,
  listUnions,
  organisationApprovals,
  planCongress,
  recordTerm,
  registerEmployer,
} from '@gonglian/organisation'
import { performCommand } from '@gonglian/records'
import type { Deps } from '@gonglian/tenancy'
import { actingIn, type Acting } from './acting.ts'
import { inventFirm, inventPerson } from './names.ts'

const approvals = collectApprovals(organisationApprovals)
const { proposeDecision, approveApplication, returnApplication, withdrawApplication } = declareDecisions(approvals)

/** The county, its superior and its townships, by code. */
export type Neighbourhood = {
  readonly ids: ReadonlyMap<string, number>
  readonly county: string
  readonly place: string
}

/** Applications at each stage, in the county's own register, from its townships and to its superior; an election and two congresses. */
export async function loadApplications(deps: Deps, around: Neighbourhood): Promise<void> {
  const { ids, county, place } = around
  const as = actingIn(deps, ids)
  await extendTerms(deps, as, around)
  await foundUnions(as, county, place)
  await electUnion(as, county)
  await electCounty(as, county)
}

/** The extensions of townships wait for an opinion and for the leader, were returned, taken back, and lapsed. */
async function extendTerms(deps: Deps, as: Acting, { ids, county }: Neighbourhood): Promise<void> {
  const townships = [...ids.keys()].filter((code) => code.startsWith(county) && code.length === 9).toSorted()
  const [late, applied, proposed, returned, withdrawn] = townships
  if (late === undefined || applied === undefined || proposed === undefined) return
  if (returned === undefined || withdrawn === undefined) return
  const ask = (code: string, daysAgo: number, daysLeft = 36) =>
    as(code, 'officer', daysAgo, async (ctx) => {
      const startsOn = addDays(ctx.today, daysLeft - 1826)
      const term = await recordTerm(
        ctx,
        RecordTerm.parse({ unionId: null, body: 'union_committee', number: 4, startsOn, years: 5 }),
      )
      const to = addDays(startsOn, 1826 + 120)
      return askExtension(ctx, AskExtension.parse({ ...term, to, reason: '辖区合并企业较多，换届筹备工作尚需时间' }))
    })
  const propose = (applicationId: number, daysAgo: number, proposal: 'approve' | 'return') =>
    as(county, 'officer', daysAgo, (ctx) =>
      performCommand(ctx, proposeDecision, { applicationId, version: 1, proposal, opinion: '经核，情况属实' }),
    )
  // Long before the others: what nobody decided in time.
  await ask(late, 190, 290)
  await lapseApplications(deps, approvals)
  await ask(applied, 2)
  const waiting = await ask(proposed, 6)
  await propose(waiting.applicationId, 4, 'approve')
  const faulty = await ask(returned, 12)
  await propose(faulty.applicationId, 10, 'return')
  await as(county, 'leader', 9, (ctx) =>
    performCommand(ctx, returnApplication, {
      applicationId: faulty.applicationId,
      version: 2,
      reason: '请补充届中工作情况和换届时间安排',
    }),
  )
  const early = await ask(withdrawn, 15)
  await as(withdrawn, 'officer', 14, (ctx) =>
    performCommand(ctx, withdrawApplication, {
      applicationId: early.applicationId,
      version: 1,
      reason: '已具备按期换届条件',
    }),
  )
}

/** Three unions of the county's register are applied for: one waits, one came back, one is approved and may be founded. */
async function foundUnions(as: Acting, county: string, place: string): Promise<void> {
  const apply = (number: number, daysAgo: number) =>
    as(county, 'officer', daysAgo, async (ctx) => {
      const firm = inventFirm(place, number)
      const { employerId } = await registerEmployer(
        ctx,
        RegisterEmployer.parse({ name: firm, headcount: 68, femaleCount: 27 }),
      )
      const draft = await draftUnion(
        ctx,
        DraftUnion.parse({
          name: `${firm}工会委员会`,
          kind: 'BASIC_SINGLE',
          employerId,
          headcount: 68,
          femaleHeadcount: 27,
        }),
      )
      return applyUnion(
        ctx,
        ApplyUnion.parse({
          ...draft,
          members: 51,
          papers: { form: true, memberList: true, candidateList: true },
          congress: {
            electorate: 'members',
            eligible: 51,
            termYears: 5,
            bodies: [{ body: 'union_committee', seats: 3, candidates: stand(7000 + number) }],
          },
        }),
      )
    })
  await apply(900, 3)
  const faulty = await apply(901, 9)
  await as(county, 'leader', 7, (ctx) =>
    performCommand(ctx, returnApplication, {
      applicationId: faulty.applicationId,
      version: 1,
      reason: '会员名册缺少签名，请补正后重新提交',
    }),
  )
  const good = await apply(902, 16)
  await as(county, 'leader', 12, (ctx) =>
    performCommand(ctx, approveApplication, { applicationId: good.applicationId, version: 1 }),
  )
}

/** Four who stand for three seats, the first of them for the chair. */
const stand = (number: number) =>
  [0, 1, 2, 3].map((place) => ({
    name: inventPerson(number * 4 + place),
    gender: place % 2 === 0 ? ('male' as const) : ('female' as const),
    post: place === 0 ? ('chair' as const) : ('member' as const),
    isNearRelative: false,
  }))

const bodies = ['union_committee', 'audit_committee', 'women_committee'] as const
const slateOf = (number: number) => bodies.map((body, place) => ({ body, seats: 3, candidates: stand(number + place) }))

/** A union whose term is over has elected, and the result waits for the county's leader. */
async function electUnion(as: Acting, county: string): Promise<void> {
  const { rows } = await as(county, 'officer', 0, (ctx) =>
    listUnions(ctx, ListUnions.parse({ termOverdue: true, kinds: ['BASIC_SINGLE'], states: ['active'] })),
  )
  const [union] = rows
  if (union === undefined) return
  const asked = await as(county, 'officer', 30, (ctx) =>
    askElection(
      ctx,
      AskElection.parse({
        unionId: union.id,
        plannedOn: addDays(ctx.today, 20),
        memberCount: 60,
        electorate: 'members',
        eligible: 60,
        termYears: 5,
        bodies: slateOf(8100),
      }),
    ),
  )
  await as(county, 'leader', 26, (ctx) =>
    performCommand(ctx, approveApplication, { applicationId: asked.applicationId, version: 1 }),
  )
  await as(county, 'officer', 5, async (ctx) => {
    const view = await getElection(ctx, asked.electionId)
    const votes = view.bodies.flatMap(({ candidates }) =>
      candidates.map((one, place) => ({ candidateId: one.id, votes: 52 - place * 4 - (place === 3 ? 20 : 0) })),
    )
    const { id: electionId, version } = view.election
    const heldOn = addDays(ctx.today, -2)
    const held = await holdPoll(ctx, HoldPoll.parse({ electionId, version, heldOn, present: 55, votes }))
    await applyResult(ctx, { electionId, version: held.version, files: [] })
  })
}

/** The county's own committee is up for election: its candidates wait for the superior's opinion, its congress is being prepared. */
async function electCounty(as: Acting, county: string): Promise<void> {
  await as(county, 'officer', 8, async (ctx) => {
    const year = Number(ctx.today.slice(0, 4))
    const before = await planCongress(
      ctx,
      PlanCongress.parse({
        unionId: null,
        kind: 'union',
        number: 8,
        plannedOn: `${year - 5}-12-10`,
        delegatesPlanned: 80,
      }),
    )
    await holdCongress(
      ctx,
      HoldCongress.parse({
        ...before,
        from: `${year - 5}-12-10`,
        to: `${year - 5}-12-11`,
        delegatesPresent: 76,
        reviewedYears: 5,
        reports: ['工会工作报告', '经费审查工作报告'],
        resolutions: ['关于工会工作报告的决议'],
      }),
    )
    const next = await planCongress(
      ctx,
      PlanCongress.parse({
        unionId: null,
        kind: 'union',
        number: 9,
        plannedOn: addDays(ctx.today, 45),
        delegatesPlanned: 80,
      }),
    )
    for (const body of bodies)
      await recordTerm(
        ctx,
        RecordTerm.parse({ unionId: null, body, number: 8, startsOn: `${year - 5}-12-11`, years: 5 }),
      )
    await askElection(
      ctx,
      AskElection.parse({
        unionId: null,
        congressId: next.congressId,
        plannedOn: addDays(ctx.today, 45),
        memberCount: 2400,
        electorate: 'representatives',
        eligible: 80,
        termYears: 5,
        bodies: slateOf(8300),
      }),
    )
  })
}
