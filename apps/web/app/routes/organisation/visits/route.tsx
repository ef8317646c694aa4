import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { visitForm, visitView } from '@gonglian/organisation/declared'
import { readListAddress } from '@gonglian/records/declared'
import { useText } from '@gonglian/ui'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import { RecordList } from '../../../records/record-list.tsx'
import { titlePage } from '../../../titles.ts'
import { CensusLinks } from '../census/area-links.tsx'
import { findEmployers } from '../finders.ts'

export const meta = titlePage('visits.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const page = await ask(args, (api) => api.visits.listVisits(readListAddress(visitView, searchParams)))
  return { page, bodyId: args.context.visitor?.tenantId ?? 0 }
}

/** The log of visits to enterprises and parks (M023). */
export default function VisitsPage() {
  const { page, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  return (
    <>
      <CensusLinks />
      <div className="area-head">
        <div>
          <h1>{text('visits.title')}</h1>
          <p className="gl-hint">{text('visits.text')}</p>
        </div>
        {useMay()('organisation:write') ? (
          <CommandDialog primary form={visitForm} finders={{ employers: findEmployers(bodyId) }} />
        ) : null}
      </div>
      <RecordList
        view={visitView}
        page={page}
        links={{
          employer: ({ employerId }) => (employerId === null ? null : `/organisation/employers?employer=${employerId}`),
        }}
      />
    </>
  )
}
