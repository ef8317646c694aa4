import { redirect, type LinksFunction, type LoaderFunctionArgs } from '@remix-run/node'
import { Outlet } from '@remix-run/react'
import antdStyles from '../../styles/antd.generated.css?url'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: antdStyles }]

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { pathname, search } = new URL(request.url)
  if (!context.visitor) throw redirect(`/sign-in?back=${encodeURIComponent(`${pathname}${search}`)}`)
  return context.door.readFrame(context.visitor)
}

export default function FramePage() {
  return <Outlet />
}
