import { z } from 'zod'
import {
  SearchFederations,
  getFederation,
  listChildren,
  listLinks,
  listSuperiors,
  searchFederations,
} from '@gonglian/tenancy'
import { Body } from './body.ts'
import { router, tenantProcedure } from './procedures.ts'

const BodyInTree = Body.extend({ hierarchy: z.enum(['regional', 'line']).default('regional') })

/** The tree of bodies, as far as the reader sees it. */
export const bodies = router({
  getFederation: tenantProcedure.input(Body).query(({ ctx, input }) => getFederation(ctx.tenant, input.code)),
  listChildren: tenantProcedure
    .input(BodyInTree)
    .query(async ({ ctx, input }) =>
      listChildren(ctx.tenant, (await getFederation(ctx.tenant, input.code)).id, input.hierarchy),
    ),
  listSuperiors: tenantProcedure
    .input(BodyInTree)
    .query(async ({ ctx, input }) =>
      listSuperiors(ctx.tenant, (await getFederation(ctx.tenant, input.code)).id, input.hierarchy),
    ),
  listLinks: tenantProcedure
    .input(Body)
    .query(async ({ ctx, input }) => listLinks(ctx.tenant, (await getFederation(ctx.tenant, input.code)).id)),
  searchFederations: tenantProcedure
    .input(SearchFederations)
    .query(({ ctx, input }) => searchFederations(ctx.tenant, input)),
})
