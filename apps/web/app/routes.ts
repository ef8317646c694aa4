import { index, layout, route, type RouteConfig } from '@remix-run/route-config'

/** The files of a list: one module answers for both, the ending says which is wanted. */
function files(path: string, module: string) {
  return (['csv', 'xlsx'] as const).map((kind) => route(`${path}/export.${kind}`, module, { id: `${module} ${kind}` }))
}

/** Every address of the product. Pages of signed-in people stand inside the frame. */
export default [
  route('sign-in', 'routes/sign-in/route.tsx'),
  route('sign-out', 'routes/sign-out/route.ts'),
  route('language', 'routes/language/route.ts'),
  route('search', 'routes/search/route.ts'),
  ...files('progress', 'routes/progress/export.ts'),
  ...files('bodies/:code', 'routes/bodies/export.ts'),
  ...files('organisation/checklists', 'routes/organisation/checklists/export.ts'),
  ...files('organisation/unions', 'routes/organisation/unions/export.ts'),
  ...files('system/accounts', 'routes/system/accounts/export.ts'),
  ...files('system/audit', 'routes/system/audit/export.ts'),
  ...files('system/catalogue', 'routes/system/catalogue/export.ts'),
  route('system/catalogue/:code', 'routes/system/catalogue/details.ts'),
  ...files('system/forms', 'routes/system/forms/list-export.ts'),
  ...files('system/forms/:code', 'routes/system/forms/form-export.ts'),
  ...files('system/parameters', 'routes/system/parameters/export.ts'),
  ...files('system/queue', 'routes/system/queue/export.ts'),
  ...files('reports', 'routes/reports/export.ts'),
  ...files('reports/:form/:period', 'routes/reports/entry/export.ts'),
  ...files('reports/review/:form/:period', 'routes/reports/queue/export.ts'),
  ...files('reports/missing/:form/:period', 'routes/reports/absent/export.ts'),
  ...files('targets', 'routes/targets/export.ts'),
  ...files('targets/items/:itemId', 'routes/targets/split/export.ts'),
  ...files('targets/:planId', 'routes/targets/plan/export.ts'),
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
      route('organisation', 'routes/organisation/route.tsx', [
        index('routes/organisation/first.tsx'),
        route('unions', 'routes/organisation/unions/route.tsx'),
        route('unions/:id', 'routes/organisation/union/route.tsx'),
        route('unions/:id/ledger', 'routes/organisation/ledger/route.tsx'),
        route('checklists', 'routes/organisation/checklists/route.tsx'),
      ]),
      route('system', 'routes/system/route.tsx', [
        index('routes/system/first.tsx'),
        route('accounts', 'routes/system/accounts/route.tsx'),
        route('audit', 'routes/system/audit/route.tsx'),
        route('catalogue', 'routes/system/catalogue/route.tsx'),
        route('forms', 'routes/system/forms/list.tsx'),
        route('forms/:code', 'routes/system/forms/form-page.tsx'),
        route('parameters', 'routes/system/parameters/route.tsx'),
        route('queue', 'routes/system/queue/route.tsx'),
      ]),
      route('me/sessions', 'routes/sessions/route.tsx'),
      route('me', 'routes/me/route.tsx'),
      route('*', 'routes/missing/route.tsx'),
    ]),
  ]),
] satisfies RouteConfig
