import { addDays } from '@gonglian/indicators'
import {
  ListLeads,
  ListUnions,
  RestructureEmployer,
  getEmployer,
  getUnion,
  listLeads,
  listUnions,
  nameDemonstration,
  openCampaign,
  restructureEmployer,
  sendLetter,
} from '@gonglian/organisation'
import { performCommand } from '@gonglian/records'
import type { TenantContext } from '@gonglian/tenancy'

/** What the census led to: a campaign month, a letter to the employer that refuses, an example, an employer that was restructured. */
export async function stirUnions(ctx: TenantContext): Promise<void> {
  await performCommand(ctx, openCampaign, {
    name: '建会集中行动月',
    startsOn: addDays(ctx.today, -25),
    endsOn: addDays(ctx.today, 5),
    unionGoal: 6,
    unitGoal: 10,
  })
  const { rows: leads } = await listLeads(ctx, ListLeads.parse({ states: ['refused'] }))
  for (const lead of leads)
    await performCommand(ctx, sendLetter, {
      leadId: lead.id,
      version: lead.version,
      letterNo: `汶工联函〔${ctx.today.slice(0, 4)}〕1号`,
      departments: ['县人力资源和社会保障局', '县税务局', '县市场监督管理局'],
      sentOn: ctx.today,
      dueOn: addDays(ctx.today, 30),
    })
  const { rows: unions } = await listUnions(ctx, ListUnions.parse({ kinds: ['BASIC_SINGLE'], states: ['active'] }))
  const [example, , , , , restructured] = unions
  if (example)
    await performCommand(ctx, nameDemonstration, {
      unionId: example.id,
      title: '党工共建示范点',
      partyBranch: '企业党支部',
      on: addDays(ctx.today, -120),
    })
  if (restructured) await restructure(ctx, restructured.id)
}

async function restructure(ctx: TenantContext, unionId: number): Promise<void> {
  const { union } = await getUnion(ctx, unionId)
  if (union.employer_id === null) return
  const { employer } = await getEmployer(ctx, union.employer_id)
  await restructureEmployer(
    ctx,
    RestructureEmployer.parse({
      employerId: employer.id,
      version: employer.version,
      on: addDays(ctx.today, -35),
      reason: '改制为股份合作企业',
    }),
  )
}
