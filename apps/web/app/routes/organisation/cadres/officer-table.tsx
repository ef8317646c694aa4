import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress, useFrame, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { readToday } from '../day.ts'
import { engagements, posts, type Officer } from './cadre.ts'

/** Who holds which post today, searched, filtered and paged by the server. */
export function OfficerTable({ officers, total }: { readonly officers: readonly Officer[]; readonly total: number }) {
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const { body } = useFrame()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('officers')
  const columns: readonly DataColumn<Officer>[] = [
    { key: 'name', title: text('cadres.name'), render: ({ name }) => name },
    {
      key: 'post',
      title: text('cadres.post'),
      filters: posts.map((post) => ({ value: post, label: text(`cadres.post.${post}`) })),
      render: ({ post }) => text(`cadres.post.${post}`),
    },
    {
      key: 'union',
      title: text('cadres.place'),
      render: ({ unionId, unionName, bodyName }) =>
        unionId === null ? (
          bodyName
        ) : (
          <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName ?? String(unionId)}</Link>
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
    { key: 'from', title: text('cadres.from'), render: ({ validFrom }) => validFrom },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (officer) =>
        officer.body === body.code && officer.validTo === null && may('organisation:write') ? (
          <ActDialog
            quiet
            label={text('cadres.end')}
            title={text('cadres.end.title', { name: officer.name })}
            fields={[
              { name: 'on', label: text('cadres.end.on'), kind: 'date', initial: readToday() },
              { name: 'reason', label: text('cadres.end.reason'), kind: 'text', maxLength: 200 },
            ]}
            run={(api, values) =>
              api.cadres.endPost.mutate({
                officerId: officer.officerId,
                version: officer.version,
                on: values['on'] ?? '',
                reason: values['reason'] ?? '',
              })
            }
          />
        ) : (
          ''
        ),
    },
  ]
  return (
    <DataTable
      label={text('cadres.officers')}
      rows={officers}
      rowKey={({ officerId }) => String(officerId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      exports={exportsOf('/organisation/cadres/export.csv', params)}
      empty={<EmptyState title={text('cadres.empty')} text={text('cadres.empty.text')} />}
    />
  )
}
