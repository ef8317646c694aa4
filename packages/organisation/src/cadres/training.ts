import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'
import { trainingKinds, trainingStates, trainingTopics } from '../codes/cadres.ts'

/** A training of the own body (M174, M209): a class, a lecture of a tour (巡回讲堂), an exchange meeting, or people sent to somebody else's class. */
export const planTrainingForm = defineForm({
  path: 'trainings.planTraining',
  noun: 'trainings',
  permission: 'organisation:write',
  fields: {
    name: field.line({ min: 2, max: 80 }),
    kind: field.choice(trainingKinds, { initial: 'class' }),
    topic: field.choice(trainingTopics, { initial: 'general' }),
    host: field.optionalLine({ max: 120 }),
    startsOn: field.date({ initial: 'today' }),
    endsOn: field.date({ initial: 'today' }),
    plannedPersons: field.whole({ min: 0, max: 100_000, initial: '0' }),
  },
  refuse: ({ startsOn, endsOn }) => (endsOn < startsOn ? { path: 'endsOn', key: 'organisation.endsBefore' } : null),
})

/** One that was not held: it no longer counts as planned. */
export const cancelTrainingForm = defineForm({
  path: 'trainings.cancelTraining',
  noun: 'trainings',
  permission: 'organisation:write',
  fields: {},
  given: { trainingId: z.int().positive(), version: z.int().positive() },
})

/** The training register of a year, with what was planned and what was done: classes, meetings and person-times (M174). */
export const trainingView = defineView({
  path: 'trainings.listTrainings',
  noun: 'trainings',
  permission: 'organisation:read',
  columns: {
    name: column.text(),
    kind: column.choice(trainingKinds, { filter: true }),
    topic: column.choice(trainingTopics, { filter: true }),
    host: column.text({ fileOnly: true }),
    startsOn: column.date({ sort: true }),
    endsOn: column.date(),
    state: column.choice(trainingStates, { filter: true }),
    plannedPersons: column.number(),
    personTimes: column.number(),
    body: column.text({ title: 'registers.body' }),
    version: column.hidden<number>(),
    tenantId: column.hidden<number>(),
  },
  searchable: true,
  firstSort: '-startsOn',
  year: 'startsOn',
})
