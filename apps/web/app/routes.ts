import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

/** Every address of the product. Pages of signed-in people stand inside the frame. */
export default [
  route('sign-in', 'routes/sign-in/route.tsx'),
  route('sign-out', 'routes/sign-out/route.ts'),
  route('language', 'routes/language/route.ts'),
  route('search', 'routes/search/route.ts'),
  route('system/accounts/export.csv', 'routes/system/accounts/export.ts'),
  route('system/audit/export.csv', 'routes/system/audit/export.ts'),
  route('system/catalogue/export.csv', 'routes/system/catalogue/export.ts'),
  route('progress/export.csv', 'routes/progress/export.ts'),
  route('bodies/:code/export.csv', 'routes/bodies/export.ts'),
  route('reports/export.csv', 'routes/reports/export.ts'),
  route('reports/:form/:period/export.csv', 'routes/reports/entry/export.ts'),
  route('reports/review/:form/:period/export.csv', 'routes/reports/queue/export.ts'),
  route('reports/missing/:form/:period/export.csv', 'routes/reports/absent/export.ts'),
  route('targets/export.csv', 'routes/targets/export.ts'),
  route('targets/items/:itemId/export.csv', 'routes/targets/split/export.ts'),
  route('targets/:planId/export.csv', 'routes/targets/plan/export.ts'),
  layout('routes/frame/route.tsx', [
    // One layer more, so that an error inside a page leaves the frame standing.
    layout('routes/frame/page.tsx', [
      index('routes/desk/route.tsx'),
      route('progress', 'routes/progress/route.tsx'),
      route('bodies', 'routes/bodies/route.tsx', [
        index('routes/bodies/own.tsx'),
        route(':code', 'routes/bodies/chosen.tsx'),
      ]),
      route('reports', 'routes/reports/route.tsx'),
      route('reports/:form/:period', 'routes/reports/entry/route.tsx'),
      route('reports/review/:form/:period', 'routes/reports/queue/route.tsx'),
      route('reports/review/report/:id', 'routes/reports/review/route.tsx'),
      route('reports/missing/:form/:period', 'routes/reports/absent/route.tsx'),
      route('targets', 'routes/targets/route.tsx'),
      route('targets/items/:itemId/split', 'routes/targets/split/route.tsx'),
      route('targets/:planId', 'routes/targets/plan/route.tsx'),
      route('targets/:planId/letter', 'routes/targets/letter/route.tsx'),
      route('system', 'routes/system/route.tsx', [
        route('accounts', 'routes/system/accounts/route.tsx'),
        route('audit', 'routes/system/audit/route.tsx'),
        route('catalogue', 'routes/system/catalogue/route.tsx'),
      ]),
      route('me', 'routes/me/route.tsx'),
      route('*', 'routes/missing/route.tsx'),
    ]),
  ]),
] satisfies RouteConfig
