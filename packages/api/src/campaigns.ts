import {
  ChangeCampaign,
  ListCampaigns,
  OpenCampaign,
  changeCampaign,
  listCampaigns,
  openCampaign,
} from '@gonglian/organisation'
import { router, tenantProcedure } from './procedures.ts'

/** Campaign months of founding unions. */
export const campaigns = router({
  listCampaigns: tenantProcedure.input(ListCampaigns).query(({ ctx, input }) => listCampaigns(ctx.tenant, input)),
  openCampaign: tenantProcedure.input(OpenCampaign).mutation(({ ctx, input }) => openCampaign(ctx.tenant, input)),
  changeCampaign: tenantProcedure.input(ChangeCampaign).mutation(({ ctx, input }) => changeCampaign(ctx.tenant, input)),
})
