import { data } from '@remix-run/node'
import { ErrorPage } from './error-page.tsx'

/** Every address that is none of ours. */
export function loader() {
  throw data(null, { status: 404 })
}

export default function MissingPage() {
  return null
}

export { ErrorPage as ErrorBoundary }
