import { column, defineForm, defineView, field, type FormValues } from '@gonglian/records/declared'
import { z } from 'zod'

const fields = {
  name: field.line({ min: 2, max: 80 }),
  startsOn: field.date(),
  endsOn: field.date(),
  unionGoal: field.optionalWhole({ min: 0, max: 1_000_000 }),
  unitGoal: field.optionalWhole({ min: 0, max: 1_000_000 }),
}
const refuseDays = ({ startsOn, endsOn }: { readonly startsOn: string; readonly endsOn: string }) =>
  endsOn < startsOn ? { path: 'endsOn', key: 'organisation.endsBefore' } : null
const about = { noun: 'campaigns', permission: 'organisation:write', fields } as const

/** Opens a campaign month (建会集中行动月) of the body and those below it. */
export const openForm = defineForm({ path: 'campaigns.openCampaign', ...about, refuse: (input) => refuseDays(input) })

/** Changes the name, days or goals of one. */
export const changeForm = defineForm({
  path: 'campaigns.changeCampaign',
  ...about,
  given: { campaignId: z.int().positive(), version: z.int().min(1) },
  refuse: (input) => refuseDays(input),
})
export type CampaignValues = FormValues<typeof openForm>

/** Campaigns in sight, the latest first, each with what it brought between its days, in the body that runs it and below. */
export const campaignView = defineView({
  path: 'campaigns.listCampaigns',
  noun: 'campaigns',
  permission: 'organisation:read',
  columns: {
    name: column.text({ sort: true }),
    startsOn: column.date({ sort: true }),
    endsOn: column.date({ sort: true }),
    visits: column.number({ sort: true }),
    contacted: column.number({ sort: true }),
    refused: column.number({ sort: true }),
    applied: column.number({ sort: true }),
    unions: column.number({ sort: true }),
    unionGoal: column.number({ fileOnly: true }),
    units: column.number({ sort: true }),
    unitGoal: column.number({ fileOnly: true }),
    /** The federation that runs it. */
    body: column.text({ title: 'unions.body', sort: true }),
    version: column.hidden<number>(),
    tenantId: column.hidden<number>(),
  },
  firstSort: '-startsOn',
})
