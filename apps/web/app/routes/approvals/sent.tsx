import { sentView } from '@gonglian/approvals/declared'
import { useLoaderData } from '@remix-run/react'
import { ListPage, loadList } from '../../records/list-page.tsx'
import { useWords } from '../../records/words.ts'
import { titlePage } from '../../titles.ts'

export const meta = titlePage('approvals.sent')
export const loader = loadList(sentView, (api, question) => api.applications.listSent(question))

/** Applications that the own body has sent. */
export default function SentPage() {
  const { page } = useLoaderData<typeof loader>()
  const words = useWords()
  return (
    <ListPage
      view={sentView}
      page={page}
      links={{ title: ({ id }) => `/approvals/${id}` }}
      cells={{ title: ({ kind, title }) => `${words(`approvals.kind.${kind}`)}：${title ?? ''}` }}
    />
  )
}
