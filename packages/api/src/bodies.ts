import { z } from 'zod'
import {
  PreviewReorganisation,
  ReadReorganisation,
  Reorganise,
  previewReorganisation,
  readReorganisedTotals,
  reorganise,
} from '@gonglian/rollup'
import {
  ListChildrenPage,
  SearchFederations,
  getFederation,
  listChildrenPage,
  listLinks,
  listReorganisations,
  listSuperiors,
  readFormerSelf,
  readReorganisable,
  searchFederations,
} from '@gonglian/tenancy'
import { Body } from './body.ts'
import { router, tenantProcedure } from './procedures.ts'

const BodyInTree = Body.extend({ hierarchy: z.enum(['regional', 'line']).default('regional') })

/** The tree of bodies, as far as the reader sees it. */
export const bodies = router({
  getFederation: tenantProcedure.input(Body).query(({ ctx, input }) => getFederation(ctx.tenant, input.code)),
  listChildren: tenantProcedure
    .input(Body.extend(ListChildrenPage.shape))
    .query(async ({ ctx, input }) =>
      listChildrenPage(ctx.tenant, (await getFederation(ctx.tenant, input.code)).id, input),
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
  listReorganisations: tenantProcedure
    .input(Body)
    .query(async ({ ctx, input }) => listReorganisations(ctx.tenant, (await getFederation(ctx.tenant, input.code)).id)),
  readFormerSelf: tenantProcedure
    .input(Body)
    .query(async ({ ctx, input }) => readFormerSelf(ctx.tenant, (await getFederation(ctx.tenant, input.code)).id)),
  readReorganisable: tenantProcedure.input(Body).query(({ ctx, input }) => readReorganisable(ctx.tenant, input.code)),
  readReorganisedTotals: tenantProcedure
    .input(ReadReorganisation)
    .query(({ ctx, input }) => readReorganisedTotals(ctx.tenant, input)),
  // Changes nothing in the end, but holds the tree for a moment and may name hundreds of bodies.
  previewReorganisation: tenantProcedure
    .input(PreviewReorganisation)
    .mutation(({ ctx, input }) => previewReorganisation(ctx.tenant, input)),
  reorganise: tenantProcedure.input(Reorganise).mutation(({ ctx, input }) => reorganise(ctx.tenant, input)),
})
