import { data } from '@remix-run/node'
import { titlePage } from '../../titles.ts'
import { ErrorPage } from './error-page.tsx'

export const meta = titlePage('frame.notFound.title')

/** Every address that is none of ours. */
export function loader() {
  throw data(null, { status: 404 })
}

export default function MissingPage() {
  return null
}

export { ErrorPage as ErrorBoundary }
