import { defineApproval } from '@gonglian/approvals'
import { DomainError } from '@gonglian/tenancy'
import { z } from 'zod'
import { termBodies } from '../codes/terms.ts'
import { recordStep } from '../steps.ts'

/** An extension of a term (延期换届, DL-04): approved once by the next level; until then the term ends when it ends. */
export const termExtension = defineApproval({
  key: 'term.extension',
  permission: 'organisation:write',
  slots: [],
  typed: z.object({
    name: z.string(),
    body: z.enum(termBodies),
    number: z.int(),
    endsOn: z.iso.date(),
    to: z.iso.date(),
    reason: z.string(),
  }),
  show: ({ name, body, number, endsOn, to, reason }) => ({
    facts: [
      { label: 'unions.name', value: name },
      { label: 'terms.of', value: body, words: 'unions.termOf' },
      { label: 'approvals.term.number', value: String(number) },
      { label: 'terms.to', value: endsOn },
      { label: 'terms.extend.to', value: to },
      { label: 'unions.end.reason', value: reason },
    ],
    tables: [],
  }),
  approve: async (ctx, { objectId }, _typed, { paperNo, on }) => {
    const term = await ctx.db
      .selectFrom('organisation.term')
      .selectAll()
      .where('id', '=', objectId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    // It ended meanwhile: there is nothing left to extend.
    if (term.extension_state !== 'asked' || term.ended_on !== null)
      throw new DomainError('conflict', 'organisation.term.notAsked')
    await ctx.db
      .updateTable('organisation.term')
      .set({ extension_state: 'approved', extended_on: on, extension_no: paperNo, version: term.version + 1 })
      .where('id', '=', objectId)
      .execute()
    await recordStep(ctx, { kind: 'term', id: objectId, from: term.state, to: 'extended', reason: paperNo })
  },
  release: async (ctx, { objectId, reason }) => {
    const term = await ctx.db
      .selectFrom('organisation.term')
      .selectAll()
      .where('id', '=', objectId)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (term.extension_state !== 'asked') return
    await ctx.db
      .updateTable('organisation.term')
      .set({ extension_state: 'refused', extended_to: null, version: term.version + 1 })
      .where('id', '=', objectId)
      .execute()
    await recordStep(ctx, { kind: 'term', id: objectId, from: term.state, to: term.state, reason })
  },
})
