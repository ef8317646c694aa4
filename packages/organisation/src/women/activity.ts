import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { womenActivityKinds } from '../codes/women.ts'
import { keeperFields, refuseNoUnion } from './keeper.ts'

/** What was done for and by women workers (M034). */
export const recordActivityForm = defineForm({
  path: 'womenActivities.recordActivity',
  noun: 'womenActivities',
  permission: 'organisation:write',
  fields: {
    ...keeperFields,
    name: field.line({ min: 2, max: 80 }),
    kind: field.choice(womenActivityKinds, { initial: 'other' }),
    heldOn: field.date({ initial: 'today' }),
    persons: field.whole({ min: 0, max: 1_000_000 }),
  },
  refuse: (input) => refuseNoUnion(input),
})

/** The activities of a year in sight, newest first, with all persons. */
export const activityView = defineView({
  path: 'womenActivities.listActivities',
  noun: 'womenActivities',
  permission: 'organisation:read',
  columns: {
    name: column.text(),
    kind: column.choice(womenActivityKinds, { filter: true }),
    /** The union, or the body itself. */
    keeper: column.text({ title: 'women.place' }),
    heldOn: column.date({ sort: true }),
    persons: column.number({ sort: true }),
    body: column.text({ title: 'registers.body', fileOnly: true }),
  },
  searchable: true,
  firstSort: '-heldOn',
  year: 'heldOn',
})
