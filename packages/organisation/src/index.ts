export { organisationFeeds } from './feeds/index.ts'
export { foldName } from './names.ts'
export { listSteps, recordStep, type Move, type ObjectKind, type Step } from './steps.ts'
