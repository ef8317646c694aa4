import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ask } from '../../ask.ts'
import { readWorkingPeriod } from '../reports/addresses.ts'
import { readBody } from './body.ts'
import { BodyPage } from './body-page.tsx'

/** `/bodies`: one's own body beside the tree. */
export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => {
    const code = (await api.session.getSession())?.body?.code
    if (code === undefined) throw new Response(null, { status: 404 })
    return readBody(
      api,
      code,
      args.context.visitor,
      readWorkingPeriod(new URL(args.request.url).searchParams, args.context.now),
    )
  })
}

export default function OwnBodyPage() {
  return <BodyPage view={useLoaderData<typeof loader>()} />
}
