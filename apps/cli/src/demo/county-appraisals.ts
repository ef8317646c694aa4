import { addDays } from '@gonglian/indicators'
import {
  CastBallot,
  CloseAppraisal,
  KeepGroupCode,
  ListAppraisals,
  ListMembers,
  ListUnions,
  OpenAppraisal,
  PublishAppraisal,
  castBallot,
  closeAppraisal,
  drawGroupCode,
  fileAppraisal,
  issueSlips,
  keepGroupCode,
  listAppraisals,
  listMembers,
  listUnions,
  openAppraisal,
  printSlips,
  publishAppraisal,
  type ListedUnion,
} from '@gonglian/organisation'
import type { Deps, Role } from '@gonglian/tenancy'
import { actingIn, daysBefore, type Acting } from './acting.ts'

/** Who is in the working group: the roles whose accounts every body of the demonstration with appraisals has. */
const group = ['leader', 'officer', 'reviewer'] as const satisfies readonly Role[]

/** Two small unions appraised by their members: one is through since some weeks, of the other the voting has begun and the group has its codes to take. */
export async function appraiseUnions(deps: Deps, ids: ReadonlyMap<string, number>, code: string): Promise<void> {
  const as = actingIn(deps, ids)
  const { rows } = await as(code, 'officer', 0, (ctx) =>
    listUnions(
      ctx,
      ListUnions.parse({ kinds: ['BASIC_SINGLE'], states: ['active'], sort: 'headcount', pageSize: 200 }),
    ),
  )
  // Small enough to be asked one by one, large enough that nobody is known by the vote.
  const [through, open] = rows.toReversed().filter(({ headcount }) => headcount >= 20)
  if (through === undefined || open === undefined) return
  await conclude(deps, as, code, through)
  await openFor(as, code, open, { daysAgo: 3, days: 10 })
}

type Opened = { readonly appraisalId: number; readonly eligible: number }

/** Every member may vote. */
function openFor(
  as: Acting,
  code: string,
  union: ListedUnion,
  { daysAgo, days }: { readonly daysAgo: number; readonly days: number },
): Promise<Opened> {
  return as(code, 'officer', daysAgo, async (ctx) => {
    const filter = ListMembers.parse({ unionId: union.id, states: ['active'], pageSize: 1 })
    const { total: eligible } = await listMembers(ctx, filter)
    const opened = await openAppraisal(
      ctx,
      OpenAppraisal.parse({
        unionId: union.id,
        closesOn: addDays(ctx.today, days),
        group: group.map((role) => `${code}-${role}`),
        eligible,
      }),
    )
    return { ...opened, eligible }
  })
}

/** The way of an appraisal: codes taken, slips printed, votes, the count by three, the result published and filed. */
async function conclude(deps: Deps, as: Acting, code: string, union: ListedUnion): Promise<void> {
  const { appraisalId, eligible } = await openFor(as, code, union, { daysAgo: 48, days: 9 })
  const codes: string[] = []
  for (const role of group)
    codes.push(
      await as(code, role, 47, async (ctx) => {
        const drawn = await drawGroupCode(ctx, { appraisalId })
        await keepGroupCode(ctx, KeepGroupCode.parse({ appraisalId, code: drawn.code }))
        return drawn.code
      }),
    )
  const { orderId } = await as(code, 'officer', 46, (ctx) => issueSlips(ctx, { appraisalId, count: eligible }))
  const slips = await as(code, 'leader', 46, (ctx) => printSlips(ctx, { orderId }))
  // Some stay away; of those who vote most are content.
  for (const [place, slip] of slips.codes.slice(0, Math.ceil(eligible * 0.9)).entries())
    await castBallot(
      daysBefore(deps, 44),
      CastBallot.parse({
        code: slip,
        choice: place % 11 === 5 ? 'unsatisfied' : place % 4 === 1 ? 'basic' : 'satisfied',
      }),
    )
  await as(code, 'leader', 38, (ctx) => closeAppraisal(ctx, CloseAppraisal.parse({ appraisalId, codes })))
  const published = await as(code, 'officer', 36, async (ctx) => {
    const year = Number(addDays(ctx.today, -12).slice(0, 4))
    const { rows } = await listAppraisals(ctx, ListAppraisals.parse({ year, search: union.name }))
    return publishAppraisal(
      ctx,
      PublishAppraisal.parse({
        appraisalId,
        version: rows.find((row) => row.appraisalId === appraisalId)?.version,
        rectification: '增加文体活动经费公开次数；每季度听取一次会员意见并公布办理结果。',
      }),
    )
  })
  await as(code, 'leader', 30, (ctx) => fileAppraisal(ctx, { appraisalId, version: published.version }))
}
