import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, Icon, formatDateTime, readTableQuery, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { EvidenceFile } from '../ledger/evidence-file.tsx'
import { nameMedia, type Evidence } from './evidence.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('evidence.title')

export async function loader(args: LoaderFunctionArgs) {
  const query = readTableQuery(new URL(args.request.url).searchParams, 'evidence')
  return ask(args, (api) => api.checklists.listEvidence({ page: query.page, pageSize: query.size }))
}

/** The photographs and papers the body has stored. */
export default function EvidencePage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('evidence')
  const columns: readonly DataColumn<Evidence>[] = [
    {
      key: 'file',
      title: text('evidence.file'),
      render: ({ id, fileName }) => (
        <div>
          <span className="gl-cut" title={fileName}>
            {fileName}
          </span>{' '}
          <EvidenceFile evidenceId={id} kind="none" label={fileName} onStored={null} />
        </div>
      ),
    },
    { key: 'media', title: text('evidence.media'), render: ({ mediaType }) => nameMedia(mediaType) },
    { key: 'by', title: text('evidence.by'), render: ({ storedBy }) => storedBy },
    { key: 'at', title: text('evidence.at'), render: ({ storedAt }) => formatDateTime(storedAt) },
  ]
  return (
    <div className="register">
      <Link className="area-back" to={keep('/organisation/checklists')}>
        <Icon name="left" />
        {text('checklists.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('evidence.title')}</h1>
          <p className="gl-hint">{text('evidence.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('evidence.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={total}
        hideSearch
        exports={exportsOf('/organisation/evidence/export.csv', params)}
        empty={<EmptyState title={text('evidence.empty')} text={text('evidence.empty.text')} />}
      />
    </div>
  )
}
