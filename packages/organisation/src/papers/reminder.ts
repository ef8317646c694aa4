import { definePaper, heading, paragraph, writeDay } from '@gonglian/documents'
import { DomainError, found } from '@gonglian/tenancy'
import { z } from 'zod'
import { termBodies } from '../codes/terms.ts'
import { readLimit } from '../limits.ts'
import { unionLimits } from '../unions/union-limits.ts'

const bodyNames: Readonly<Record<(typeof termBodies)[number], string>> = {
  congress: '会员代表大会',
  union_committee: '工会委员会',
  audit_committee: '经费审查委员会',
  women_committee: '女职工委员会',
}

/** 换届提醒: the federation reminds a union of its register that a term ends. It decides nothing, so it has no number and nobody signs it. */
export const reminderPaper = definePaper({
  path: 'terms.reminder',
  permission: 'organisation:read',
  signedBy: null,
  head: 'plain',
  data: z.object({
    union: z.string(),
    body: z.enum(termBodies),
    number: z.int(),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    isOver: z.boolean(),
    /** For how many months a term may be extended. */
    months: z.int(),
  }),
  read: async (ctx, id) => {
    const row = found(
      await ctx.db
        .selectFrom('organisation.term as t')
        .innerJoin('organisation.trade_union as u', 'u.id', 't.union_id')
        .where('t.id', '=', id)
        .where('t.tenant_id', '=', ctx.tenantId)
        .select(['u.name', 't.body', 't.number', 't.starts_on', 't.ends_on', 't.ended_on'])
        .select(['t.extended_to', 't.extension_state'])
        .executeTakeFirst(),
      'organisation.term.notFound',
    )
    if (row.ended_on !== null) throw new DomainError('conflict', 'papers.term.ended')
    const endsOn = row.extension_state === 'approved' ? (row.extended_to ?? row.ends_on) : row.ends_on
    return {
      number: null,
      data: {
        union: row.name,
        body: row.body,
        number: row.number,
        startsOn: row.starts_on,
        endsOn,
        isOver: endsOn < ctx.today,
        months: await readLimit(ctx, unionLimits.extensionMonths),
      },
    }
  },
  title: () => '关于做好工会换届选举工作的提醒函',
  to: ({ union }) => union,
  blocks: ({ body, number, startsOn, endsOn, isOver, months }) => [
    paragraph(
      `你会第${number}届${bodyNames[body]}自${writeDay(startsOn)}起任职，任期${isOver ? `已于${writeDay(endsOn)}届满，尚未换届` : `将于${writeDay(endsOn)}届满`}。根据《中国工会章程》《工会基层组织选举工作条例》的有关规定，现提醒如下：`,
    ),
    heading('一、按期换届'),
    paragraph(
      isOver
        ? `请抓紧筹备，尽快召开会员大会或者会员代表大会，选举产生新一届${bodyNames[body]}。`
        : `请提前筹备，在任期届满前召开会员大会或者会员代表大会，选举产生新一届${bodyNames[body]}。`,
    ),
    heading('二、报批事项'),
    paragraph('请在选举前将换届选举请示、候选人名单等材料报我会审批，选举后将选举结果报我会批准。'),
    heading('三、延期换届'),
    paragraph(`确需延期换届的，请书面说明理由，报我会批准后执行；延期一般不超过${months}个月。`),
    paragraph('请将换届工作安排及时报送我会。'),
  ],
})
