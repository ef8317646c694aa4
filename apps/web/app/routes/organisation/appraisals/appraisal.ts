import type { RouterOutputs } from '@gonglian/api'

export type AppraisalList = RouterOutputs['appraisals']['listAppraisals']
export type AppraisalRow = AppraisalList['rows'][number]
/** Slips as they are printed: nobody sees them a second time. */
export type Slips = { readonly unionName: string; readonly closesOn: string; readonly codes: readonly string[] }
