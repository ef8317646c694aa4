import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, readTableQuery, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useAddress, useOpened, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { BodyFilter, readBody } from '../../../body-filter.tsx'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { readNumber } from '../day.ts'
import { leadStates, toListing } from './lead.ts'
import { LeadDialog } from './lead-dialog.tsx'

export const meta = titlePage('leads.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'leads')
  const leadId = readNumber(searchParams.get('lead'))
  return ask(args, async (api) => {
    const list = await api.leads.listLeads({
      ...toListing(query),
      ...readBody(searchParams),
      page: Math.min(query.page, 10_000),
      pageSize: query.size,
    })
    // The list may be at another page or stage by now; the opened lead stays open.
    const lead =
      list.rows.find(({ id }) => id === leadId) ??
      (leadId === null ? undefined : (await api.leads.listLeads({ leadId })).rows[0])
    const opened = lead && {
      lead,
      founders: await api.leads.listFounders({ leadId: lead.id }),
      visits: (await api.visits.listVisits({ employerId: lead.employer_id })).rows,
      letters: (await api.jointLetters.listLetters({ leadId: lead.id })).rows,
    }
    return { ...list, opened: opened ?? null, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** Leads: employers on their way to a union, each with its next step. */
export default function CensusPage() {
  const { rows, total, counts, opened, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const writes = useMay()('organisation:write')
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('leads', { sort: 'headcount', order: 'descend' })
  const [lead, show] = useOpened('lead')
  const chosen = query.filters['state'] ?? []
  const choose = (state: string) => {
    const { state: _state, ...filters } = query.filters
    setQuery({ ...query, page: 1, filters: chosen.includes(state) ? filters : { ...filters, state: [state] } })
  }
  return (
    <>
      <div className="area-head">
        <div>
          <h1>{text('leads.title')}</h1>
          <p className="gl-hint">{text('leads.text')}</p>
        </div>
        {writes ? (
          <ActDialog
            primary
            label={text('leads.open')}
            title={text('leads.open')}
            text={text('leads.open.text')}
            fields={[
              {
                name: 'headcountFrom',
                label: text('leads.open.from'),
                kind: 'number',
                optional: true,
                hint: text('leads.open.from.hint'),
              },
              { name: 'assignedTo', label: text('leads.assignedTo'), kind: 'text', maxLength: 60, optional: true },
              { name: 'dueOn', label: text('leads.due'), kind: 'date', optional: true },
            ]}
            run={(api, values) =>
              api.leads.openLeads.mutate({
                ...(values['headcountFrom'] ? { headcountFrom: readWhole(values['headcountFrom']) } : {}),
                assignedTo: values['assignedTo'] ?? '',
                ...(values['dueOn'] ? { dueOn: values['dueOn'] } : {}),
              })
            }
          />
        ) : null}
      </div>
      <div className="stages" role="group" aria-label={text('leads.state')}>
        {leadStates.map((state) => (
          <button key={state} type="button" aria-pressed={chosen.includes(state)} onClick={() => choose(state)}>
            <strong>{counts[state] ?? 0}</strong> {text(`leads.state.${state}`)}
          </button>
        ))}
      </div>
      <DataTable
        label={text('leads.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        total={total}
        tools={<BodyFilter table="leads" />}
        exports={exportsOf('/organisation/census/export.csv', params)}
        onOpen={({ id }) => show(String(id))}
        columns={[
          {
            key: 'employer',
            title: text('employers.name'),
            render: ({ id, employerName }) => (
              <button type="button" className="gl-link-button" onClick={() => show(String(id))}>
                {employerName}
              </button>
            ),
          },
          { key: 'headcount', title: text('unions.headcount'), figure: true, value: ({ headcount }) => headcount },
          { key: 'park', title: text('employers.park'), render: ({ park }) => (park === '' ? '—' : park) },
          {
            key: 'state',
            title: text('leads.state'),
            filters: leadStates.map((state) => ({ value: state, label: text(`leads.state.${state}`) })),
            render: ({ state }) => text(`leads.state.${state}`),
          },
          { key: 'next', title: text('leads.next'), render: ({ state }) => text(`leads.next.${state}`) },
          {
            key: 'assigned',
            title: text('leads.assignedTo'),
            render: (row) => (row.assigned_to === '' ? '—' : row.assigned_to),
          },
          {
            key: 'due',
            title: text('leads.due'),
            sortable: true,
            filters: [{ value: 'overdue', label: text('leads.overdue') }],
            render: (row) => row.due_on ?? '—',
          },
          {
            key: 'letters',
            title: text('jointLetters.state.open'),
            figure: true,
            sortable: false,
            value: ({ openLetters }) => openLetters,
          },
          { key: 'body', title: text('unions.body'), render: ({ bodyName }) => bodyName },
        ]}
        empty={<EmptyState title={text('leads.empty')} text={text('leads.empty.text')} />}
      />
      {opened !== null && lead === String(opened.lead.id) ? (
        <LeadDialog opened={opened} bodyId={bodyId} writes={writes} onClose={() => show(null)} />
      ) : null}
    </>
  )
}
