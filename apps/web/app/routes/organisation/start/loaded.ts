import type { RouterOutputs } from '@gonglian/api'

export type OverviewData = RouterOutputs['overview']['readOverview']
export type OverviewFigure = OverviewData['figures'][number]
