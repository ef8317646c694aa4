import { useLoaderData } from '@remix-run/react'
import { letterView } from '@gonglian/organisation/declared'
import { useText } from '@gonglian/ui'
import { useMay } from '../../../may.ts'
import { ListPage, loadList } from '../../../records/list-page.tsx'
import { titlePage } from '../../../titles.ts'
import { LetterState } from './letter-state.tsx'

export const meta = titlePage('jointLetters.title')
export const loader = loadList(letterView, (api, question) => api.jointLetters.listLetters(question))

/** Letters of several departments to employers that refuse (M054). */
export default function LettersPage() {
  const { page, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const writes = useMay()('organisation:write')
  return (
    <ListPage
      view={letterView}
      page={page}
      links={{ employer: ({ leadId }) => `/organisation/census?lead=${leadId}` }}
      cells={{
        dueOn: ({ state }, due) => (state === 'overdue' ? `${due} ${text('leads.overdue')}` : due),
        state: (row) => <LetterState letter={row} answers={writes && row.tenantId === bodyId} />,
      }}
    />
  )
}
