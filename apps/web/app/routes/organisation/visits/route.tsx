import { useLoaderData } from '@remix-run/react'
import { visitForm, visitView } from '@gonglian/organisation/declared'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import { ListPage, loadList } from '../../../records/list-page.tsx'
import { titlePage } from '../../../titles.ts'
import { findEmployers } from '../finders.ts'

export const meta = titlePage('visits.title')
export const loader = loadList(visitView, (api, question) => api.visits.listVisits(question))

/** The log of visits to enterprises and parks (M023). */
export default function VisitsPage() {
  const { page, bodyId } = useLoaderData<typeof loader>()
  return (
    <ListPage
      view={visitView}
      page={page}
      act={<CommandDialog primary form={visitForm} finders={{ employers: findEmployers(bodyId) }} />}
      links={{
        employer: ({ employerId }) => (employerId === null ? null : `/organisation/employers?employer=${employerId}`),
      }}
    />
  )
}
