import {
  CountCoverage,
  CoverEmployers,
  EndCoverage,
  JoinAssociation,
  LeaveAssociation,
  ListAssociation,
  ListCoverage,
  countCoverage,
  coverEmployers,
  endCoverage,
  joinAssociation,
  leaveAssociation,
  listAssociation,
  listCoverage,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** Who covers whom: joint unions, associations, custody. */
export const coverage = router({
  listCoverage: tenantProcedure.input(ListCoverage).query(({ ctx, input }) => listCoverage(ctx.tenant, input)),
  countCoverage: tenantProcedure.input(CountCoverage).query(({ ctx, input }) => countCoverage(ctx.tenant, input)),
  coverEmployers: tenantProcedure.input(CoverEmployers).mutation(({ ctx, input }) => coverEmployers(ctx.tenant, input)),
  endCoverage: tenantProcedure.input(EndCoverage).mutation(({ ctx, input }) => endCoverage(ctx.tenant, input)),
  joinAssociation: tenantProcedure
    .input(JoinAssociation)
    .mutation(({ ctx, input }) => joinAssociation(ctx.tenant, input)),
  leaveAssociation: tenantProcedure
    .input(LeaveAssociation)
    .mutation(({ ctx, input }) => leaveAssociation(ctx.tenant, input)),
  listAssociation: tenantProcedure.input(ListAssociation).query(({ ctx, input }) => listAssociation(ctx.tenant, input)),
})
