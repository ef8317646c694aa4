import type { LoaderFunctionArgs } from '@remix-run/node'
import { EmptyState, useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'
import { listTabs } from './tabs.ts'
import { redirectTo } from '../../redirect.ts'

/** `/organisation`: on to the first page that is the reader's. */
export async function loader(args: LoaderFunctionArgs) {
  // Refuses whoever has no business here; of all questions of the area the smallest.
  await ask(args, (api) => api.checklists.listChecklists({ pageSize: 1 }))
  const [tab] = listTabs(args.context.visitor?.roles ?? [])
  if (tab === undefined) return null
  throw redirectTo(`/organisation/${tab}${new URL(args.request.url).search}`)
}

export default function OrganisationPage() {
  return <EmptyState title={useText()('organisation.nothing')} />
}
