import * as approvals from '@gonglian/approvals/declared'
import type { View } from '@gonglian/records/declared'
import * as organisation from '@gonglian/organisation/declared'

const views = new Map(
  [...Object.values(organisation), ...Object.values(approvals)].flatMap((one) =>
    'columns' in one ? [[one.path, one satisfies View] as const] : [],
  ),
)

/**
 * The declared list of a path.
 *
 * @throws Response 404
 */
export function findView(path: string): View {
  const view = views.get(path)
  if (view === undefined) throw new Response(null, { status: 404 })
  return view
}
