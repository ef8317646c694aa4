import type { RouterOutputs } from '@gonglian/api'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, Icon, formatDateTime, readTableQuery, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { sayReason } from './opening-reasons.ts'
import { nameFields, type Opening } from './opening.ts'

type Export = RouterOutputs['members']['listExports']['rows'][number]

export const meta = titlePage('takings.title')

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams
  const asked = (id: string) => {
    const { page, size } = readTableQuery(params, id)
    return { page: Math.min(page, 1000), pageSize: size }
  }
  return ask(args, async (api) => {
    const [files, openings] = await Promise.all([
      api.members.listExports(asked('files')),
      api.members.listOpenings(asked('openings')),
    ])
    return { files, openings }
  })
}

/** What left the register: files that were taken out, and numbers that somebody looked at. */
export default function TakingsPage() {
  const { files, openings } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [fileQuery, setFileQuery] = useTableQuery('files')
  const [openingQuery, setOpeningQuery] = useTableQuery('openings')
  const fileColumns: readonly DataColumn<Export>[] = [
    { key: 'number', title: text('takings.number'), render: ({ number }) => number },
    { key: 'at', title: text('takings.at'), render: ({ createdAt }) => formatDateTime(createdAt) },
    { key: 'by', title: text('takings.by'), render: ({ actor }) => actor },
    {
      key: 'open',
      title: text('takings.open'),
      render: ({ isOpen }) => text(isOpen ? 'takings.open.yes' : 'takings.open.no'),
    },
    { key: 'reason', title: text('members.open.reason'), render: ({ reason }) => reason || '—' },
    {
      key: 'rows',
      title: text('takings.rows'),
      figure: true,
      render: ({ rows }) => (rows === null ? text('takings.rows.none') : rows.toLocaleString('en')),
    },
  ]
  const openingColumns: readonly DataColumn<Opening>[] = [
    { key: 'at', title: text('takings.at'), render: ({ at }) => formatDateTime(at) },
    { key: 'by', title: text('takings.by'), render: ({ actor }) => actor },
    {
      key: 'what',
      title: text('takings.what'),
      render: ({ objectKind, objectId }) =>
        objectKind === 'member' ? (
          <Link to={keep(`/organisation/members/${objectId}`)}>{text('takings.member', { id: objectId })}</Link>
        ) : objectKind === 'screening_result' ? (
          text('takings.screening', { id: objectId })
        ) : (
          objectId
        ),
    },
    {
      key: 'fields',
      title: text('takings.fields'),
      render: (opening) => nameFields(opening, text),
    },
    { key: 'reason', title: text('members.open.reason'), render: (opening) => sayReason(opening, text) },
  ]
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/members')}>
        <Icon name="left" />
        {text('members.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('takings.title')}</h1>
          <p className="gl-hint">{text('takings.text')}</p>
        </div>
      </div>
      <section>
        <h2>{text('takings.files')}</h2>
        <DataTable
          label={text('takings.files')}
          rows={files.rows}
          rowKey={({ id }) => String(id)}
          columns={fileColumns}
          query={fileQuery}
          onQuery={setFileQuery}
          total={files.total}
          hideSearch
          exports={exportsOf('/organisation/exports/export.csv', params)}
          empty={<EmptyState title={text('takings.files.none')} />}
        />
      </section>
      <section>
        <h2>{text('takings.openings')}</h2>
        <DataTable
          label={text('takings.openings')}
          rows={openings.openings}
          rowKey={({ at, objectId, actor }) => `${at.getTime()}.${objectId}.${actor}`}
          columns={openingColumns}
          query={openingQuery}
          onQuery={setOpeningQuery}
          total={openings.total}
          hideSearch
          exports={exportsOf('/organisation/openings/export.csv', params)}
          empty={<EmptyState title={text('takings.openings.none')} />}
        />
      </section>
    </div>
  )
}
