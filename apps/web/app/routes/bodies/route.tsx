import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData, useParams, type ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'
import bodiesStyles from '../../styles/bodies.css?url'
import deskStyles from '../../styles/desk.css?url'
import { titlePage } from '../../titles.ts'
import { readTree } from './body.ts'
import { BodySide } from './side.tsx'
import { readRoots } from './tree-data.ts'

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: bodiesStyles },
  { rel: 'stylesheet', href: deskStyles },
]
export const meta = titlePage('body.title')

/** The tree beside the page of whichever body is open. */
export async function loader(args: LoaderFunctionArgs) {
  const tree = readTree(new URL(args.request.url).searchParams)
  return ask(args, async (api) => {
    const session = await api.session.getSession()
    const own = session?.body
    if (!own) throw new Response(null, { status: 404 })
    return { own: own.code, tree, ...(await readRoots(api, own, tree)) }
  })
}

/** Walking the tree changes nothing in its beginning. */
export function shouldRevalidate({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
  formMethod,
}: ShouldRevalidateFunctionArgs) {
  if (formMethod !== undefined) return defaultShouldRevalidate
  return readTree(currentUrl.searchParams) !== readTree(nextUrl.searchParams)
}

export default function BodiesPage() {
  const { own, tree, roots, open } = useLoaderData<typeof loader>()
  const text = useText()
  const { code } = useParams()
  return (
    <div className={code === undefined ? 'bodies bodies-unchosen' : 'bodies'}>
      <section className="bodies-side" aria-label={text('bodies.tree')}>
        <h1>{text('body.title')}</h1>
        <BodySide key={tree} tree={tree} roots={roots} open={open} chosen={code ?? own} />
      </section>
      <div className="bodies-main">
        <Outlet />
      </div>
    </div>
  )
}
