import { definePaper, paragraph, table, writeDay } from '@gonglian/documents'
import { DomainError, found } from '@gonglian/tenancy'
import { z } from 'zod'

/** 会员证: the card that a member holds, with its number. */
export const cardPaper = definePaper({
  path: 'members.card',
  permission: 'member:read',
  // Not signed: what is signed is kept for good, and the card holds a name.
  signedBy: null,
  head: 'plain',
  data: z.object({
    name: z.string(),
    union: z.string(),
    cardNo: z.string(),
    joinedOn: z.iso.date().nullable(),
    givenOn: z.iso.date().nullable(),
  }),
  read: async (ctx, id) => {
    const row = found(
      await ctx.db
        .selectFrom('organisation.member as m')
        .innerJoin('organisation.trade_union as u', 'u.id', 'm.union_id')
        .where('m.id', '=', id)
        .where('m.tenant_id', '=', ctx.tenantId)
        .select(['m.name', 'm.state', 'm.card_no', 'm.card_on', 'm.joined_on', 'u.name as union'])
        .executeTakeFirst(),
    )
    if (row.card_no === null || (row.state !== 'active' && row.state !== 'retained'))
      throw new DomainError('conflict', 'papers.member.noCard')
    return {
      number: row.card_no,
      data: {
        name: row.name,
        union: row.union,
        cardNo: row.card_no,
        joinedOn: row.joined_on,
        givenOn: row.card_on,
      },
    }
  },
  title: () => '中华全国总工会会员证',
  blocks: ({ name, union, cardNo, joinedOn, givenOn }) => [
    table(
      ['项目', '内容'],
      [
        ['姓名', name],
        ['所在工会', union],
        ['会员证号', cardNo],
        ...(joinedOn === null ? [] : [['入会日期', writeDay(joinedOn)]]),
        ...(givenOn === null ? [] : [['发证日期', writeDay(givenOn)]]),
      ],
    ),
    paragraph('持证人为中国工会会员，依照《中国工会章程》享有会员权利，履行会员义务。'),
  ],
})
