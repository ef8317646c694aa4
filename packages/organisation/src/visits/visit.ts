import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'
import { visitPurposes } from '../codes/employers.ts'

/** A visit to an enterprise or a park (进园区、进企业, M023): exactly one of the two. */
export const visitForm = defineForm({
  path: 'visits.recordVisit',
  noun: 'visits',
  permission: 'organisation:write',
  fields: {
    place: field.choice(['employer', 'park'], { initial: 'employer' }),
    employerId: field.optionalFind('employers', { label: 'employers.name', when: ({ place }) => place === 'employer' }),
    park: field.optionalLine({ label: 'employers.park', max: 80, when: ({ place }) => place === 'park' }),
    visitedOn: field.date({ initial: 'today' }),
    purpose: field.choice(visitPurposes, { initial: 'mobilise' }),
    visitors: field.whole({ min: 1, max: 500, initial: '2' }),
    foundOut: field.optionalLines({ max: 1000 }),
    nextStep: field.optionalLine({ max: 300 }),
  },
  refuse: ({ place, employerId, park }) => {
    if (place === 'park') return park === '' ? { path: 'park', key: 'errors.inputMissing' } : null
    return employerId === undefined ? { path: 'employerId', key: 'errors.inputMissing' } : null
  },
})

/** Visits in sight, the latest first, and how many each park had. */
export const visitView = defineView({
  path: 'visits.listVisits',
  noun: 'visits',
  permission: 'organisation:read',
  columns: {
    visitedOn: column.date({ sort: true, filter: true }),
    employer: column.text({ title: 'employers.name' }),
    park: column.text({ title: 'employers.park' }),
    purpose: column.choice(visitPurposes, { filter: true }),
    visitors: column.number(),
    foundOut: column.lines(),
    nextStep: column.lines(),
    /** The federation whose people went. */
    body: column.text({ title: 'unions.body' }),
    employerId: column.hidden<number | null>(),
  },
  given: { employerId: z.int().positive().optional() },
  searchable: true,
  firstSort: '-visitedOn',
  facet: { column: 'park', text: 'visits.parks.employers' },
})
