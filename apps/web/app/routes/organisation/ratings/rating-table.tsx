import { Link, useNavigate } from '@remix-run/react'
import { DataTable, EmptyState, useLocale, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { exportsOf } from '../../../table-export.ts'
import { formatScore, nameLevel, quarters, states, type RatingRow, type Scheme } from './rating.ts'

export type RatingTableProps = {
  readonly scheme: Scheme
  readonly rows: readonly RatingRow[]
  readonly total: number
}

/** Ratings of a scheme, filtered and paged by the server. */
export function RatingTable({ scheme, rows, total }: RatingTableProps) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('ratings')
  const columns: readonly DataColumn<RatingRow>[] = [
    {
      key: 'union',
      title: text('registers.union'),
      render: ({ ratingId, unionName, bodyName }) => (
        <Link to={keep(`/organisation/ratings/${ratingId}`)}>{unionName ?? bodyName}</Link>
      ),
    },
    { key: 'level', title: text('ratings.level'), render: ({ targetRank }) => nameLevel(scheme, targetRank, locale) },
    { key: 'year', title: text('registers.year'), figure: true, render: ({ year }) => String(year) },
    {
      key: 'quarter',
      title: text('ratings.quarter'),
      filters: quarters.map((quarter) => ({ value: quarter, label: text('ratings.quarterOf', { quarter }) })),
      render: ({ quarter }) => text('ratings.quarterOf', { quarter: String(quarter) }),
    },
    {
      key: 'state',
      title: text('ratings.state'),
      filters: states.map((state) => ({ value: state, label: text(`ratings.state.${state}`) })),
      render: ({ state }) => <RatingStateMark state={state} />,
    },
    { key: 'self', title: text('ratings.selfTotal'), figure: true, render: ({ selfTotal }) => selfTotal ?? '—' },
    {
      key: 'review',
      title: text('ratings.reviewTotal'),
      figure: true,
      render: ({ reviewTotal }) => formatScore(reviewTotal),
    },
    { key: 'awarded', title: text('ratings.awardedOn'), render: ({ awardedOn }) => awardedOn ?? '—' },
    {
      key: 'grantor',
      title: text('registers.body'),
      filters: [{ value: 'own', label: text('ratings.grantor.own') }],
      render: ({ bodyName }) => bodyName,
    },
  ]
  return (
    <DataTable
      label={text('ratings.list')}
      rows={rows}
      rowKey={({ ratingId }) => String(ratingId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={total}
      tools={<BodyFilter table="ratings" />}
      exports={exportsOf('/organisation/ratings/export.csv', params)}
      onOpen={({ ratingId }) => navigate(keep(`/organisation/ratings/${ratingId}`))}
      empty={<EmptyState title={text('ratings.empty')} text={text('ratings.empty.text')} />}
    />
  )
}

/** A shape and a word: how far a rating has come. */
export function RatingStateMark({ state }: { readonly state: (typeof states)[number] }) {
  const text = useText()
  return <span className={`rating-state rating-state-${state}`}>{text(`ratings.state.${state}`)}</span>
}
