import { isRouteErrorResponse, Link, useRouteError, useRouteLoaderData } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import type { loader as rootLoader } from '../../root.tsx'

function readStatus(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500
}

/** What a reader sees instead of a page that can't be shown: what happened, what was kept, what next. */
export function ErrorPage() {
  const status = readStatus(useRouteError())
  const requestId = useRouteLoaderData<typeof rootLoader>('root')?.requestId
  const text = useText()
  const kind = status === 404 ? 'notFound' : status === 403 ? 'forbidden' : 'error'
  return (
    <div className="gl-page">
      <h1>{text(`frame.${kind}.title`)}</h1>
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
