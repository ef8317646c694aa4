import type { Readiness } from '@gonglian/api'
import type { RequestHandler } from 'express'

/** The process runs. Says nothing of what it depends on: a restart would not mend a database. */
export const answerHealth: RequestHandler = (_request, response) => {
  response.setHeader('Cache-Control', 'no-store')
  response.json({ status: 'ok' })
}

/** Database, queue and worker, each by name, and what waits for the worker; 503 while a part is missing. */
export function answerReadiness(readReadiness: () => Promise<Readiness>): RequestHandler {
  return (_request, response, next) => {
    readReadiness().then(({ parts, backlog }) => {
      const ready = Object.values(parts).every((part) => part.ok)
      response.setHeader('Cache-Control', 'no-store')
      response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', parts, backlog })
    }, next)
  }
}
