import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { vacantPosts, type Vacancies, type Vacancy } from './cadre.ts'

/** Posts that stand empty, with the day by which they must be filled (ORG-10), longest open first. */
export function VacancyTable({ vacancies }: { readonly vacancies: Vacancies }) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('vacancies')
  const columns: readonly DataColumn<Vacancy>[] = [
    {
      key: 'place',
      title: text('cadres.place'),
      render: ({ unionId, unionName, bodyName }) =>
        unionId === null ? bodyName : <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName}</Link>,
    },
    {
      key: 'post',
      title: text('cadres.post'),
      filters: vacantPosts.map((post) => ({ value: post, label: text(`cadres.post.${post}`) })),
      render: ({ post }) => text(`cadres.post.${post}`),
    },
    { key: 'since', title: text('cadres.vacancy.since'), render: ({ since }) => since },
    {
      key: 'due',
      title: text('cadres.vacancy.due'),
      filters: [{ value: 'overdue', label: text('cadres.untrained.overdue') }],
      render: ({ dueOn, isOverdue }) =>
        isOverdue ? (
          <span className="gl-warning-text">
            {dueOn} {text('cadres.untrained.overdue')}
          </span>
        ) : (
          dueOn
        ),
    },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
  ]
  return (
    <DataTable
      label={text('cadres.vacancies')}
      rows={vacancies.rows}
      rowKey={({ body, unionId, post }) => `${body} ${unionId} ${post}`}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={vacancies.total}
      hideSearch
      exports={exportsOf('/organisation/cadres/vacancies/export.csv', params)}
      empty={<EmptyState title={text('cadres.vacancies.none')} />}
    />
  )
}
