import { z } from 'zod'
import { Period } from '@gonglian/indicators'
import {
  GetBoard,
  GetCell,
  GetHeat,
  OpenBoard,
  getBoard,
  getCell,
  getHeat,
  listStandings,
  openBoard,
} from '@gonglian/inspection'
import { bodyField, findBodyId } from './body.ts'
import { router, tenantProcedure } from './procedures.ts'

/** How bodies stand against their targets. */
export const progress = router({
  getBoard: tenantProcedure
    .input(GetBoard.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input: { body, ...question } }) =>
      getBoard(ctx.tenant, { ...question, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
  /** The whole page in one transaction: what can be chosen, the board, the way up. */
  openBoard: tenantProcedure
    .input(OpenBoard.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input: { body, ...question } }) =>
      openBoard(ctx.tenant, { ...question, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
  getCell: tenantProcedure
    .input(GetCell.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input: { body, ...question } }) =>
      getCell(ctx.tenant, { ...question, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
  getHeat: tenantProcedure
    .input(GetHeat.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input: { body, ...question } }) =>
      getHeat(ctx.tenant, { ...question, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
  listStandings: tenantProcedure
    .input(z.object({ period: Period, ...bodyField }))
    .query(async ({ ctx, input: { body, period } }) =>
      listStandings(ctx.tenant, { period, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
})
