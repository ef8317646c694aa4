import type { LoaderFunctionArgs } from '@remix-run/node'
import { EmptyState, useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'
import { listTabs } from './tabs.ts'
import { redirectTo } from '../../redirect.ts'

/** `/system`: on to the first page that is the reader's. */
export async function loader(args: LoaderFunctionArgs) {
  const isTop = await ask(args, async (api) => {
    const code = (await api.session.getSession())?.body?.code
    return code !== undefined && (await api.bodies.listSuperiors({ code })).length <= 1
  })
  const [tab] = listTabs(args.context.visitor?.roles ?? [], isTop)
  if (tab === undefined) return null
  throw redirectTo(`/system/${tab}${new URL(args.request.url).search}`)
}

export default function SystemPage() {
  return <EmptyState title={useText()('system.nothing')} />
}
