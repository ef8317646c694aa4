import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { DataTable, EmptyState, useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { readWholeOrNull, type ActValues } from '../../../act-values.ts'
import { useAddress, useTableQuery } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { titlePage } from '../../../titles.ts'
import { CensusLinks } from '../census/area-links.tsx'
import { listColumns, type Campaign } from './campaign.ts'

export const meta = titlePage('campaigns.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, async (api) => ({
    ...(await api.campaigns.listCampaigns({ pageSize: 200 })),
    bodyId: args.context.visitor?.tenantId ?? 0,
  }))
}

function readCampaign(values: ActValues) {
  return {
    name: values['name'] ?? '',
    startsOn: values['startsOn'] ?? '',
    endsOn: values['endsOn'] ?? '',
    unionGoal: readWholeOrNull(values['unionGoal']),
    unitGoal: readWholeOrNull(values['unitGoal']),
  }
}

function useCampaignFields(before?: Campaign): readonly ActField[] {
  const text = useText()
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))
  return [
    { name: 'name', label: text('campaigns.name'), kind: 'text', maxLength: 80, initial: before?.name ?? '' },
    { name: 'startsOn', label: text('campaigns.from'), kind: 'date', initial: before?.starts_on ?? '' },
    { name: 'endsOn', label: text('campaigns.to'), kind: 'date', initial: before?.ends_on ?? '' },
    {
      name: 'unionGoal',
      label: text('campaigns.unionGoal'),
      kind: 'number',
      optional: true,
      initial: number(before?.union_goal),
    },
    {
      name: 'unitGoal',
      label: text('campaigns.unitGoal'),
      kind: 'number',
      optional: true,
      initial: number(before?.unit_goal),
    },
  ]
}

/** Campaign months of founding unions, with what they brought: counted from the records. */
export default function CampaignsPage() {
  const { rows, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const writes = useMay()('organisation:write')
  const fields = useCampaignFields()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('campaigns')
  const [name, from, to, visits, contacted, refused, applied, unions, , units, , body] = listColumns(text)
  const head = [name, from, to]
  const counts = [visits, contacted, refused, applied]
  const against = (count: number, goal: number | null) => (goal === null ? String(count) : `${count} / ${goal}`)
  return (
    <>
      <CensusLinks />
      <div className="area-head">
        <div>
          <h1>{text('campaigns.title')}</h1>
          <p className="gl-hint">{text('campaigns.text')}</p>
        </div>
        {writes ? (
          <ActDialog
            primary
            label={text('campaigns.open')}
            title={text('campaigns.open')}
            fields={fields}
            run={(api, values) => api.campaigns.openCampaign.mutate(readCampaign(values))}
          />
        ) : null}
      </div>
      <DataTable
        label={text('campaigns.title')}
        rows={rows}
        rowKey={({ id }) => String(id)}
        query={query}
        onQuery={setQuery}
        exports={exportsOf('/organisation/campaigns/export.csv', params)}
        columns={[
          ...head,
          ...counts.map((column) => ({ ...column, figure: true })),
          { ...unions, figure: true, render: (row) => against(row.brought.unions, row.union_goal) },
          { ...units, figure: true, render: (row) => against(row.brought.units, row.unit_goal) },
          body,
          ...(writes
            ? [
                {
                  key: 'act',
                  title: text('tables.actions'),
                  render: (row: Campaign) => (row.tenant_id === bodyId ? <ChangeAct campaign={row} /> : null),
                },
              ]
            : []),
        ]}
        empty={<EmptyState title={text('campaigns.empty')} text={text('campaigns.empty.text')} />}
      />
    </>
  )
}

function ChangeAct({ campaign }: { readonly campaign: Campaign }) {
  const text = useText()
  const fields = useCampaignFields(campaign)
  return (
    <ActDialog
      quiet
      label={text('employers.change')}
      title={text('campaigns.change', { name: campaign.name })}
      fields={fields}
      run={(api, values) =>
        api.campaigns.changeCampaign.mutate({
          campaignId: campaign.id,
          version: campaign.version,
          ...readCampaign(values),
        })
      }
    />
  )
}
