import { useLoaderData } from '@remix-run/react'
import { campaignView, changeCampaignForm, openCampaignForm } from '@gonglian/organisation/declared'
import { useText } from '@gonglian/ui'
import { useMay } from '../../../may.ts'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import type { Cell } from '../../../records/list-columns.ts'
import { ListPage, loadList } from '../../../records/list-page.tsx'
import { titlePage } from '../../../titles.ts'

export const meta = titlePage('campaigns.title')
export const loader = loadList(campaignView, (api, question) => api.campaigns.listCampaigns(question))

const against = (count: Cell, goal: number | null) => (goal === null ? count : `${count} / ${goal}`)

/** Campaign months of founding unions, with what they brought: counted from the records. */
export default function CampaignsPage() {
  const { page, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const writes = useMay()('organisation:write')
  return (
    <ListPage
      view={campaignView}
      page={page}
      act={<CommandDialog primary form={openCampaignForm} />}
      cells={{
        unions: ({ unionGoal }, count) => against(count, unionGoal),
        units: ({ unitGoal }, count) => against(count, unitGoal),
      }}
      acts={
        writes
          ? (row) =>
              row.tenantId === bodyId ? (
                <CommandDialog
                  quiet
                  form={changeCampaignForm}
                  title={text('campaigns.changeCampaign.title', { name: row.name ?? '' })}
                  given={{ campaignId: row.id, version: row.version }}
                  before={row}
                />
              ) : null
          : undefined
      }
    />
  )
}
