import {
  AppendListFile,
  DecideRow,
  HandDownList,
  ImportListFile,
  ListLists,
  ListRows,
  MatchList,
  appendListFile,
  decideRow,
  handDownList,
  importListFile,
  listLists,
  listRows,
  matchList,
} from '@gonglian/organisation'
import { router, tenantProcedure } from '../procedures.ts'

/** Lists of employers as offices gave them, and who they mean. */
export const lists = router({
  listLists: tenantProcedure.input(ListLists).query(({ ctx, input }) => listLists(ctx.tenant, input)),
  listRows: tenantProcedure.input(ListRows).query(({ ctx, input }) => listRows(ctx.tenant, input)),
  importListFile: tenantProcedure.input(ImportListFile).mutation(({ ctx, input }) => importListFile(ctx.tenant, input)),
  appendListFile: tenantProcedure.input(AppendListFile).mutation(({ ctx, input }) => appendListFile(ctx.tenant, input)),
  handDownList: tenantProcedure.input(HandDownList).mutation(({ ctx, input }) => handDownList(ctx.tenant, input)),
  matchList: tenantProcedure.input(MatchList).mutation(({ ctx, input }) => matchList(ctx.tenant, input)),
  decideRow: tenantProcedure.input(DecideRow).mutation(({ ctx, input }) => decideRow(ctx.tenant, input)),
})
