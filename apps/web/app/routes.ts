import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

/** Every address of the product. Pages of signed-in people stand inside the frame. */
export default [
  route('sign-in', 'routes/sign-in/route.tsx'),
  route('sign-out', 'routes/sign-out/route.ts'),
  route('language', 'routes/language/route.ts'),
  route('search', 'routes/search/route.ts'),
  route('progress/export.csv', 'routes/progress/export.ts'),
  layout('routes/frame/route.tsx', [
    // One layer more, so that an error inside a page leaves the frame standing.
    layout('routes/frame/page.tsx', [
      index('routes/desk/route.tsx'),
      route('progress', 'routes/progress/route.tsx'),
      route('me', 'routes/me/route.tsx'),
      route('*', 'routes/missing/route.tsx'),
    ]),
  ]),
] satisfies RouteConfig
