import type { RouterOutputs } from '@gonglian/api'

export type DeskData = RouterOutputs['desk']['getDesk']
export type TaskKind = RouterOutputs['tasks']['listTasks']['kinds'][number]
export type TaskLine = TaskKind['rows'][number]
export type Standing = DeskData['standings'][number]
export type Change = DeskData['changes'][number]
export type Blockers = NonNullable<DeskData['blockers']>[number]
