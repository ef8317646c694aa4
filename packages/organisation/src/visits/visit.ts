import {
  choice,
  choiceColumn,
  date,
  dateColumn,
  defineForm,
  defineView,
  hiddenColumn,
  linesColumn,
  numberColumn,
  optionalFind,
  optionalLine,
  optionalLines,
  textColumn,
  whole,
} from '@gonglian/records/declared'
import { z } from 'zod'
import { visitPurposes } from '../codes/employers.ts'

/** A visit to an enterprise or a park (进园区、进企业, M023): exactly one of the two. */
export const visitForm = defineForm({
  path: 'visits.recordVisit',
  noun: 'visits',
  fields: {
    place: choice(['employer', 'park'], { initial: 'employer' }),
    employerId: optionalFind('employers', { label: 'visits.employer', when: ({ place }) => place === 'employer' }),
    park: optionalLine({ max: 80, when: ({ place }) => place === 'park' }),
    visitedOn: date({ initial: 'today' }),
    purpose: choice(visitPurposes, { initial: 'mobilise' }),
    visitors: whole({ min: 1, max: 500, initial: '2' }),
    foundOut: optionalLines({ max: 1000 }),
    nextStep: optionalLine({ max: 300 }),
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
  columns: {
    visitedOn: dateColumn({ sort: true, filter: true }),
    employer: textColumn(),
    park: textColumn(),
    purpose: choiceColumn(visitPurposes, { filter: true }),
    visitors: numberColumn(),
    foundOut: linesColumn(),
    nextStep: linesColumn(),
    /** The federation whose people went. */
    body: textColumn({ title: 'unions.body' }),
    employerId: hiddenColumn<number | null>(),
  },
  given: { employerId: z.int().positive().optional() },
  searchable: true,
  firstSort: '-visitedOn',
  facet: { column: 'park', text: 'visits.parks.employers' },
})
