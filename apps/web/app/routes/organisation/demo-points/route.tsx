import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, Icon, readTableQuery, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress, useFrame, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readTyped } from '../day.ts'
import { findUnions } from '../find-union.ts'
import { readListing, topics, type DemoPoint } from './point.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('demoPoints.title')

export async function loader(args: LoaderFunctionArgs) {
  const params = new URL(args.request.url).searchParams
  const query = readTableQuery(params, 'points')
  return ask(args, (api) =>
    api.ratings.listDemoPoints({ ...readListing(params), page: query.page, pageSize: query.size }),
  )
}

/** Unions that others are to learn from. */
export default function DemoPointsPage() {
  const { rows, total } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const keep = useKeepingPeriod()
  const { body } = useFrame()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('points')
  const columns: readonly DataColumn<DemoPoint>[] = [
    {
      key: 'union',
      title: text('registers.union'),
      render: ({ unionId, unionName }) => <Link to={keep(`/organisation/unions/${unionId}`)}>{unionName}</Link>,
    },
    {
      key: 'topic',
      title: text('demoPoints.topic'),
      filters: topics.map((value) => ({ value, label: text(`demoPoints.topic.${value}`) })),
      render: ({ topic }) => text(`demoPoints.topic.${topic}`),
    },
    { key: 'namedOn', title: text('demoPoints.namedOn'), render: ({ namedOn }) => namedOn },
    { key: 'namedBy', title: text('demoPoints.namedBy'), render: ({ namedByName }) => namedByName },
    { key: 'reason', title: text('demoPoints.reason'), render: ({ reason }) => reason || '—' },
    ...(may('organisation:approve')
      ? [
          {
            key: 'acts',
            title: text('registers.acts'),
            render: (point: DemoPoint) =>
              point.namedBy === body.code ? (
                <ActDialog
                  quiet
                  label={text('demoPoints.end')}
                  title={text('demoPoints.end.title', { name: point.unionName })}
                  text={text('demoPoints.end.text')}
                  fields={[]}
                  run={(api) => api.ratings.endDemoPoint.mutate({ demoPointId: point.demoPointId })}
                />
              ) : null,
          },
        ]
      : []),
  ]
  return (
    <div className="register">
      <Link className="area-back" to={keep('/organisation/ratings')}>
        <Icon name="left" />
        {text('ratings.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('demoPoints.title')}</h1>
          <p className="gl-hint">{text('demoPoints.text')}</p>
        </div>
        {may('organisation:approve') ? (
          <div className="acts">
            <ActDialog
              primary
              label={text('demoPoints.name')}
              title={text('demoPoints.name')}
              fields={[
                { name: 'unionId', label: text('registers.union'), kind: 'find', find: findUnions },
                {
                  name: 'topic',
                  label: text('demoPoints.topic'),
                  kind: 'choice',
                  initial: 'home',
                  options: topics.map((value) => ({ value, label: text(`demoPoints.topic.${value}`) })),
                },
                { name: 'reason', label: text('demoPoints.reason'), kind: 'lines', maxLength: 300, optional: true },
              ]}
              run={(api, values) =>
                api.ratings.nameDemoPoint.mutate({
                  unionId: readTyped(values['unionId']),
                  topic: topics.find((one) => one === values['topic']) ?? 'home',
                  reason: values['reason'] ?? '',
                })
              }
            />
          </div>
        ) : null}
      </div>
      <DataTable
        label={text('demoPoints.title')}
        rows={rows}
        rowKey={({ demoPointId }) => String(demoPointId)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={total}
        exports={exportsOf('/organisation/demo-points/export.csv', params)}
        empty={<EmptyState title={text('demoPoints.empty')} text={text('demoPoints.empty.text')} />}
      />
    </div>
  )
}
