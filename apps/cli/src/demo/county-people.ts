import { addDays } from '@gonglian/indicators'
import {
  ApproveQuota,
  HoldTraining,
  KeepScreeningResult,
  ListOfficers,
  RecordScreening,
  RecordTraining,
  approveQuota,
  holdTraining,
  keepScreeningResult,
  listOfficers,
  openRoom,
  planTraining,
  recordActivity,
  recordScreening,
  recordTraining,
} from '@gonglian/organisation'
import { performCommand } from '@gonglian/records'
import type { TenantContext } from '@gonglian/tenancy'
import { inventPerson } from './names.ts'

/** So many days ago, but in this year: on its first day at the earliest. */
const thisYear = (today: string, daysAgo: number) => {
  const first = `${today.slice(0, 4)}-01-01`
  const day = addDays(today, -daysAgo)
  return day < first ? first : day
}

/** Trainings of officers, one held and one ahead; approved posts; trainings of outgoing workers in their rights. */
export async function trainPeople(ctx: TenantContext): Promise<void> {
  const { today } = ctx
  const held = await performCommand(ctx, planTraining, {
    name: '基层工会干部业务培训班',
    kind: 'class',
    topic: 'general',
    host: '县委党校',
    startsOn: thisYear(today, 40),
    endsOn: thisYear(today, 38),
    plannedPersons: 60,
  })
  const { rows: officers } = await listOfficers(ctx, ListOfficers.parse({ pageSize: 20 }))
  await holdTraining(
    ctx,
    HoldTraining.parse({
      ...held,
      officers: officers.slice(0, 3).map(({ officerId }) => ({ officerId })),
      audience: 48,
    }),
  )
  await performCommand(ctx, planTraining, {
    name: '新任工会主席任职培训',
    kind: 'class',
    topic: 'new_chair',
    host: '州总工会干部学校',
    startsOn: addDays(today, 18),
    endsOn: addDays(today, 20),
    plannedPersons: 20,
  })
  for (const [unitName, category, posts] of [
    ['县总工会机关', 'administrative', 6],
    ['职工服务中心', 'institution', 4],
    ['社会化工会工作者', 'contracted', 8],
  ] as const)
    await approveQuota(
      ctx,
      ApproveQuota.parse({
        unitName,
        category,
        posts,
        document: `汶编发〔${Number(today.slice(0, 4)) - 3}〕12号`,
        validFrom: `${Number(today.slice(0, 4)) - 3}-03-01`,
      }),
    )
  for (const [daysAgo, topic, attendance] of [
    [75, '外出务工人员劳动合同与工资支付', 120],
    [20, '工伤认定与维权途径', 86],
  ] as const)
    await recordTraining(
      ctx,
      RecordTraining.parse({
        heldOn: thisYear(today, daysAgo),
        topic,
        attendance,
        outgoingAttendance: Math.floor(attendance / 2),
      }),
    )
}

/** What was done for women workers this year: activities, rooms, a screening with somebody to ask again. */
export async function careForWomen(
  ctx: TenantContext,
  { rooms, isScreened }: { readonly rooms: readonly string[]; readonly isScreened: boolean },
): Promise<void> {
  const { today } = ctx
  for (const [kind, name, daysAgo, persons] of [
    ['rights_week', '女职工维权行动月法律讲座', 90, 160],
    ['reading', '“书香三八”读书分享会', 60, 45],
    ['care', '单亲困难女职工走访', 15, 12],
  ] as const)
    await performCommand(ctx, recordActivity, { whose: 'body', kind, name, heldOn: thisYear(today, daysAgo), persons })
  for (const place of rooms)
    await performCommand(ctx, openRoom, { whose: 'body', place, openedOn: addDays(today, -500) })
  if (!isScreened) return
  const { screeningId } = await recordScreening(
    ctx,
    RecordScreening.parse({ hospital: '县妇幼保健院', heldOn: thisYear(today, 50), persons: 130 }),
  )
  for (const [index, result] of (['follow_up', 'normal', 'treatment'] as const).entries())
    await keepScreeningResult(
      ctx,
      KeepScreeningResult.parse({
        screeningId,
        name: inventPerson(8101 + index),
        result,
        consentOn: thisYear(today, 50),
        followUpOn: addDays(today, 12 + 20 * index),
      }),
    )
}
