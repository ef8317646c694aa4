import { business, everyRole, theirs, type Entries } from './entry.ts'

/** Everybody has what waits for them, and nobody sees what waits for others: a task of the county is not there for them. */
export const tasks: Entries = {
  'tasks.listTasks': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.countTasks': { allowed: everyRole, ...theirs, open: 'account' },
  'tasks.settleTask': {
    input: ({ urgeId }) => ({ key: 'inspection.urges', id: String(urgeId) }),
    allowed: business,
    sibling: 'not_found',
    child: 'not_found',
    superior: 'not_found',
  },
}
