import { definePaper, heading, paragraph, writeDay } from '@gonglian/documents'
import { DomainError, found } from '@gonglian/tenancy'
import { z } from 'zod'

/** 批复: the federation approves the founding of a union. Its number is the one that the leader gave at the approval. */
export const approvalPaper = definePaper({
  path: 'unions.approval',
  permission: 'organisation:read',
  signedBy: 'organisation:approve',
  head: 'red',
  data: z.object({
    union: z.string(),
    code: z.string(),
    appliedOn: z.iso.date().nullable(),
    /** A body that is dispatched (工委) elects nobody. */
    isElected: z.boolean(),
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
          'u.kind',
          'u.applied_on',
          'u.approved_on',
          'u.approval_no',
          'u.ended_on',
          'f.name as issuer',
        ])
        .executeTakeFirst(),
      'organisation.union.notFound',
    )
    if (row.ended_on !== null) throw new DomainError('conflict', 'organisation.union.ended')
    if (row.approved_on === null || row.code === null) throw new DomainError('conflict', 'papers.union.notApproved')
    return {
      number: row.approval_no === '' ? null : row.approval_no,
      data: {
        union: row.name,
        code: row.code,
        appliedOn: row.applied_on,
        isElected: row.kind !== 'WORK_COMMITTEE',
        issuer: row.issuer,
      },
    }
  },
  title: ({ union, issuer }) => `${issuer}关于同意成立${union}的批复`,
  to: ({ union }) => `${union}筹备组`,
  blocks: ({ union, code, appliedOn, isElected }) => [
    paragraph(
      `你们${appliedOn === null ? '' : writeDay(appliedOn)}关于成立${union}的申请收悉。根据《中华人民共和国工会法》《中国工会章程》的有关规定，经研究，现批复如下：`,
    ),
    heading('一、组织设立'),
    paragraph(`同意成立${union}，工会编号为${code}。`),
    heading(isElected ? '二、选举事项' : '二、机构组成'),
    paragraph(
      isElected
        ? '请依照《工会基层组织选举工作条例》的规定，召开会员大会或者会员代表大会，采用无记名投票方式选举产生工会委员会、经费审查委员会和女职工委员会，选举结果报我会批准。'
        : '该机构为我会的派出机构，组成人员由我会按照有关规定任命。',
    ),
    heading('三、后续工作'),
    paragraph(
      '工会成立后，具备法人条件的，请依照《基层工会法人登记管理办法》申请办理法人资格登记；请依法独立管理和使用工会经费，组织职工加入工会，履行维护职工合法权益、竭诚服务职工群众的基本职责。',
    ),
    paragraph('此复。'),
  ],
})
