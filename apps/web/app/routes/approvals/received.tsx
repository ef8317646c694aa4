import { receivedView } from '@gonglian/approvals/declared'
import { useLoaderData } from '@remix-run/react'
import { ListPage, loadList } from '../../records/list-page.tsx'
import { useWords } from '../../records/words.ts'
import { titlePage } from '../../titles.ts'

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
      links={{ title: ({ id }) => `/approvals/${id}` }}
      cells={{ title: ({ kind, title }) => `${words(`approvals.kind.${kind}`)}：${title ?? ''}` }}
    />
  )
}
