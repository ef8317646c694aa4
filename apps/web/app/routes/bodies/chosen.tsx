import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ask } from '../../ask.ts'
import { titleAfter } from '../../titles.ts'
import { ErrorPage } from '../missing/error-page.tsx'
import { readWorkingPeriod } from '../reports/addresses.ts'
import { readBody, type BodyView } from './body.ts'
import { BodyPage } from './body-page.tsx'

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, (api) =>
    readBody(
      api,
      args.params['code'] ?? '',
      args.context.visitor,
      readWorkingPeriod(new URL(args.request.url).searchParams, args.context.now),
    ),
  )
}

export const meta = titleAfter((view: BodyView) => view.body.name)

export default function ChosenBodyPage() {
  const view = useLoaderData<typeof loader>()
  return <BodyPage key={view.body.code} view={view} />
}

export { ErrorPage as ErrorBoundary }
