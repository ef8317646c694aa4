export { fileKinds } from '@gonglian/domains'
export { openGuesses } from './guesses.ts'
export { createContext, type ApiContext, type Fault, type Translate } from './context.ts'
export { createReadiness, readinessBoundMs, type Readiness } from '@gonglian/inspection'
export { describeError, type Refusal } from './refusal.ts'
export {
  appRouter,
  createCaller,
  type AppRouter,
  type Caller,
  type RouterInputs,
  type RouterOutputs,
} from './router.ts'
export type { SessionView } from './session.ts'
