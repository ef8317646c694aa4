/** The router over HTTP, for the web's server: nobody else speaks tRPC's server side. */
export { createExpressMiddleware } from '@trpc/server/adapters/express'
export { jsonBudget, keepsJsonBudget } from './json-budget.ts'
