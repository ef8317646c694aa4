import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { CensusLinks } from '../census/area-links.tsx'
import { AnswerAct } from './answer-act.tsx'
import { toLetters } from './letter.ts'

export const meta = titlePage('letters.joint.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'letters')
  return ask(args, async (api) => ({
    ...(await api.leads.listLetters({
      ...toLetters(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

/** Letters of several departments to employers that refuse (M054). */
export default function LettersPage() {
  const { rows, total, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const writes = useMay()('organisation:write')
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('letters')
  return (
    <>
      <CensusLinks />
      <div className="area-head">
        <div>
          <h1>{text('letters.joint.title')}</h1>
          <p className="gl-hint">{text('letters.joint.text')}</p>
        </div>
      </div>
      <DataTable
        label={text('letters.joint.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={<BodyFilter table="letters" />}
        exports={exportsOf('/organisation/letters/export.csv', params)}
        columns={[
          { key: 'no', title: text('letters.joint.no'), render: (row) => row.letter_no },
          {
            key: 'employer',
            title: text('employers.name'),
            render: (row) => <Link to={keep(`/organisation/census?lead=${row.lead_id}`)}>{row.employerName}</Link>,
          },
          { key: 'reason', title: text('leads.refusal'), render: ({ refusalReason }) => refusalReason },
          {
            key: 'departments',
            title: text('letters.joint.departments'),
            render: ({ departments }) => departments.join('、'),
          },
          { key: 'sent', title: text('letters.joint.sent'), render: (row) => row.sent_on },
          {
            key: 'due',
            title: text('letters.joint.due'),
            render: (row) => (row.isOverdue ? `${row.due_on} ${text('leads.overdue')}` : row.due_on),
          },
          {
            key: 'outcome',
            title: text('letters.joint.outcome'),
            filters: [
              { value: 'open', label: text('letters.joint.open') },
              { value: 'overdue', label: text('leads.overdue') },
            ],
            render: (row) =>
              row.outcome !== null ? (
                `${text(`letters.joint.outcome.${row.outcome}`)} ${row.outcome_on ?? ''}`
              ) : writes && row.tenant_id === bodyId ? (
                <AnswerAct letterId={row.id} letterNo={row.letter_no} />
              ) : (
                text('letters.joint.open')
              ),
          },
          { key: 'body', title: text('unions.body'), render: ({ bodyName }) => bodyName },
        ]}
        empty={<EmptyState title={text('letters.joint.empty')} text={text('letters.joint.empty.text')} />}
      />
    </>
  )
}
