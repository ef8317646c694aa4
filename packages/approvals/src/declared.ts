import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'
import { applicationStates } from './states.ts'

export { applicationStates, type ApplicationState } from './states.ts'

const seen = { applicationId: z.int().positive(), version: z.int().min(1) }

const columns = {
  title: column.text({ title: 'approvals.subject' }),
  /** The other body. */
  body: column.text(),
  state: column.choice(applicationStates, { filter: true }),
  appliedOn: column.date({ sort: true, filter: true }),
  dueOn: column.date({ sort: true, filter: true }),
  isLate: column.yes(),
  decidedOn: column.date({ sort: true }),
  paperNo: column.text(),
  kind: column.hidden<string>(),
} as const

/** What those below have applied for, the longest waiting first. */
export const receivedView = defineView({
  path: 'applications.listReceived',
  noun: 'approvals',
  permission: 'approval:read',
  columns,
  searchable: true,
  byBody: false,
  firstSort: 'dueOn',
})

/** What the own body has applied for. */
export const sentView = defineView({
  path: 'applications.listSent',
  noun: 'approvals',
  permission: 'approval:read',
  columns,
  searchable: true,
  byBody: false,
  firstSort: '-appliedOn',
})

export const proposeForm = defineForm({
  path: 'applications.proposeDecision',
  noun: 'approvals',
  permission: 'approval:propose',
  fields: {
    proposal: field.choice(['approve', 'return'], { initial: 'approve' }),
    opinion: field.lines({ min: 2, max: 500 }),
  },
  given: seen,
})

export const approveForm = defineForm({
  path: 'applications.approveApplication',
  noun: 'approvals',
  permission: 'approval:decide',
  fields: {},
  given: seen,
})

export const returnForm = defineForm({
  path: 'applications.returnApplication',
  noun: 'approvals',
  permission: 'approval:decide',
  fields: { reason: field.lines({ min: 2, max: 500 }) },
  given: seen,
})

export const withdrawForm = defineForm({
  path: 'applications.withdrawApplication',
  noun: 'approvals',
  permission: 'approval:apply',
  fields: { reason: field.lines({ min: 2, max: 500 }) },
  given: seen,
})
