import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useFrame, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { engagements, posts, type Officer, type Officers, type Quotas } from './cadre.ts'
import { OfficerActs } from './officer-acts.tsx'

export type OfficerTableProps = {
  readonly officers: Officers
  /** Of the body's own, to choose from. */
  readonly quotas: Quotas['rows']
}

/** Who holds which post on the day, searched, filtered and paged by the server. */
export function OfficerTable({ officers, quotas }: OfficerTableProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const { body } = useFrame()
  const { params, change } = useAddress()
  const [query, setQuery] = useTableQuery('officers')
  const columns: readonly DataColumn<Officer>[] = [
    { key: 'name', title: text('cadres.name'), sortable: true, render: ({ name }) => name },
    {
      key: 'post',
      title: text('cadres.post'),
      filters: posts.map((post) => ({ value: post, label: text(`cadres.post.${post}`) })),
      render: ({ post }) => text(`cadres.post.${post}`),
    },
    {
      key: 'union',
      title: text('cadres.place'),
      render: ({ unionId, unionName, bodyName, body: owner }) =>
        unionId === null ? (
          bodyName
        ) : (
          <span className="row-acts">
            <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName ?? String(unionId)}</Link>
            {owner === body.code ? null : <span className="gl-hint">{bodyName}</span>}
            {params.get('union') === String(unionId) ? null : (
              <button
                type="button"
                className="gl-link-button"
                onClick={() => change({ union: String(unionId), members: null, 'officers.page': null })}
              >
                {text('cadres.committee.open')}
              </button>
            )}
          </span>
        ),
    },
    {
      key: 'engagement',
      title: text('cadres.engagement'),
      filters: engagements.map((value) => ({ value, label: text(`cadres.engagement.${value}`) })),
      render: ({ engagement }) => text(`cadres.engagement.${engagement}`),
    },
    {
      key: 'rank',
      title: text('cadres.rank'),
      render: ({ rank, isRankRight }) =>
        isRankRight === false ? (
          <span className="gl-warning-text">
            {text(`cadres.rank.${rank}`)} {text('cadres.rank.other')}
          </span>
        ) : (
          text(`cadres.rank.${rank}`)
        ),
    },
    { key: 'concurrent', title: text('cadres.concurrent'), render: ({ concurrentPost }) => concurrentPost || '—' },
    {
      key: 'appointed',
      title: text('cadres.appointedBy'),
      render: ({ appointedBy }) => text(`cadres.appointedBy.${appointedBy}`),
    },
    {
      key: 'from',
      title: text('cadres.from'),
      sortable: true,
      render: ({ validFrom, validTo }) => (validTo === null ? validFrom : `${validFrom} – ${validTo}`),
    },
    {
      key: 'days',
      title: text('cadres.days'),
      figure: true,
      render: ({ engagement, body: owner, unionDays }) =>
        engagement === 'full_time' || owner !== body.code ? '—' : `${unionDays} / ${officers.paidDays}`,
    },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (officer) =>
        officer.body === body.code && officer.validTo === null && may('organisation:write') ? (
          <OfficerActs officer={officer} quotas={quotas} paidDays={officers.paidDays} />
        ) : (
          ''
        ),
    },
  ]
  return (
    <DataTable
      label={text('cadres.officers')}
      rows={officers.rows}
      rowKey={({ officerId }) => String(officerId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={officers.total}
      exports={exportsOf('/organisation/cadres/export.csv', params)}
      empty={<EmptyState title={text('cadres.empty')} text={text('cadres.empty.text')} />}
    />
  )
}
