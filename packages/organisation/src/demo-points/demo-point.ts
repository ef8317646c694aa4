import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'
import { demoTopics } from '../codes/ratings.ts'

/** Names a union in sight a demonstration point (示范点, M212). */
export const nameDemoPointForm = defineForm({
  path: 'demoPoints.nameDemoPoint',
  noun: 'demoPoints',
  permission: 'organisation:approve',
  fields: {
    unionId: field.find('unions', { label: 'registers.union' }),
    topic: field.choice(demoTopics, { initial: 'home' }),
    reason: field.optionalLines({ max: 300 }),
  },
})

/** Ends one: it can be named anew. */
export const endDemoPointForm = defineForm({
  path: 'demoPoints.endDemoPoint',
  noun: 'demoPoints',
  permission: 'organisation:approve',
  fields: {},
  given: { demoPointId: z.int().positive() },
})

/** Demonstration points in sight: named by the own body or one below, or for an own union by a superior. */
export const demoPointView = defineView({
  path: 'demoPoints.listDemoPoints',
  noun: 'demoPoints',
  permission: 'organisation:read',
  columns: {
    union: column.text({ title: 'registers.union' }),
    topic: column.choice(demoTopics, { filter: true }),
    namedOn: column.date({ sort: true }),
    namedBy: column.text(),
    reason: column.lines(),
    unionId: column.hidden<number>(),
    tenantId: column.hidden<number>(),
  },
  searchable: true,
  byBody: false,
  firstSort: '-namedOn',
})
