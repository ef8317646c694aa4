export { FindNextMemberSteps, findNextMemberSteps, memberStepKinds } from './member-steps.ts'
export { FindNextUnionSteps, findNextUnionSteps } from './union-steps.ts'
export { unionStepKinds } from './union-step-kinds.ts'
