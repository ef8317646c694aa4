import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'
import { letterOutcomes } from '../codes/employers.ts'

/** A letter of several departments to an employer that refuses (联合发函, M054, ORG-19): the union is asked for by a day. */
export const sendLetterForm = defineForm({
  path: 'jointLetters.sendLetter',
  noun: 'jointLetters',
  permission: 'organisation:write',
  fields: {
    letterNo: field.line({ max: 60 }),
    departments: field.each({ min: 2, max: 60, most: 12, hint: 'jointLetters.departments.hint' }),
    sentOn: field.date({ initial: 'today' }),
    dueOn: field.date(),
  },
  given: { leadId: z.int().positive(), version: z.int().min(1) },
})

/** What came of a letter. */
export const answerLetterForm = defineForm({
  path: 'jointLetters.answerLetter',
  noun: 'jointLetters',
  permission: 'organisation:write',
  fields: {
    outcome: field.choice(letterOutcomes, {
      initial: 'complied',
      words: 'jointLetters.state',
      label: 'jointLetters.state',
    }),
    on: field.date({ initial: 'today', label: 'jointLetters.outcomeOn' }),
    note: field.optionalLines({ max: 500, label: 'unions.note' }),
  },
  given: { letterId: z.int().positive() },
})

/** Joint letters in sight, those without an outcome first, the earliest deadline on top. */
export const letterView = defineView({
  path: 'jointLetters.listLetters',
  noun: 'jointLetters',
  permission: 'organisation:read',
  columns: {
    letterNo: column.text(),
    employer: column.text({ title: 'employers.name' }),
    refusalReason: column.text({ title: 'leads.refusal' }),
    departments: column.several(),
    sentOn: column.date(),
    dueOn: column.date(),
    state: column.choice(['open', 'overdue', ...letterOutcomes], { filter: true }),
    outcomeOn: column.date({ fileOnly: true }),
    /** The federation that wrote it. */
    body: column.text({ title: 'unions.body' }),
    leadId: column.hidden<number>(),
    tenantId: column.hidden<number>(),
  },
  given: { leadId: z.int().positive().optional() },
  searchable: true,
  firstSort: 'dueOn',
})
