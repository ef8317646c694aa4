import type { LoaderFunctionArgs } from '@remix-run/node'

/** `GET /search?q=`: what Ctrl-K finds. Empty for nobody, rather than a redirect that a script would follow. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 100)
  if (!context.visitor || query === '') return { hits: [] }
  return { hits: await context.door.search(context.visitor, query) }
}
