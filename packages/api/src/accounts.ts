import {
  AccountName,
  CreateAccount,
  EndAccountSessions,
  ExportAccounts,
  GrantRole,
  ListAccounts,
  SetSignInRule,
  confirmAccount,
  confirmRequest,
  createAccount,
  disableAccount,
  enableAccount,
  endAccountSessions,
  exportAccounts,
  grantRole,
  listAccounts,
  proposeLeader,
  readSignInRule,
  requestFactorReset,
  requestPasswordReset,
  revokeRole,
  setSignInRule,
  unlockAccount,
} from '@gonglian/auth'
import { provenProcedure, router, tenantProcedure } from './procedures.ts'

/** Accounts of the own body: made by the system administrator, given their roles by the security administrator. */
export const accounts = router({
  listAccounts: tenantProcedure.input(ListAccounts).query(({ ctx, input }) => listAccounts(ctx.tenant, input)),
  exportAccounts: provenProcedure.input(ExportAccounts).query(({ ctx, input }) => exportAccounts(ctx.tenant, input)),
  createAccount: tenantProcedure.input(CreateAccount).mutation(({ ctx, input }) => createAccount(ctx.tenant, input)),
  requestPasswordReset: tenantProcedure
    .input(AccountName)
    .mutation(({ ctx, input }) => requestPasswordReset(ctx.tenant, input)),
  requestFactorReset: tenantProcedure
    .input(AccountName)
    .mutation(({ ctx, input }) => requestFactorReset(ctx.tenant, input)),
  confirmRequest: provenProcedure.input(AccountName).mutation(({ ctx, input }) => confirmRequest(ctx.tenant, input)),
  proposeLeader: tenantProcedure.input(AccountName).mutation(({ ctx, input }) => proposeLeader(ctx.tenant, input)),
  readSignInRule: tenantProcedure.query(({ ctx }) => readSignInRule(ctx.tenant)),
  setSignInRule: provenProcedure.input(SetSignInRule).mutation(({ ctx, input }) => setSignInRule(ctx.tenant, input)),
  disableAccount: tenantProcedure.input(AccountName).mutation(({ ctx, input }) => disableAccount(ctx.tenant, input)),
  enableAccount: tenantProcedure.input(AccountName).mutation(({ ctx, input }) => enableAccount(ctx.tenant, input)),
  unlockAccount: tenantProcedure.input(AccountName).mutation(({ ctx, input }) => unlockAccount(ctx.tenant, input)),
  confirmAccount: provenProcedure.input(AccountName).mutation(({ ctx, input }) => confirmAccount(ctx.tenant, input)),
  grantRole: provenProcedure.input(GrantRole).mutation(({ ctx, input }) => grantRole(ctx.tenant, input)),
  revokeRole: tenantProcedure.input(GrantRole).mutation(({ ctx, input }) => revokeRole(ctx.tenant, input)),
  endAccountSessions: tenantProcedure
    .input(EndAccountSessions)
    .mutation(({ ctx, input }) => endAccountSessions(ctx.tenant, input)),
})
