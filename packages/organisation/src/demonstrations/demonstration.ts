import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'

/** Names a unit as an example of building party and union together (党工共建示范点, M079). */
export const nameDemonstrationForm = defineForm({
  path: 'demonstrations.nameDemonstration',
  noun: 'demonstrations',
  permission: 'organisation:approve',
  fields: {
    unionId: field.find('unions', { label: 'unions.name' }),
    title: field.line({ min: 2, max: 80, label: 'demonstrations.name' }),
    partyBranch: field.optionalLine({ max: 120 }),
    on: field.date({ initial: 'today', label: 'demonstrations.namedOn' }),
  },
})

/** Takes the name back. */
export const endDemonstrationForm = defineForm({
  path: 'demonstrations.endDemonstration',
  noun: 'demonstrations',
  permission: 'organisation:approve',
  fields: { on: field.date({ initial: 'today', label: 'unions.end.on' }) },
  given: { demonstrationId: z.int().positive() },
})

/** Units that are examples today. */
export const demonstrationView = defineView({
  path: 'demonstrations.listDemonstrations',
  noun: 'demonstrations',
  permission: 'organisation:read',
  columns: {
    title: column.text({ title: 'demonstrations.name' }),
    union: column.text({ title: 'unions.name' }),
    partyBranch: column.text(),
    namedOn: column.date({ sort: true }),
    /** The federation that named it. */
    body: column.text({ title: 'unions.body' }),
    unionId: column.hidden<number>(),
    tenantId: column.hidden<number>(),
  },
  given: { unionId: z.int().positive().optional() },
  searchable: true,
  firstSort: '-namedOn',
})
