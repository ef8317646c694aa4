import type { RequestHandler } from 'express'

export type Readiness = Readonly<Record<string, { readonly ok: boolean; readonly detail?: string }>>

/** The process runs. Says nothing of what it depends on: a restart would not mend a database. */
export const answerHealth: RequestHandler = (_request, response) => {
  response.setHeader('Cache-Control', 'no-store')
  response.json({ status: 'ok' })
}

/** Database, queue and worker, each by name; 503 while one of them is missing. */
export function answerReadiness(readReadiness: () => Promise<Readiness>): RequestHandler {
  return (_request, response, next) => {
    readReadiness().then((parts) => {
      const ready = Object.values(parts).every((part) => part.ok)
      response.setHeader('Cache-Control', 'no-store')
      response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', parts })
    }, next)
  }
}
