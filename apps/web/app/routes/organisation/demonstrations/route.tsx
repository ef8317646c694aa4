import { useLoaderData } from '@remix-run/react'
import { demonstrationView } from '@gonglian/organisation/declared'
import { useMay } from '../../../may.ts'
import { ListPage, loadList } from '../../../records/list-page.tsx'
import { titlePage } from '../../../titles.ts'
import { EndAct, NameAct } from './demonstration-acts.tsx'

export const meta = titlePage('demonstrations.title')
export const loader = loadList(demonstrationView, (api, question) => api.demonstrations.listDemonstrations(question))

/** Unions that are examples of building party and union together (党工共建示范点, M079). */
export default function DemonstrationsPage() {
  const { page, bodyId } = useLoaderData<typeof loader>()
  const decides = useMay()('organisation:approve')
  return (
    <ListPage
      view={demonstrationView}
      page={page}
      act={<NameAct bodyId={bodyId} />}
      links={{ union: ({ unionId }) => `/organisation/unions/${unionId}` }}
      acts={
        decides
          ? ({ id, tenantId, title }) =>
              tenantId === bodyId ? <EndAct demonstrationId={id} title={title ?? ''} /> : null
          : undefined
      }
    />
  )
}
