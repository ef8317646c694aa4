import {
  ChangePassword,
  ConfirmEnrolment,
  EndSession,
  ProveSession,
  SetLocale,
  beginEnrolment,
  changePassword,
  confirmEnrolment,
  endSession,
  listNotices,
  listSessions,
  markNoticesSeen,
  proveSession,
  readFactor,
  replaceRecoveryCodes,
  setLocale,
  signOutEverywhere,
  type SignedIn,
} from '@gonglian/auth'
import {
  findFederations,
  found,
  mayDo,
  listPermissions,
  withTenant,
  type Deps,
  type Federation,
  type Locale,
  type Permission,
  type Role,
} from '@gonglian/tenancy'
import { accountProcedure, provenAccountProcedure, router, visitorProcedure } from './procedures.ts'

export type SessionView = {
  username: string
  displayName: string
  roles: readonly Role[]
  /** What the roles allow: screens hide what would be refused. */
  permissions: Permission[]
  locale: Locale
  mustChangePassword: boolean
  mustEnrol: boolean
  sessionHandle: string
  /** Null until the first password was changed and a second factor enrolled where it is asked for. */
  body: Federation | null
}

/** Who is signed in, and what they may do. */
async function getSession(deps: Deps, actor: SignedIn): Promise<SessionView> {
  const body =
    actor.mustChangePassword || actor.mustEnrol
      ? null
      : await withTenant(deps, actor, async (ctx) =>
          found((await findFederations(ctx, [actor.tenantId])).get(actor.tenantId)),
        )
  return {
    username: actor.username,
    displayName: actor.displayName,
    roles: actor.roles,
    permissions: listPermissions().filter((permission) => mayDo(actor.roles, permission)),
    locale: actor.locale,
    mustChangePassword: actor.mustChangePassword,
    mustEnrol: actor.mustEnrol,
    sessionHandle: actor.sessionHandle,
    body,
  }
}

/** One's own session and account. Signing in and out is the web's, since it is about cookies. */
export const session = router({
  getSession: visitorProcedure.query(({ ctx }) => (ctx.actor ? getSession(ctx.deps, ctx.actor) : null)),
  listSessions: accountProcedure.query(({ ctx }) => withTenant(ctx.deps, ctx.actor, listSessions)),
  endSession: accountProcedure
    .input(EndSession)
    .mutation(({ ctx, input }) => withTenant(ctx.deps, ctx.actor, (tenant) => endSession(tenant, input))),
  signOutEverywhere: accountProcedure.mutation(({ ctx }) => withTenant(ctx.deps, ctx.actor, signOutEverywhere)),
  changePassword: accountProcedure
    .input(ChangePassword)
    .mutation(({ ctx, input }) => changePassword(ctx.deps, ctx.actor, input)),
  proveSession: accountProcedure
    .input(ProveSession)
    .mutation(({ ctx, input }) => proveSession(ctx.deps, ctx.actor, input)),
  readFactor: accountProcedure.query(({ ctx }) => withTenant(ctx.deps, ctx.actor, readFactor)),
  beginEnrolment: provenAccountProcedure.mutation(({ ctx }) => withTenant(ctx.deps, ctx.actor, beginEnrolment)),
  confirmEnrolment: provenAccountProcedure
    .input(ConfirmEnrolment)
    .mutation(({ ctx, input }) =>
      withTenant(ctx.deps, ctx.actor, (tenant) => confirmEnrolment(tenant, input, ctx.actor.sessionHandle)),
    ),
  replaceRecoveryCodes: provenAccountProcedure.mutation(({ ctx }) =>
    withTenant(ctx.deps, ctx.actor, replaceRecoveryCodes),
  ),
  listNotices: accountProcedure.query(({ ctx }) => withTenant(ctx.deps, ctx.actor, listNotices)),
  markNoticesSeen: accountProcedure.mutation(({ ctx }) => withTenant(ctx.deps, ctx.actor, markNoticesSeen)),
  setLocale: accountProcedure
    .input(SetLocale)
    .mutation(({ ctx, input }) => withTenant(ctx.deps, ctx.actor, (tenant) => setLocale(tenant, input))),
})
