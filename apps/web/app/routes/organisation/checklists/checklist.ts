import type { RouterOutputs } from '@gonglian/api'
export { checklistPurposes as purposes, companionKinds, evidenceKinds } from '@gonglian/organisation/codes'

export type ChecklistRow = RouterOutputs['checklists']['listChecklists']['rows'][number]
export type Checklist = RouterOutputs['checklists']['getChecklist']
/** Bodies whose records answer an item by themselves. */
