import { definePaper, paragraph, table, writeDay } from '@gonglian/documents'
import { DomainError, found } from '@gonglian/tenancy'
import { z } from 'zod'

/** 工会法人资格登记: the superior says that it has registered a union as a legal person, under the number of the certificate. */
export const legalPersonPaper = definePaper({
  path: 'unions.legalPerson',
  permission: 'organisation:read',
  signedBy: 'organisation:approve',
  head: 'plain',
  data: z.object({
    union: z.string(),
    code: z.string(),
    certificateNo: z.string(),
    registeredOn: z.iso.date(),
    office: z.string(),
    issuer: z.string(),
  }),
  read: async (ctx, id) => {
    const row = found(
      await ctx.db
        .selectFrom('organisation.trade_union as u')
        .innerJoin('tenancy.federation as f', 'f.id', 'u.tenant_id')
        .where('u.id', '=', id)
        .where('u.tenant_id', '=', ctx.tenantId)
        .select([
          'u.name',
          'u.code',
          'u.legal_person_no',
          'u.legal_person_on',
          'u.office',
          'u.ended_on',
          'f.name as issuer',
        ])
        .executeTakeFirst(),
      'organisation.union.notFound',
    )
    if (row.ended_on !== null) throw new DomainError('conflict', 'organisation.union.ended')
    if (row.legal_person_on === null || row.legal_person_no === '')
      throw new DomainError('conflict', 'papers.union.notAccredited')
    return {
      number: row.legal_person_no,
      data: {
        union: row.name,
        code: row.code ?? '',
        certificateNo: row.legal_person_no,
        registeredOn: row.legal_person_on,
        office: row.office,
        issuer: row.issuer,
      },
    }
  },
  title: () => '工会法人资格登记证明',
  blocks: ({ union, code, certificateNo, registeredOn, office, issuer }) => [
    paragraph(
      `根据《中华人民共和国工会法》《基层工会法人登记管理办法》的有关规定，${union}已于${writeDay(registeredOn)}办理工会法人资格登记，依法取得社会团体法人资格。登记事项如下：`,
    ),
    table(
      ['登记事项', '内容'],
      [
        ['名称', union],
        ['工会编号', code],
        ['证书编号', certificateNo],
        ...(office === '' ? [] : [['住所', office]]),
        ['登记日期', writeDay(registeredOn)],
        ['登记机关', issuer],
      ],
    ),
    paragraph('特此证明。'),
  ],
})
