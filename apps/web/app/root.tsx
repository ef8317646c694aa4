import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteLoaderData } from '@remix-run/react'
import { defaultLocale, readLocale, translate } from '@gonglian/ui/messages'
import { TextProvider } from '@gonglian/ui/text'
import type { PropsWithChildren } from 'react'
import { useNonce } from './nonce.tsx'
import { titlePage } from './titles.ts'
import { ErrorPage } from './routes/missing/error-page.tsx'
import baseStyles from './styles/base.css?url'

export const meta = titlePage(null)

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
  { rel: 'stylesheet', href: baseStyles },
]

export function loader({ context }: LoaderFunctionArgs) {
  return { locale: context.locale, requestId: context.requestId }
}

export function Layout({ children }: PropsWithChildren) {
  const root = useRouteLoaderData<typeof loader>('root')
  const locale =
    root?.locale ?? (typeof document === 'undefined' ? defaultLocale : readLocale(document.documentElement.lang))
  const nonce = useNonce()
  return (
    <html lang={locale}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="theme-color" content="#f3f5f8" />
        <meta name="description" content={translate(locale, 'frame.productLong')} />
        <Meta />
        <Links />
      </head>
      <body>
        <TextProvider locale={locale}>{children}</TextProvider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary() {
  return (
    <main>
      <ErrorPage />
    </main>
  )
}
