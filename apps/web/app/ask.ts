import type { Caller } from '@gonglian/api'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { redirectTo } from './redirect.ts'

/**
 * Asks the API for a page's data. Nobody signed in: to the sign-in and back here; a first password not yet changed: to `me`. A
 * refusal becomes a page that says why, with its own status; what nobody expected goes on to the log.
 */
export async function ask<T>(
  { request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>,
  question: (api: Caller) => Promise<T>,
): Promise<T> {
  const { pathname, search } = new URL(request.url)
  if (!context.visitor)
    throw redirectTo(`/sign-in?back=${encodeURIComponent(`${pathname.replace(/\.data$/, '')}${search}`)}`)
  if (context.visitor.mustChangePassword || context.visitor.mustEnrol) throw redirectTo('/me')
  try {
    return await question(context.api)
  } catch (error) {
    if (error instanceof Response) throw error
    const refusal = context.describe(error)
    // A file that asks for a proof: to the page that takes it, and back here.
    if (refusal.key === 'errors.proofNeeded')
      throw redirectTo(`/me/proof?back=${encodeURIComponent(`${pathname}${search}`)}`)
    if (refusal.code === 'fault') throw error
    throw Response.json(refusal, { status: refusal.status, statusText: refusal.code })
  }
}
