import { wakeFeeds } from '@gonglian/indicators'
import { defineCommand, defineList, refuseField } from '@gonglian/records'
import { found } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { holdLead, moveLead } from '../census/leads.ts'
import { escapeLike, likeName } from '../numbers/names.ts'
import { visitForm, visitView } from './visit.ts'

export const listVisits = defineList(visitView, {
  rows: (ctx, { employerId }) =>
    ctx.db
      .selectFrom('organisation.visit as v')
      .innerJoin('tenancy.federation as f', 'f.id', 'v.tenant_id')
      .leftJoin('organisation.employer as e', 'e.id', 'v.employer_id')
      .$if(employerId !== undefined, (query) => query.where('v.employer_id', '=', employerId ?? 0))
      .select([
        'v.id',
        'v.tenant_id as tenantId',
        'f.short_name as body',
        'v.employer_id as employerId',
        'e.name as employer',
        'e.name_key as nameKey',
        'v.park',
        'v.visited_on as visitedOn',
        'v.purpose',
        'v.visitors',
        'v.found_out as foundOut',
        'v.next_step as nextStep',
      ]),
  search: (words) => sql`(r."nameKey" like ${likeName(words)} or r.park like ${`%${escapeLike(words)}%`})`,
  facetCount: sql`count(distinct r."employerId")`,
})

/**
 * Notes a visit. The first visit to an employer whose lead was only found, or that had refused, makes contact.
 *
 * @throws DomainError invalid for a day to come; not_found for an employer of another body
 */
export const recordVisit = defineCommand(visitForm, {
  action: 'visit.record',
  object: 'visit',
  run: async (ctx, input) => {
    if (input.visitedOn > ctx.today) throw refuseField('visitedOn', 'organisation.future')
    const employerId = input.place === 'employer' ? input.employerId : undefined
    const employer =
      employerId === undefined
        ? undefined
        : found(
            await ctx.db
              .selectFrom('organisation.employer')
              .select(['id', 'park'])
              .where('id', '=', employerId)
              .where('tenant_id', '=', ctx.tenantId)
              .executeTakeFirst(),
            'organisation.employer.notFound',
          )
    const open = employer
      ? await ctx.db
          .selectFrom('organisation.lead')
          .select('id')
          .where('employer_id', '=', employer.id)
          .where('ended_on', 'is', null)
          .executeTakeFirst()
      : undefined
    const { id } = await ctx.db
      .insertInto('organisation.visit')
      .values({
        tenant_id: ctx.tenantId,
        employer_id: employer?.id ?? null,
        lead_id: open?.id ?? null,
        park: employer?.park ?? input.park,
        visited_on: input.visitedOn,
        purpose: input.purpose,
        visitors: input.visitors,
        found_out: input.foundOut,
        next_step: input.nextStep,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    wakeFeeds(ctx)
    if (open) {
      const lead = await holdLead(ctx, open.id)
      // A visit noted later than the lead was opened still is the first contact.
      const on = input.visitedOn < lead.found_on ? lead.found_on : input.visitedOn
      if (lead.state === 'found' || lead.state === 'refused') await moveLead(ctx, lead, 'contacted', { on })
    }
    return {
      answer: { visitId: id, leadId: open?.id ?? null },
      objectId: id,
      after: { purpose: input.purpose, on: input.visitedOn },
    }
  },
})
