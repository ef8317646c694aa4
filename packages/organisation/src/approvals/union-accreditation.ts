import { defineApproval } from '@gonglian/approvals'
import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, recordAudit } from '@gonglian/tenancy'
import { z } from 'zod'

/** Registration of a union as a legal person (工会法人资格, ORG-20), by a federation of county level or above. The paper is the certificate. */
export const unionAccreditation = defineApproval({
  key: 'union.accreditation',
  permission: 'organisation:write',
  slots: ['certificate'],
  typed: z.object({ name: z.string(), code: z.string(), foundedOn: z.iso.date().nullable(), members: z.int() }),
  show: ({ name, code, foundedOn, members }) => ({
    facts: [
      { label: 'unions.name', value: name },
      { label: 'approvals.union.code', value: code },
      { label: 'approvals.union.foundedOn', value: foundedOn ?? '' },
      { label: 'approvals.union.headcount', value: String(members) },
    ],
    tables: [],
  }),
  approve: async (ctx, { objectId }, _typed, { paperNo, on }) => {
    const row = await ctx.db
      .updateTable('organisation.trade_union')
      .set((eb) => ({ legal_person_no: paperNo, legal_person_on: on, version: eb('version', '+', 1) }))
      .where('id', '=', objectId)
      .where('state', '=', 'active')
      .returning('id')
      .executeTakeFirst()
    if (row === undefined) throw new DomainError('conflict', 'organisation.union.notActive')
    await recordAudit(ctx, {
      action: 'union.accredit',
      objectKind: 'union',
      objectId,
      after: { certificate: paperNo, on },
    })
    wakeFeeds(ctx)
  },
  release: () => Promise.resolve(),
})
