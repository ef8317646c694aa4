import { initTRPC } from '@trpc/server'
import { DomainError, rememberAnswers, withTenant } from '@gonglian/tenancy'
import type { ApiContext } from './context.ts'
import { refuseUnstorable } from './input.ts'
import { describeError, isFault, toTrpcError } from './refusal.ts'
import { transformer } from './wire.ts'

type Meta = {
  /** Done only after a fresh proof (requireFreshProof). fresh-proof.test.ts asks each procedure, and compares. */
  readonly needsProof: boolean
}

const t = initTRPC
  .context<ApiContext>()
  .meta<Meta>()
  .create({
    transformer,
    // The stack and the name of what failed stay here.
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = ctx && describeError(error, ctx)
      return {
        ...shape,
        message: refusal?.message ?? '',
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, ...(refusal ? { refusal } : {}) },
      }
    },
  })

export const { router, createCallerFactory } = t

/** Words every failure, and tells the operator of what nobody expected. */
const answering = t.procedure.use(async ({ ctx, path, next }) => {
  const result = await next()
  if (result.ok) return result
  if (isFault(result.error)) ctx.onFault({ requestId: ctx.requestId, path, error: result.error.cause ?? result.error })
  throw toTrpcError(result.error)
})

/** Nobody needs to be signed in. */
export const publicProcedure = answering.use(async ({ getRawInput, next }) => {
  refuseUnstorable(await getRawInput())
  return next()
})

/** For what concerns one's own account only; also before a first password was changed. Who asks is known before the input is read. */
export const accountProcedure = answering
  .use(({ ctx, next }) => {
    if (!ctx.actor) throw new DomainError('unauthenticated', 'errors.unauthenticated')
    return next({ ctx: { ...ctx, actor: ctx.actor } })
  })
  .use(async ({ getRawInput, next }) => {
    refuseUnstorable(await getRawInput())
    return next()
  })

/** For whoever is not signed in: one call a request, so that limits by source count requests. */
export const visitorProcedure = publicProcedure.use(({ ctx, next }) => {
  if (ctx.callCount > 1 && !ctx.actor) throw new DomainError('invalid', 'errors.batchedVisitor')
  return next()
})

/**
 * The ordinary procedure: one transaction that sees what the actor may see, in `ctx.tenant`. Whatever fails, also in reading the
 * input, rolls it back.
 */
export const tenantProcedure = accountProcedure.use(({ ctx, type, next }) => {
  if (ctx.actor.mustChangePassword) throw new DomainError('forbidden', 'errors.mustChangePassword')
  if (ctx.actor.mustEnrol) throw new DomainError('forbidden', 'errors.mustEnrol')
  return withTenant(ctx.deps, ctx.actor, async (tenant) => {
    if (type === 'query') rememberAnswers(tenant)
    const result = await next({ ctx: { ...ctx, tenant } })
    if (!result.ok) throw result.error
    return result
  })
})

/** What changes how somebody signs in. */
export const provenAccountProcedure = accountProcedure.meta({ needsProof: true })

/** What signs, awards, opens, changes rules or rights, or hands out a file of persons. */
export const provenProcedure = tenantProcedure.meta({ needsProof: true })
