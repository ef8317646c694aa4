import { GetBoard, getBoard } from '@gonglian/inspection'
import { bodyField, findBodyId } from './body.ts'
import { router, tenantProcedure } from './procedures.ts'

/** How bodies stand against their targets. */
export const progress = router({
  getBoard: tenantProcedure
    .input(GetBoard.omit({ bodyId: true }).extend(bodyField))
    .query(async ({ ctx, input: { body, ...question } }) =>
      getBoard(ctx.tenant, { ...question, bodyId: await findBodyId(ctx.tenant, body) }),
    ),
})
