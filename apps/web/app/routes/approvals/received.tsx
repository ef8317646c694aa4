import { receivedView } from '@gonglian/approvals/declared'
import type { LinksFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ListPage, loadList } from '../../records/list-page.tsx'
import { useWords } from '../../records/words.ts'
import area from '../../styles/area.css?url'
import { titlePage } from '../../titles.ts'
import { ApprovalLinks } from './links.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: area }]
export const meta = titlePage('approvals.received')
export const loader = loadList(receivedView, (api, question) => api.applications.listReceived(question))

/** Applications that the own body has received. */
export default function ReceivedPage() {
  const { page } = useLoaderData<typeof loader>()
  const words = useWords()
  return (
    <ListPage
      view={receivedView}
      page={page}
      before={<ApprovalLinks />}
      links={{ title: ({ id }) => `/approvals/${id}` }}
      cells={{ title: ({ kind, title }) => `${words(`approvals.kind.${kind}`)}：${title ?? ''}` }}
    />
  )
}
