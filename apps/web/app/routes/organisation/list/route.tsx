import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, Icon, readTableQuery, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAgainWhile } from '../../../again.ts'
import { useAddress, useKeepingPeriod, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titleAfter } from '../../../titles.ts'
import { useSourceName } from '../employers/versions.ts'
import { knownOf } from '../unions/union.ts'
import { AppendAct } from './append-act.tsx'
import { HandDownAct, HandDownNotice } from './hand-down-act.tsx'
import { outcomes, toRows, type ListRow } from './rows.ts'

export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ list }) => list.name)
const faultFields = [
  'creditCode',
  'creditCodeEarly',
  'name',
  'headcount',
  'femaleCount',
  'areaCode',
  'industry',
  'ownership',
  'unitClass',
] as const

export async function loader(args: LoaderFunctionArgs) {
  const listId = Number(args.params['id'])
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'rows')
  return ask(args, async (api) => {
    const [lists, rows] = await Promise.all([
      api.lists.listLists({ listId }),
      api.lists.listRows({ ...toRows(listId, searchParams), page: Math.min(query.page, 10_000), pageSize: query.size }),
    ])
    const [list] = lists.rows
    if (!list) throw new Response(null, { status: 404 })
    return { list, rows, isOwn: list.tenant_id === args.context.visitor?.tenantId }
  })
}

/** One list: its matching with the register, and the rows somebody has to decide. */
export default function ListPage() {
  const { list, rows, isOwn } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const sourceName = useSourceName()
  const writes = useMay()('organisation:write') && isOwn
  const { params } = useAddress()
  useAgainWhile(list.state === 'handing_down')
  const [query, setQuery] = useTableQuery('rows')
  return (
    <>
      <Link className="area-back" to={keep('/organisation/lists')}>
        <Icon name="left" />
        {text('lists.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{list.name}</h1>
          <p className="gl-hint">
            {list.bodyName} · {sourceName(list.source)} {list.list_version} · {list.as_of} ·{' '}
            {text('lists.summary', {
              rows: list.rows,
              matched: list.matched,
              ambiguous: list.ambiguous,
              faulty: list.faulty,
            })}
          </p>
        </div>
        {writes && list.state === 'open' ? (
          <div className="acts">
            <AppendAct list={list} />
            <HandDownAct list={list} />
            <ActDialog
              primary
              label={text('lists.match')}
              title={text('lists.match')}
              text={text('lists.match.text')}
              fields={[]}
              run={(api) => api.lists.matchList.mutate({ listId: list.id, version: list.version })}
            />
          </div>
        ) : writes && list.state === 'matched' ? (
          <ActDialog
            primary
            label={text('leads.open')}
            title={text('leads.open')}
            text={text('leads.open.list')}
            fields={[
              { name: 'assignedTo', label: text('leads.assignedTo'), kind: 'text', maxLength: 60, optional: true },
              { name: 'dueOn', label: text('leads.due'), kind: 'date', optional: true },
            ]}
            run={(api, values) =>
              api.leads.openLeads.mutate({
                listId: list.id,
                assignedTo: values['assignedTo'] ?? '',
                ...(values['dueOn'] ? { dueOn: values['dueOn'] } : {}),
              })
            }
          />
        ) : null}
      </div>
      <HandDownNotice list={list} />
      <DataTable
        label={list.name}
        rows={rows.rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={rows.total}
        hideSearch
        exports={exportsOf(`/organisation/lists/${list.id}/export.csv`, params)}
        columns={[
          { key: 'row', title: text('lists.row'), figure: true, sortable: false, value: ({ rowNo }) => rowNo },
          { key: 'name', title: text('employers.name'), render: ({ name }) => name },
          { key: 'creditCode', title: text('employers.creditCode'), render: ({ creditCode }) => creditCode ?? '—' },
          {
            key: 'headcount',
            title: text('unions.headcount'),
            figure: true,
            sortable: false,
            value: ({ headcount }) => headcount,
          },
          {
            key: 'outcome',
            title: text('lists.outcome'),
            filters: outcomes.map((one) => ({ value: one, label: text(`lists.outcome.${one}`) })),
            render: ({ outcome }) => {
              const known = knownOf(outcomes, outcome)
              return known === null ? outcome : text(`lists.outcome.${known}`)
            },
          },
          {
            key: 'faults',
            title: text('lists.faults'),
            filters: [{ value: 'faulty', label: text('lists.faulty') }],
            render: ({ faults }) =>
              faults.length === 0
                ? '—'
                : faults
                    .map((fault) => {
                      const known = knownOf(faultFields, fault)
                      return known === null ? fault : text(`lists.fault.${known}`)
                    })
                    .join('、'),
          },
          {
            key: 'act',
            title: text('tables.actions'),
            render: (row) => (writes && row.outcome === 'ambiguous' ? <DecideAct row={row} /> : null),
          },
        ]}
        empty={<EmptyState title={text('tables.empty')} />}
      />
    </>
  )
}

/** Who an ambiguous row is: one of those it may be, somebody new, or nobody. */
function DecideAct({ row }: { readonly row: ListRow }) {
  const text = useText()
  const [first] = row.candidates
  return (
    <ActDialog
      quiet
      label={text('lists.decide')}
      title={text('lists.decide.title', { name: row.name })}
      text={text('lists.decide.text', { code: row.creditCode ?? '—' })}
      fields={[
        {
          name: 'decision',
          label: text('lists.decide.who'),
          kind: 'choice',
          initial: first === undefined ? 'other' : String(first.id),
          options: [
            ...row.candidates.map((one) => ({
              value: String(one.id),
              label: `${one.name} ${one.creditCode ?? ''} ${one.headcount ?? ''}`.trim(),
            })),
            { value: 'other', label: text('lists.decide.other') },
            { value: 'drop', label: text('lists.decide.drop') },
          ],
        },
      ]}
      run={(api, values) =>
        api.lists.decideRow.mutate({
          rowId: row.id,
          decision:
            values['decision'] === 'other'
              ? { kind: 'other' }
              : values['decision'] === 'drop'
                ? { kind: 'drop' }
                : { kind: 'same', employerId: Number(values['decision']) },
        })
      }
    />
  )
}
