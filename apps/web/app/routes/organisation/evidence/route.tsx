import type { LinksFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { evidenceView } from '@gonglian/organisation/declared'
import { Icon, useText } from '@gonglian/ui'
import { useKeepingPeriod } from '../../../address.ts'
import { ListPage, loadList } from '../../../records/list-page.tsx'
import registers from '../../../styles/registers.css?url'
import { titlePage } from '../../../titles.ts'
import { EvidenceFile } from '../ledger/evidence-file.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('evidence.title')
export const loader = loadList(evidenceView, (api, question) => api.evidence.listEvidence(question))

/** The photographs and papers the body has stored. */
export default function EvidencePage() {
  const { page } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  return (
    <div className="register">
      <ListPage
        view={evidenceView}
        page={page}
        before={
          <Link className="area-back" to={keep('/organisation/checklists')}>
            <Icon name="left" />
            {text('checklists.title')}
          </Link>
        }
        cells={{
          fileName: ({ id, fileName }) => (
            <div>
              <span className="gl-cut" title={fileName ?? ''}>
                {fileName}
              </span>{' '}
              <EvidenceFile evidenceId={id} kind="none" label={fileName ?? ''} onStored={null} />
            </div>
          ),
        }}
      />
    </div>
  )
}
