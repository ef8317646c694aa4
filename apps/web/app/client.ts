import type { AppRouter, Refusal } from '@gonglian/api'
import { transformer } from '@gonglian/api/wire'
import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client'

/** The API from the browser: the page's own cookie, the same guards. */
export const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc', transformer })] })
export type Api = typeof api

/** What the server said against something that was not asked over `/trpc`. */
export class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** What the server said against it; null when it never answered. */
export function readRefusal(error: unknown): Refusal | null {
  if (error instanceof Refused) return error.refusal
  return error instanceof TRPCClientError ? (error.data?.refusal ?? null) : null
}
