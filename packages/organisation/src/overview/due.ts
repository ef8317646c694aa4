import { defineDue, type DueKind } from '@gonglian/tasks'
import { sql } from 'kysely'
import { termEnd } from '../terms/term-end.ts'

/** Days that come, of what the records hold. What only the body itself may see stands in its own count alone. */
export const organisationDue: readonly DueKind[] = [
  defineDue({
    key: 'organisation.terms',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select t.tenant_id, ${termEnd} as due from organisation.term t
      where t.ended_on is null and t.state <> 'in_election' and t.ends_on <= ${until}::date`,
    to: (until) => `/organisation/terms?terms.is.endsBy=${until}`,
  }),
  defineDue({
    key: 'organisation.elections',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select tenant_id, planned_on as due from organisation.election where state in ('asked', 'approved') and planned_on <= ${until}::date`,
    to: () => '/organisation/elections',
  }),
  defineDue({
    key: 'organisation.titles',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select tenant_id, valid_to as due from organisation.home_title where ended_on is null and valid_to <= ${until}::date`,
    to: () => '/organisation/ratings',
  }),
  defineDue({
    key: 'organisation.projects',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select tenant_id, expected_end_on as due from organisation.trade_union
      where ended_on is null and state in ('active', 'restructuring') and expected_end_on <= ${until}::date`,
    to: () => '/organisation/unions?unions.is.marks=ending',
  }),
  defineDue({
    key: 'organisation.leads',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select tenant_id, due_on as due from organisation.lead where state = 'found' and ended_on is null and due_on <= ${until}::date`,
    to: () => '/organisation/census?leads.is.state=found',
  }),
  defineDue({
    key: 'organisation.letters',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select tenant_id, due_on as due from organisation.joint_letter where outcome is null and due_on <= ${until}::date`,
    to: () => '/organisation/letters',
  }),
  defineDue({
    key: 'organisation.transfers',
    permission: 'member:read',
    rows: ({ until }) => sql`
      select to_tenant_id as tenant_id, expires_on as due from organisation.transfer
      where state = 'requested' and expires_on <= ${until}::date and to_tenant_id = tenancy.current_tenant()`,
    to: () => '/organisation/transfers?direction=received&transfers.is.state=requested',
  }),
  defineDue({
    key: 'organisation.screenings',
    permission: 'member:read',
    rows: ({ until }) => sql`
      select tenant_id, follow_up_on as due from organisation.screening_result
      where tenant_id = tenancy.current_tenant() and followed_up_on is null and follow_up_on <= ${until}::date`,
    to: () => '/organisation/women/screenings',
  }),
  defineDue({
    key: 'organisation.contracts',
    permission: 'organisation:read',
    rows: ({ until }) => sql`
      select tenant_id, contract_ends_on as due from organisation.officer
      where valid_to is null and contract_ends_on <= ${until}::date`,
    to: () => '/organisation/cadres',
  }),
]
