import { isRouteErrorResponse, Link, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import { z } from 'zod'
import type { loader as rootLoader } from '../../root.tsx'

/** What the server said against it, in the reader's language. */
const Said = z.object({
  message: z.string().min(1),
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
})

const kinds = { 400: 'invalid', 403: 'forbidden', 404: 'notFound' } as const

function findKind(status: number): (typeof kinds)[keyof typeof kinds] | 'error' {
  return status === 400 || status === 403 || status === 404 ? kinds[status] : 'error'
}

/** What a reader sees instead of a page that can't be shown: what happened, what was kept, what next. */
export function ErrorPage() {
  const error = useRouteError()
  const requestId = useRouteLoaderData<typeof rootLoader>('root')?.requestId
  const text = useText()
  const kind = findKind(isRouteErrorResponse(error) ? error.status : 500)
  const said = isRouteErrorResponse(error) && kind !== 'error' ? Said.safeParse(error.data).data : undefined
  return (
    <div className="gl-page">
      <h1>{text(`frame.${kind}.title`)}</h1>
      {said === undefined ? null : <p>{said.message}</p>}
      {said === undefined || said.fields.length === 0 ? null : (
        <ul>
          {said.fields.map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
      <p>{text(`frame.${kind}.text`)}</p>
      {kind === 'error' && requestId !== undefined ? (
        <p>
          <code>{text('frame.error.request', { id: requestId })}</code>
        </p>
      ) : null}
      <div className="gl-page-actions">
        {kind === 'error' ? (
          <a className="gl-button" href="">
            {text('frame.error.retry')}
          </a>
        ) : null}
        <Link className="gl-button" to="/">
          {text('frame.notFound.home')}
        </Link>
      </div>
    </div>
  )
}
