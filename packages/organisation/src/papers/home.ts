import { definePaper, paragraph, writeDay } from '@gonglian/documents'
import { addDays } from '@gonglian/indicators'
import { DomainError, found } from '@gonglian/tenancy'
import { z } from 'zod'

/** The certificate of a 职工之家 or of another title: whoever awarded it signs it, with the number given at the award. */
export const homePaper = definePaper({
  path: 'ratings.home',
  permission: 'organisation:read',
  signedBy: 'rating:award',
  head: 'plain',
  data: z.object({
    holder: z.string(),
    scheme: z.string(),
    level: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
  read: async (ctx, id) => {
    const rating = found(
      await ctx.db
        .selectFrom('organisation.rating')
        .where('id', '=', id)
        .where('grantor_id', '=', ctx.tenantId)
        .select('id')
        .executeTakeFirst(),
    )
    const row = await ctx.db
      .selectFrom('organisation.home_title as t')
      .innerJoin('organisation.rating_scheme as s', 's.id', 't.scheme_id')
      .innerJoin('organisation.rating_level as l', (join) =>
        join.onRef('l.scheme_id', '=', 't.scheme_id').onRef('l.rank', '=', 't.rank'),
      )
      .innerJoin('tenancy.federation as f', 'f.id', 't.tenant_id')
      .leftJoin('organisation.trade_union as u', 'u.id', 't.union_id')
      .where('t.rating_id', '=', rating.id)
      .where('t.grantor_id', '=', ctx.tenantId)
      .where('t.ended_on', 'is', null)
      .where('t.valid_to', '>', ctx.today)
      .select(['t.certificate_no', 't.held_from', 't.valid_to', 's.name_zh as scheme', 'l.name_zh as level'])
      .select((eb) => eb.fn.coalesce('u.name', 'f.name').as('holder'))
      .orderBy('t.id', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) throw new DomainError('conflict', 'papers.rating.noTitle')
    return {
      number: row.certificate_no,
      // The title is held until the day before.
      until: addDays(row.valid_to, -1),
      data: {
        holder: row.holder ?? '',
        scheme: row.scheme,
        level: row.level,
        from: row.held_from,
        to: row.valid_to,
      },
    }
  },
  title: () => '荣誉证书',
  to: ({ holder }) => holder,
  blocks: ({ scheme, level, from, to }) => [
    paragraph(`经评定，授予你单位“${scheme}”${level}称号。`),
    paragraph(`有效期自${writeDay(from)}起至${writeDay(to)}止。`),
    paragraph('特发此证。'),
  ],
})
